import { demandHeld, draw, type Held, later, minutes, oweHeld } from './case-criminal-telling.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { hour, minute, plus, second, yearOf } from './time.ts';

const papers: Readonly<Record<string, string>> = {
  detention: '拘字',
  arrest: '捕字',
  bail: '取保字',
  residence: '监居字',
  freezing: '冻财字',
};

export interface Taking {
  kind: string;
  startedAt: Date;
  name: string;
  /** What else the paper says; what it must be held against is the approval. */
  facts?: (approvedAt: Date | null) => Record<string, unknown>;
  /** Taken before the case was filed; with the law's leave where `urgent`. */
  early?: boolean;
  urgent?: boolean;
}

export const paperNumber = (told: CaseTelling, letters: string, at: Date): string =>
  `${told.unit.short.slice(0, 2)}公(刑)${letters}〔${yearOf(at)}〕${Number(told.key.replace(/\D/g, '').slice(-5)) % 900 || 1}号`;

/** Takes a measure: CAS-25 not before filing, CAS-28a approved before, CAS-28c the approval entered within a day. */
export function take(told: CaseTelling, taking: Taking): Held {
  const { kind, startedAt } = taking;
  const { approvedAt, level } = approval(told, taking);
  const entered = approvedAt ? entry(told, kind, approvedAt) : null;
  const away = elsewhere(told, taking);
  const facts = { ...taking.facts?.(approvedAt), ...away?.facts };
  const held: Held = {
    told,
    part: told.chance.id(startedAt, `measure ${kind}`),
    kind,
    name: taking.name,
    startedAt,
    floor: later(startedAt, approvedAt, entered, instantIn(facts, 'reviewedAt'), instantIn(facts, 'cooperationAt')),
  };
  tellOf(
    told,
    'measure',
    startedAt,
    {
      kind,
      ...(approvedAt ? { approvedAt: approvedAt.toISOString(), level } : {}),
      ...(entered ? { approvalRecordedAt: entered.toISOString() } : {}),
      number: paperNumber(told, papers[kind] ?? '传字', startedAt),
      ...(taking.urgent ? { urgent: true } : {}),
      subjectName: taking.name,
      ...facts,
    },
    held.part,
    told.lead,
    held.floor,
  );
  if (approvedAt && entered) oweHeld(held, 'CAS-28c', approvedAt, plus(approvedAt, 24 * hour), entered);
  if (away) demandHeld(held, 'ENT-01', away.isRight, away.isFirst ? { excused: held.floor } : {});
  // A summons is no coercion: it owes neither a filed case nor the county's approval.
  if (kind === 'summons') return held;
  demandHeld(held, 'CAS-25', !taking.early, taking.urgent ? { excused: held.floor } : {});
  const isExcused = taking.urgent && approvedAt && approvedAt <= plus(startedAt, 24 * hour);
  demandHeld(
    held,
    'CAS-28a',
    approvedAt !== null && approvedAt <= startedAt && level === 'county',
    isExcused ? { excused: held.floor } : {},
  );
  return held;
}

/** ENT-01: against an enterprise in another county only after the co-operation letter; a first response may come before. */
function elsewhere(
  told: CaseTelling,
  { kind, startedAt }: Taking,
): { facts: Record<string, unknown>; isRight: boolean; isFirst: boolean } | null {
  const how = told.plot.elsewhere;
  if (!how || !told.plot.enterprise || !['detention', 'freezing'].includes(kind)) return null;
  const at = how === 'over' ? plus(startedAt, second) : how === 'at' ? startedAt : plus(startedAt, -3 * hour);
  const letter = { cooperationAt: at.toISOString(), cooperationNumber: paperNumber(told, '协作字', startedAt) };
  return {
    facts: {
      elsewhere: true,
      ...(how === 'never' || how === 'first' ? {} : letter),
      ...(how === 'first' ? { firstResponse: true } : {}),
    },
    isRight: how === 'soon' || how === 'at',
    isFirst: how === 'first',
  };
}

/** Nothing is entered before it happened. */
const instantIn = (facts: Record<string, unknown>, name: string): Date | null =>
  typeof facts[name] === 'string' ? new Date(facts[name]) : null;

function approval(told: CaseTelling, { kind, startedAt, urgent }: Taking): { approvedAt: Date | null; level: string } {
  const how = urgent
    ? draw(told, `${kind} late papers`, { before: 50, late: 50 })
    : draw(told, `${kind} approval`, { before: 940, same: 14, over: 12, late: 14, none: 10, station: 10 });
  const level = how === 'station' ? 'station' : 'county';
  if (how === 'none') return { approvedAt: null, level };
  if (how === 'same') return { approvedAt: startedAt, level };
  if (how === 'over') return { approvedAt: plus(startedAt, second), level };
  if (how === 'late') return { approvedAt: plus(startedAt, minutes(told, `${kind} approved`, 60, 480)), level };
  return { approvedAt: plus(startedAt, -minutes(told, `${kind} approved`, 5, 40)), level };
}

function entry(told: CaseTelling, kind: string, approvedAt: Date): Date {
  const how = draw(told, `${kind} entry`, { soon: 950, at: 12, over: 12, late: 26 });
  const limit = plus(approvedAt, 24 * hour);
  if (how === 'at') return limit;
  if (how === 'over') return plus(limit, second);
  return how === 'late'
    ? plus(limit, minutes(told, `${kind} entered`, 60, 2400))
    : plus(approvedAt, minutes(told, `${kind} entered`, 1, 30) + minute);
}

/** CAS-28b: a search is approved before it begins. */
export function searchWarrant(told: CaseTelling, i: number, at: Date): Record<string, unknown> {
  const how = draw(told, `search ${i}`, { before: 930, same: 15, over: 15, none: 40 });
  if (how === 'none') return {};
  const approvedAt =
    how === 'same' ? at : how === 'over' ? plus(at, second) : plus(at, -minutes(told, `search ${i}`, 20, 300));
  return { approvedAt: approvedAt.toISOString() };
}
