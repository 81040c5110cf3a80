import { demand, iso, manner, owe, type StayTelling, tellStay } from './stay-telling.ts';
import { hour, minute, plus, second } from './time.ts';

/** When the stay ends, and when a detention was announced before that. */
export interface Ending {
  leftAt: Date;
  detainedAt: Date | null;
  destination: string;
  /** Facts that the arrival states about the clock. */
  stated: Record<string, unknown>;
}

/** A restraint until sober: its time is not counted. */
export interface Restraint {
  from: Date;
  until: Date;
}

const byPolice = ['admin_summons', 'oral_summons', 'coerced_summons', 'brought_in'];
const byInvestigators = ['criminal_summons', 'detained_summons', 'oral_summons', 'brought_in'];

/** The clock that runs against the police: which, and how this story ends. */
export function clockOf(told: StayTelling, restraint: Restraint | null): Ending {
  const { guest } = told;
  if (guest.basis === 'continued_questioning') return questioned(told);
  if (guest.role === 'offender' && byPolice.includes(guest.basis)) return inquired(told, restraint);
  if (guest.role === 'suspect' && byInvestigators.includes(guest.basis)) return summoned(told);
  const chance = told.chance.at('hours');
  const hours = guest.role === 'suspect' ? chance.int(180, 480) : chance.int(60, 170);
  return { leftAt: plus(told.arrivedAt, hours * minute), detainedAt: null, destination: 'released', stated: {} };
}

/** Log-normal like, in minutes. */
function minutes(told: StayTelling, median: number, spread: number, most: number): number {
  const drawn = Math.round(median * Math.exp(told.chance.at('hours').normal(0, spread)));
  // nobody is out again before he is well in
  const inside = Math.round((told.enteredAt.getTime() - told.arrivedAt.getTime()) / minute) + 75;
  return Math.min(Math.max(drawn, 95, inside), most);
}

function extend(told: StayTelling, hours: number, at: Date, level: string): string {
  const part = told.chance.id(at, `extension ${hours}`);
  tellStay(told, 'extend', at, { hours, level, number: `延询〔2026〕${hours}号`, reason: '案情复杂' }, part, told.head);
  return part;
}

/** PER-04: eight hours, twelve for many or unknown people, twenty-four with approval; without the time of a restraint. */
function inquired(told: StayTelling, restraint: Restraint | null): Ending {
  const { arrivedAt, chance } = told;
  const how = manner(told, 'PER-04', {
    normal: 880,
    at: 5,
    over: 5,
    late: 14,
    many: 34,
    many_at: 4,
    many_over: 4,
    extended: 22,
    extended_at: 2,
    extended_late: 5,
  });
  const many = how.startsWith('many');
  const base = (many ? 12 : 8) * 60;
  const shift = restraint ? (restraint.until.getTime() - restraint.from.getTime()) / minute : 0;
  const stated: Record<string, unknown> = many ? { manyPersons: true } : {};
  const due = plus(arrivedAt, (base + shift) * minute);
  if (how.startsWith('extended') && !restraint) {
    const isLate = how === 'extended_late';
    const approvedAt = plus(arrivedAt, (isLate ? base + 10 : base - chance.int(5, 90)) * minute);
    const leftAt = plus(
      arrivedAt,
      how === 'extended_at' ? 24 * hour : (isLate ? base + 200 : chance.int(base + 60, 23 * 60)) * minute,
    );
    extend(told, 24, approvedAt, 'unit');
    owe(told, 'PER-04', { opened: arrivedAt, due, ...(isLate ? { met: leftAt } : { gone: approvedAt }) });
    if (!isLate)
      owe(told, 'PER-04', { opened: arrivedAt, due: plus(arrivedAt, 24 * hour), since: approvedAt, met: leftAt });
    return { leftAt, detainedAt: null, destination: 'released', stated: { complex: true, detentionPossible: true } };
  }
  const isPlain = how === 'normal' || how === 'many' || how.startsWith('extended');
  const leftAt = how.endsWith('at')
    ? due
    : how.endsWith('over')
      ? plus(due, second)
      : how === 'late'
        ? plus(due, chance.int(10, 200) * minute)
        : plus(arrivedAt, (minutes(told, many ? 420 : 255, 0.42, base - 12) + shift) * minute);
  const isDetained = isPlain && manner(told, 'detained', { yes: 24, no: 76 }) === 'yes';
  const detainedAt = isDetained ? plus(leftAt, -40 * minute) : null;
  paused(told, restraint, plus(arrivedAt, base * minute), due, detainedAt ?? leftAt);
  return { leftAt, detainedAt, destination: isDetained ? 'administrative_house' : 'released', stated };
}

/** While a restraint lasts there is no saying when the time is up. */
function paused(told: StayTelling, restraint: Restraint | null, before: Date, after: Date, met: Date): void {
  const opened = told.arrivedAt;
  if (!restraint) {
    owe(told, 'PER-04', { opened, due: after, met });
    return;
  }
  owe(told, 'PER-04', { opened, due: before, gone: restraint.from });
  owe(told, 'PER-04', { opened, since: restraint.from, gone: restraint.until });
  owe(told, 'PER-04', { opened, due: after, since: restraint.until, met });
}

/** PER-05: twelve hours, twenty-four with approval of the right rank; a detention ends it. */
function summoned(told: StayTelling): Ending {
  const { arrivedAt, chance, guest } = told;
  const how = manner(told, 'PER-05', {
    normal: 900,
    at: 5,
    over: 5,
    late: 12,
    extended: 30,
    extended_at: 4,
    wrong_level: 8,
  });
  const due = plus(arrivedAt, 12 * hour);
  if (how === 'extended' || how === 'extended_at' || how === 'wrong_level') {
    const coerced = guest.basis === 'detained_summons';
    const counts = how !== 'wrong_level' || !coerced;
    const approvedAt = plus(arrivedAt, chance.int(9 * 60, 12 * 60) * minute);
    const leftAt = plus(arrivedAt, how === 'extended_at' ? 24 * hour : chance.int(13 * 60, 23 * 60) * minute);
    extend(told, 24, approvedAt, how === 'wrong_level' || !coerced ? 'unit' : 'county');
    owe(told, 'PER-05', { opened: arrivedAt, due, ...(counts ? { gone: approvedAt } : { met: leftAt }) });
    if (counts)
      owe(told, 'PER-05', { opened: arrivedAt, due: plus(arrivedAt, 24 * hour), since: approvedAt, met: leftAt });
    return { leftAt, detainedAt: null, destination: 'residence', stated: { complex: true, detentionPossible: true } };
  }
  const leaves =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, chance.int(10, 240) * minute)
          : plus(arrivedAt, minutes(told, 290, 0.4, 11 * 60 + 50) * minute);
  owe(told, 'PER-05', { opened: arrivedAt, due, met: leaves });
  if (how !== 'normal' || manner(told, 'detained', { yes: 30, no: 70 }) === 'no')
    return { leftAt: leaves, detainedAt: null, destination: 'residence', stated: {} };
  return {
    leftAt: plus(leaves, chance.at('custody').int(40, 300) * minute),
    detainedAt: leaves,
    destination: 'detention_house',
    stated: {},
  };
}

/** PER-06: twelve, twenty-four, forty-eight hours by three ranks in turn; four for those whom the rule spares. */
function questioned(told: StayTelling): Ending {
  const { arrivedAt, chance, guest } = told;
  const spared = guest.pregnant || ['under14', 'under16', 'over70'].includes(guest.ageClass);
  const how = manner(told, 'PER-06a', {
    normal: 70,
    at: 3,
    over: 3,
    extended: 14,
    by_station: 4,
    chain: 4,
    jump: 2,
  });
  approved(told, spared);
  const at = (hours: number) => plus(arrivedAt, hours * hour);
  const out = (leftAt: Date): Ending => ({ leftAt, detainedAt: null, destination: 'released', stated: {} });
  const right = (part: string, when: Date, isRight: boolean) => demand(told, 'PER-06b', when, isRight, part);
  const base = spared ? 4 : 12;
  if (spared || how === 'normal' || how === 'at' || how === 'over') {
    const leftAt =
      how === 'at'
        ? at(base)
        : how === 'over'
          ? plus(at(base), second)
          : plus(arrivedAt, (base * 60 - chance.int(15, 100)) * minute);
    owe(told, 'PER-06a', { opened: arrivedAt, due: at(base), met: leftAt });
    return out(leftAt);
  }
  const first = plus(arrivedAt, chance.int(9 * 60, 12 * 60) * minute);
  if (how === 'jump') {
    right(extend(told, 48, first, 'county'), first, false);
    owe(told, 'PER-06a', { opened: arrivedAt, due: at(12), met: at(20) });
    return out(at(20));
  }
  if (how === 'by_station') {
    right(extend(told, 24, first, 'station'), first, false);
    owe(told, 'PER-06a', { opened: arrivedAt, due: at(12), met: at(15) });
    return out(at(15));
  }
  right(extend(told, 24, first, 'duty_county'), first, true);
  owe(told, 'PER-06a', { opened: arrivedAt, due: at(12), gone: first });
  if (how === 'extended') {
    const leftAt = plus(arrivedAt, chance.int(13 * 60, 24 * 60) * minute);
    owe(told, 'PER-06a', { opened: arrivedAt, due: at(24), since: first, met: leftAt });
    return out(leftAt);
  }
  const second48 = plus(arrivedAt, chance.int(20 * 60, 24 * 60) * minute);
  right(extend(told, 48, second48, 'county'), second48, true);
  owe(told, 'PER-06a', { opened: arrivedAt, due: at(24), since: first, gone: second48 });
  owe(told, 'PER-06a', { opened: arrivedAt, due: at(48), since: second48, met: at(40) });
  return out(at(40));
}

/** PER-06c: the station head decides within two hours; PER-06d: those whom the rule spares are in no waiting room. */
function approved(told: StayTelling, spared: boolean): void {
  const { arrivedAt, chance } = told;
  const how = manner(told, 'PER-06c', { soon: 80, at: 4, over: 4, wrong_level: 6, never: 6 });
  const due = plus(arrivedAt, 2 * hour);
  const decidedAt =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : plus(arrivedAt, chance.at('decided').int(10, 70) * minute);
  const isRight = how !== 'wrong_level' && how !== 'never';
  if (how !== 'never')
    tellStay(
      told,
      'approve_summons',
      decidedAt,
      {
        summonsNumber: '继续盘问审批表',
        summonsApprovedAt: iso(decidedAt),
        summonsLevel: isRight ? 'station' : 'unit',
      },
      undefined,
      told.head,
    );
  owe(told, 'PER-06c', { opened: arrivedAt, due, ...(isRight ? { met: decidedAt } : {}) });
  if (!spared) return;
  const into = told.wish.waitingRoom ? plus(told.arrivedAt, 90 * minute) : null;
  owe(told, 'PER-06d', { opened: arrivedAt, due: arrivedAt, met: arrivedAt, ...(into ? { gone: into } : {}) });
  if (into) owe(told, 'PER-06d', { opened: arrivedAt, due: arrivedAt, since: into });
}
