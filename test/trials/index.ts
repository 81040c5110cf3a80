import type { Trial } from './trial.ts';

/** Every trial of `npm run trials`, by name. A new one: its module here, with its line. */
export const trials: Record<string, () => Promise<{ run: Trial }>> = {
  fuzz: () => import('./fuzz.ts'),
  kills: () => import('./kills.ts'),
  matrix: () => import('./matrix.ts'),
  races: () => import('./races.ts'),
  'two-writers': () => import('./two-writers.ts'),
};
