import type { z } from 'zod';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Registry } from '../subjects/registry.ts';
import type { Issue } from './issue.ts';
import type { Paper } from './sheet.ts';

/** What the app hands down to reports. */
export interface ReportSettings {
  registry: Registry;
  zone: string;
  /** Marks every page 演示数据. */
  demo: boolean;
  /** The bureau's own fonts (fonts.ts). */
  fontFolder?: string;
}

export interface Gathered<Data> {
  data: Data;
  /** Unit whose bureau issues the paper and gives it its number. */
  unitId: number;
}

/** A kind of paper: one file of papers/ and one line of index.ts. */
export interface ReportKind<Params = unknown, Data = unknown> {
  kind: string;
  title: { zh: string; en: string };
  /** What the actor must be allowed to do to the subject or unit: report.create, or report.issue for supervision papers. */
  action: 'report.create' | 'report.issue';
  /** Type of the record it is about, by id; null where it is about a unit, by `unitOf`. */
  subject: string | null;
  params: z.ZodType<Params>;
  unitOf?: (params: Params) => number;
  /** 法监通 in 望公法监通字〔2026〕12号, or the letters of a register: BG in BG-990102-2026-00042. */
  series: { word: string } | { register: string };
  gather(uow: UnitOfWork, settings: ReportSettings, subjectId: string, params: Params): Promise<Gathered<Data>>;
  paper(data: Data, issue: Issue): Paper;
}

/** Declares a kind with its own types; the list holds it with its types forgotten. */
export const reportKind = <Params, Data>(kind: ReportKind<Params, Data>): ReportKind => kind as unknown as ReportKind;
