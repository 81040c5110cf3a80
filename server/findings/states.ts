/** The stations of the loop (domain.md §2.4): the ones in the middle in the order a finding passes them, then the ones aside. */
export const states = {
  screening: ['待核查', 'To be screened'],
  issued: ['待签收', 'To be acknowledged'],
  explaining: ['待说明', 'To be explained'],
  judging: ['待认定', 'To be judged'],
  rectifying: ['整改中', 'Being rectified'],
  rechecking: ['待复查', 'To be re-checked'],
  closed: ['已销号', 'Closed'],
  dismissed: ['不成立', 'Not confirmed'],
  false_alarm: ['误报', 'False alarm'],
  merged: ['已合并', 'Merged'],
  objection: ['复核中', 'Under re-review'],
  suspended: ['暂缓', 'Suspended'],
} as const;

export type State = keyof typeof states;

/** The way of a finding, first station first. */
export const path: readonly State[] = [
  'screening',
  'issued',
  'explaining',
  'judging',
  'rectifying',
  'rechecking',
  'closed',
];

/** Nothing is owed any more in these; what is in none of them is open. */
export const settled: readonly State[] = ['closed', 'dismissed', 'false_alarm', 'merged'];

/** True when `earlier` lies before `later` on the way. */
export const isBefore = (earlier: State, later: State): boolean =>
  path.includes(earlier) && path.indexOf(earlier) < path.indexOf(later);

/** Somebody owes an act in these. */
export const open: readonly State[] = ['screening', 'issued', 'explaining', 'judging', 'rectifying', 'rechecking'];
export const everywhere: readonly State[] = Object.keys(states) as State[];
