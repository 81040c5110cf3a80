import { newId } from '../../server/kernel/id.ts';
import type { StepInput } from '../../server/subjects/record.ts';
import { station } from '../rules/world.ts';

/** What two writers record at once, and what stands there before. */
export interface Pair {
  before?: StepInput[];
  ends: readonly [StepInput[], StepInput[]];
}

const later = (at: Date, minutes: number): string => new Date(at.getTime() + minutes * 60_000).toISOString();
const step = (opened: StepInput, verb: string, at: Date, more: Partial<StepInput> = {}): StepInput => ({
  type: opened.type,
  subject: opened.subject!,
  verb,
  occurredAt: at,
  ...more,
});
const open = (type: string, verb: string, at: Date, facts: Record<string, unknown>): StepInput => ({
  type,
  subject: newId(at),
  verb,
  occurredAt: at,
  facts,
});

const recording = (from: Date, officer: number, n: string): StepInput =>
  open('recording', 'register', from, { number: `V${n}`, source: 'camera', wearer: officer, endedAt: later(from, 20) });

/** An alarm whose dispatch is handled in the batch that tells it: nothing comes later that would heal a lost link. */
const alarm = (at: Date, officer: number, n: string): StepInput[] => {
  const facts = { number: `J${n}`, channel: 'call_110', unit: station, intakeCategory: 'dispute', priority: 'urgent' };
  const received = open('alarm', 'receive', at, facts);
  const part = newId(at);
  return [
    received,
    step(received, 'dispatch', at, { part, facts: { unit: station, officer } }),
    step(received, 'arrive', new Date(later(at, 5)), { part }),
    step(received, 'handle', new Date(later(at, 15)), { part, facts: { onScene: true } }),
  ];
};
const shift = (at: Date, officer: number, n: string): StepInput =>
  open('shift', 'plan', at, {
    number: `S${n}`,
    officer,
    unit: station,
    kind: 'response',
    plannedEnd: later(at, 60),
  });
const freeze = (at: Date, n: string, account: string): StepInput[] => {
  const one = open('freeze', 'open', at, { number: `F${n}`, unit: station, kind: 'funds', bank: '澜川银行', account });
  return [one, step(one, 'stop', at)];
};
const stay = (at: Date, n: string, identity: string): StepInput[] => [
  open('stay', 'arrive', at, { number: `Z${n}`, unit: station, basis: 'admin_summons', role: 'offender', identity }),
];
const officers = [1, 2, 3, 21, 31];
const ten = Array.from({ length: 10 }, (_, i) => i);

/** Each kind of relation by its two ends, from either side; `at` and `n` are of one round alone. */
export const pairs: readonly ((at: Date, n: number) => Pair)[] = [
  // a dispatch and a recording of its officer
  (at, n) => ({ ends: [alarm(at, 1, `${n}`), [recording(at, 1, `${n}`)]] }),
  // a shift and a recording
  (at, n) => ({ ends: [[shift(at, 2, `${n}`)], [recording(at, 2, `${n}`)]] }),
  // an act of a case and a recording
  (at, n) => {
    const opened = open('case', 'report', at, {
      number: `A${n}`,
      kind: 'public_order',
      cause: '殴打他人',
      unit: station,
    });
    const facts = { kind: 'inspection', officers: [1, 3], endedAt: later(at, 30) };
    return {
      before: [opened],
      ends: [[step(opened, 'act', at, { part: newId(at), facts })], [recording(at, 3, `${n}`)]],
    };
  },
  // two stops of one account, each with its freeze, and each on one that is there
  (at, n) => ({ ends: [freeze(at, `${n}a`, `6222${n}`), freeze(at, `${n}b`, `6222${n}`)] }),
  (at, n) => {
    const [one, other] = [freeze(at, `${n}a`, `6222${n}`), freeze(at, `${n}b`, `6222${n}`)];
    const again = new Date(later(at, 60));
    return { before: [...one, ...other], ends: [[step(one[0]!, 'stop', again)], [step(other[0]!, 'stop', again)]] };
  },
  // two stays of one person
  (at, n) => ({ ends: [stay(at, `${n}a`, `identity ${n}`), stay(at, `${n}b`, `identity ${n}`)] }),
  // a recording that the alarm of an item reads, and that item, which neither officer nor time connects
  (at, n) => {
    const before = alarm(at, 1, `${n}`);
    const facts = {
      number: `W${n}`,
      unit: station,
      how: 'seized',
      kind: 'phone',
      name: '木棍',
      alarm: before[0]!.subject,
      takenBy: 2,
      onScene: true,
      administrative: true,
    };
    return { before, ends: [[recording(at, 1, `${n}`)], [open('item', 'take', new Date(later(at, 10)), facts)]] };
  },
  // a shift that becomes another officer's, and a recording of the former one
  (at, n) => {
    const planned = { ...shift(at, 2, `${n}`), id: newId(at) };
    const corrected = { ...planned, id: newId(at), replaces: planned.id, reason: '录入错误' };
    return {
      before: [planned],
      ends: [[{ ...corrected, facts: { ...planned.facts, officer: 3 } }], [recording(at, 2, `${n}`)]],
    };
  },
  // two imports side by side
  (at, n) => ({
    ends: [
      ten.flatMap((i) => alarm(at, officers[i % 5]!, `${n}-${i}`)),
      ten.map((i) => recording(at, officers[i % 5]!, `${n}-${i}`)).reverse(),
    ],
  }),
];
