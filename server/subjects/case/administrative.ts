import type { Facts, Parts, Steps } from '../define.ts';

/** What the procedure of administrative cases adds to a case (行政案件): steps 40-79. */
export const administrativeFacts = {} satisfies Facts;
export const administrativeParts = {} satisfies Parts;
export const administrativeSteps = {} satisfies Steps;
