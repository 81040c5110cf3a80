import type { Facts, Parts, Steps } from '../define.ts';

/** What the procedure of criminal cases adds to a case (刑事案件): steps 80-119. */
export const criminalFacts = {} satisfies Facts;
export const criminalParts = {} satisfies Parts;
export const criminalSteps = {} satisfies Steps;
