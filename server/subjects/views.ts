import type { Standing } from '../access/actor.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import type { SubjectType } from './define.ts';
import { verbsFor } from './guard.ts';
import type { Registry } from './registry.ts';
import type { Row } from './rows.ts';

/** What the rooms above the subjects add to how records are shown; the app hands it down. */
export interface Views {
  registry: Registry;
  /** Verbs of types whose steps go through routes of their own (the loop of findings). */
  verbs?: Readonly<Record<string, (actor: Actor, standing: Standing, row: Row) => string[]>>;
  /** What a duty is called and says, by the rule that made it. */
  explainDuties?: (uow: UnitOfWork, duties: readonly DutyKey[]) => Promise<DutyWords[]>;
}

/** Which obligation. */
export interface DutyKey {
  ruleCode: string;
  versionId: number;
  subjectType: string;
  subjectId: string;
  occurrence: string;
}

export interface DutyWords {
  title: { zh: string; en: string };
  sentence: { zh: string; en: string } | null;
}

export const verbsOf = (views: Views, actor: Actor, type: SubjectType, standing: Standing, row: Row): string[] =>
  views.verbs?.[type.name]?.(actor, standing, row) ?? verbsFor(actor, type, standing, row);
