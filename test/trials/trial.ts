/** What a trial is told. */
export interface TrialOptions {
  /** The same seed draws the same. */
  seed: number;
  /** How much of it: kills, requests, interleavings; each trial names its own default. */
  rounds?: number;
  /** Progress, for the person who waits. */
  say(text: string): void;
}

/** What a trial found, as JSON can hold it. */
export interface TrialResult extends Record<string, unknown> {
  /** False where a figure failed, the control's included. */
  passed: boolean;
  /** What was counted. */
  counts: Record<string, unknown>;
  /** The same on something that is broken on purpose, or known not to hold: it must fail, else the trial proves nothing. */
  control: Record<string, unknown> | null;
}

/** What a module of test/trials exports as `run`. */
export type Trial = (options: TrialOptions) => Promise<TrialResult>;
