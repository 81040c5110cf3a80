import type { JobRun } from '../kernel/job.ts';
import type { Runtime } from '../kernel/unit-of-work.ts';
import type { ReportSettings } from '../reports/kind.ts';

/** An import that waits: a mapping by name and a file in the bureau's own folder. */
export interface ImportRun {
  id: string;
  mapping: string;
  file: string;
}

export interface ImportOutcome {
  rows: number;
  in: number;
  wrong: number;
  /** Asked to stop before the end: another worker goes on where the rows end. */
  stopped?: boolean;
}

/** How far long work has come, and whether it shall stop where it is. */
export interface Told {
  progress(done: number): Promise<void>;
  stopping(): boolean;
}

/** What the jobs do, as the app composes it; the jobs themselves know when and over which rows. */
export interface JobWork {
  reports: ReportSettings;
  /** Judges what time alone has changed: due and warning times, exceptions that end. */
  sweep(runtime: Runtime, run: JobRun): Promise<void>;
  /** Proposes what follows where a station of the loop is over its limit. */
  escalate(runtime: Runtime): Promise<void>;
  /** Judges everything that a run asks for, chunk by chunk; says how many records it has judged. */
  judgeRun?(runtime: Runtime, run: string, told: Told): Promise<void>;
  /** Tells of duties still undone so and so long before their due time. */
  remind(runtime: Runtime): Promise<void>;
  /** Reads one file; rows that are in already are skipped, so that it may be run again. */
  importRun?(runtime: Runtime, run: ImportRun, told: Told): Promise<ImportOutcome>;
}
