import { defineSubject, overlapping, same } from '../define.ts';
import { facts } from './facts.ts';
import { parts } from './parts.ts';
import { steps } from './steps.ts';

/** 入区记录: one person's time in the case-handling area, from the arrival to the way out (办案区使用登记). */
export const stay = defineSubject({
  name: 'stay',
  plural: 'stays',
  code: 6,
  label: { zh: '入区记录', en: 'Stay' },
  number: 'number',
  title: 'cause',
  unit: 'unit',
  own: ['lead', 'coOfficers', 'interviews.officers'],
  dated: 'arrivedAt',
  facts,
  parts,
  relations: {
    others: same('stay', '同一人的其他入区记录', 'Other stays of the same person', {
      match: [['identity', 'identity']],
    }),
    inThisCase: same('stay', '同一人同一案件的其他入区记录', 'Other stays of the same person in the same case', {
      match: [
        ['identity', 'identity'],
        ['case', 'case'],
      ],
    }),
    // everybody else in one waiting room at one time
    roommates: overlapping('同室候问人员', 'In the same waiting room', {
      code: 11,
      to: 'stay',
      people: ['waitingRoom'],
      from: 'waitingFrom',
      until: 'waitingUntil',
      theirPerson: 'waitingRoom',
      theirFrom: 'waitingFrom',
      theirUntil: 'waitingUntil',
      slack: 0,
      longest: 48,
    }),
  },
  steps,
});
