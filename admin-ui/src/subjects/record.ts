import type { Identifier } from 'react-admin';
import type { Fact, Subject } from '../vocabulary/types.ts';

export interface Reference {
  name?: string;
  number?: string;
  title?: string;
  short?: string;
  label?: string;
}

export type References = Record<string, Record<string, Reference | string>>;

/** A record of any subject type as the API sends it: facts beside the frame. */
export interface SubjectRecord {
  id: string;
  version: number;
  abilities?: string[];
  parts?: Record<string, PartRecord[]>;
  refs?: References;
  /** Facts that this viewer sees masked. */
  masked?: string[];
  source?: Record<string, unknown> | null;
  [fact: string]: unknown;
}

export interface PartRecord {
  id: string;
  seq?: number;
  /** Verbs that the viewer may record on this part now. */
  abilities?: string[];
  [fact: string]: unknown;
}

/** Abilities come as verbs or as `alarm.dispatch`. */
export const mayStep = (record: { abilities?: string[] } | undefined, subject: string, verb: string): boolean =>
  Boolean(record?.abilities?.some((ability) => ability === verb || ability === `${subject}.${verb}`));

const refGroup: Partial<Record<Fact['kind'], string>> = { person: 'person', persons: 'person', unit: 'unit' };

/** The name to show for an id: `refs.person[12]`, `refs.unit[3]`, `refs.case[uuid]`. */
export function referred(
  refs: References | undefined,
  fact: Pick<Fact, 'kind' | 'to'>,
  id: Identifier,
): Reference | undefined {
  const group = fact.kind === 'subject' ? fact.to : refGroup[fact.kind];
  const found = group ? refs?.[group]?.[String(id)] : undefined;
  return typeof found === 'string' ? { name: found } : found;
}

export const refName = (reference: Reference | undefined): string | undefined =>
  reference && (reference.short ?? reference.name ?? reference.label ?? reference.number ?? reference.title);

export const numberOf = (subject: Subject, record: Record<string, unknown>): string =>
  String(record[subject.number] ?? '');
export const titleOf = (subject: Subject, record: Record<string, unknown>): string =>
  subject.title ? String(record[subject.title] ?? '') : '';

/** The parts on which a step may be recorded by this viewer. */
export const partsFor = (record: SubjectRecord | undefined, step: { verb: string; part?: string }): PartRecord[] =>
  (step.part ? (record?.parts?.[step.part] ?? []) : []).filter(
    (part) => !part.abilities || part.abilities.includes(step.verb),
  );
