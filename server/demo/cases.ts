import type { Chance } from './chance.ts';
import type { City } from './city.ts';
import { itemsOf } from './items.ts';
import { type DemoPerson, inventName } from './people.ts';
import { by, type Happening, type Planted, type Story } from './story.ts';
import { type Day, dayOf, dayText, endOfDays, hour, minute, onDay, plus, second, yearOf } from './time.ts';
import type { DemoUnit } from './units.ts';

export interface Source {
  alarm?: string;
  handledAt: Date;
  criminal: boolean;
  cause: string;
  key: string;
  /** Of the day, at this station. */
  serial: number;
}

/** A case being told: who handles it, what happened and what is owed. */
export interface CaseTelling {
  city: City;
  chance: Chance;
  unit: DemoUnit;
  id: string;
  key: string;
  lead: DemoPerson;
  co: DemoPerson;
  criminal: boolean;
  reportedAt: Date;
  happenings: Happening[];
  planted: Planted[];
}

const runInCauses = {
  criminal: ['盗窃', '诈骗', '故意伤害', '敲诈勒索'],
  public_order: ['殴打他人', '盗窃', '故意损毁财物', '寻衅滋事', '赌博'],
};

/** Walk-in reports of the days before the alarms begin: 250 administrative and 130 criminal cases in 30 days of 120 people. */
export function casesOf(city: City, unit: DemoUnit, day: Day): Story[] {
  const chance = city.chance(`cases/${unit.id}/${day}`);
  const mean = (unit.alarms * city.officers * 12.7) / (120 * 118);
  const count = Math.max(0, Math.round(chance.normal(mean, Math.sqrt(mean) * 0.6)));
  return Array.from({ length: count }, (_, n) => {
    const criminal = chance.yes(0.34);
    const handledAt = onDay(day, 8 + chance.next() * 12);
    return tellCase(city, unit, {
      handledAt,
      criminal,
      cause: chance.pick(criminal ? runInCauses.criminal : runInCauses.public_order),
      key: `r${day}-${unit.id * 100 + n}`,
      serial: n + 1,
    }).told;
  });
}

/** The case that an alarm led to; `answeredAt` is when it was accepted, filed, refused, merged or transferred. */
export function caseOfAlarm(
  city: City,
  unit: DemoUnit,
  source: Source & { alarm: string },
): { story: Story; answeredAt: Date | null; linkedAt: Date } {
  const { told, opening } = tellCase(city, unit, source);
  const linkedAt = opening.openedAt ?? told.reportedAt;
  told.happenings.push({
    at: linkedAt,
    step: {
      type: 'alarm',
      subject: source.alarm,
      verb: 'link_case',
      occurredAt: linkedAt,
      by: by(told.lead, 'case-officer'),
      facts: { case: told.id },
      sourceKey: `demo ${source.alarm} link_case`,
    },
  });
  const answeredAt = opening.answeredAt;
  return { story: told, answeredAt, linkedAt: answeredAt && answeredAt > linkedAt ? answeredAt : linkedAt };
}

/** How the examination of the report ended: opened as a case, answered otherwise, or not at all. */
interface Opening {
  openedAt: Date | null;
  answeredAt: Date | null;
}

function tellCase(city: City, unit: DemoUnit, source: Source): { told: CaseTelling; opening: Opening } {
  const chance = city.chance(`case/${source.key}`);
  const reportedAt = plus(source.handledAt, chance.int(5, 50) * minute);
  const officers = city.police(unit.id).filter((person) => person.roles.includes('case-officer'));
  const pool = officers.length > 0 ? officers : city.police(unit.id);
  const lead = chance.pick(pool);
  const others = city.police(unit.id).filter((person) => person !== lead);
  const co = others.length > 0 ? chance.pick(others) : city.withRole('case-officer', unit);
  const told: CaseTelling = {
    city,
    chance,
    unit,
    id: chance.id(reportedAt, 'case'),
    key: source.key,
    lead,
    co,
    criminal: source.criminal,
    reportedAt,
    happenings: [],
    planted: [],
  };
  const opening = source.criminal ? fileCriminal(told, source) : acceptAdministrative(told, source);
  if (opening.openedAt) {
    handle(told, opening.openedAt);
    if (!source.criminal) decide(told, opening.openedAt);
    itemsOf(told, opening.openedAt);
  }
  return { told, opening };
}

/** Tells a step of the case. */
export function tellOf(
  told: CaseTelling,
  verb: string,
  at: Date,
  facts: Record<string, unknown> = {},
  part?: string,
  author = told.lead,
  recorded = at,
): void {
  told.happenings.push({
    at: recorded,
    step: {
      type: 'case',
      subject: told.id,
      verb,
      occurredAt: at,
      by: by(author, 'case-officer'),
      facts,
      sourceKey: `demo ${told.id} ${verb} ${part ?? ''}`,
      ...(part ? { part } : {}),
    },
  });
}

function report(told: CaseTelling, kind: string, source: Source, facts: Record<string, unknown>): void {
  const month = dayText(dayOf(told.reportedAt)).slice(0, 7).replace('-', '');
  const serial = `${dayText(dayOf(source.handledAt)).slice(8)}${String(source.serial).padStart(2, '0')}`;
  tellOf(told, 'report', told.reportedAt, {
    number: `A${told.unit.code}${month}${serial}`,
    kind,
    cause: source.cause,
    unit: told.unit.id,
    lead: told.lead.id,
    coOfficers: [told.co.id],
    stationCase: true,
    summary: `${inventName(told.chance.at('victim'), 'male')}报称${source.cause}一事,现场已初步处置。`,
    ...facts,
  });
}

const short = (told: CaseTelling): string => `${told.unit.short.slice(0, 2)}公(${told.unit.short.slice(0, 1)})`;
const serialOf = (told: CaseTelling): string => String(Number(told.key.replace(/\D/g, '').slice(-5)) % 3000 || 1);

/** CAS-01: accepted within 24 hours, complex ones in three days. The law of 2026 calls it 立案. */
function acceptAdministrative(told: CaseTelling, source: Source): Opening {
  const { chance, reportedAt } = told;
  const complex = chance.yes(0.06);
  const known = chance.yes(0.4);
  report(told, 'public_order', source, { complex, ...(known ? { suspectKnown: true } : {}) });
  const due = complex ? endOfDays(reportedAt, 3) : plus(reportedAt, 24 * hour);
  const how = chance.weighted({ soon: 940, at: 8, over: 8, late: 20, never: 8, transferred: 8, merged: 8 });
  const duty: Planted = { rule: 'CAS-01', subject: told.id, opened: reportedAt, due };
  if (how === 'never') {
    told.planted.push(duty);
    return { openedAt: null, answeredAt: null };
  }
  const at =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, chance.int(60, 2500) * minute)
          : plus(reportedAt, chance.int(10, 900) * minute);
  told.planted.push({ ...duty, met: at });
  if (how === 'transferred' || how === 'merged') {
    tellOf(told, how === 'merged' ? 'merge' : 'transfer', at);
    return { openedAt: null, answeredAt: at };
  }
  tellOf(told, 'accept', at, { acceptanceNumber: `${short(told)}受案字〔${yearOf(at)}〕${serialOf(told)}号` });
  tellOf(told, 'hand_receipt', plus(at, chance.int(2, 40) * minute));
  const filedAt = plus(at, second);
  tellOf(told, 'file', filedAt, {
    filingNumber: `${short(told)}立字〔${yearOf(at)}〕${serialOf(told)}号`,
    filingApprovedAt: at.toISOString(),
  });
  return { openedAt: at, answeredAt: at };
}

/** CAS-02: three days, seven to check a clue, thirty with approval where it is major and complex. */
function fileCriminal(told: CaseTelling, source: Source): Opening {
  const { chance, reportedAt } = told;
  const sort = chance.weighted({ plain: 90, clue: 7, major: 3 });
  report(told, 'criminal', source, {
    ...(sort === 'clue' ? { clueToCheck: true } : sort === 'major' ? { majorComplex: true } : {}),
    ...(chance.yes(0.4) ? { suspectKnown: true } : {}),
  });
  const approvedAt = plus(reportedAt, 20 * hour);
  if (sort !== 'plain')
    tellOf(
      told,
      'extend_review',
      approvedAt,
      { longReviewLevel: sort === 'major' ? 'county' : 'unit' },
      undefined,
      told.co,
    );
  const due = endOfDays(reportedAt, sort === 'clue' ? 7 : sort === 'major' ? 30 : 3);
  const how = chance.weighted({ soon: 930, at: 8, over: 8, late: 20, never: 10, refused: 24 });
  const duty: Planted = {
    rule: 'CAS-02',
    subject: told.id,
    opened: reportedAt,
    due,
    ...(sort === 'plain' ? {} : { since: approvedAt }),
  };
  if (sort !== 'plain')
    told.planted.push({ ...duty, due: endOfDays(reportedAt, 3), since: reportedAt, gone: approvedAt });
  if (how === 'never') {
    told.planted.push(duty);
    return { openedAt: null, answeredAt: null };
  }
  const soonest = sort === 'plain' ? 30 : 21 * 60;
  const at =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, chance.int(60, 6000) * minute)
          : plus(reportedAt, chance.int(soonest, soonest + 1900) * minute);
  told.planted.push({ ...duty, met: at });
  if (how === 'refused') {
    tellOf(told, 'refuse', at, { refuseReason: '经审查,没有犯罪事实。' });
    tellOf(told, 'serve_refusal', plus(at, chance.int(2, 60) * hour));
    return { openedAt: null, answeredAt: at };
  }
  const acceptedAt = plus(reportedAt, 10 * minute);
  tellOf(told, 'accept', acceptedAt, { acceptanceNumber: `${short(told)}受案字〔${yearOf(at)}〕${serialOf(told)}号` });
  tellOf(told, 'file', at, {
    filingNumber: `${short(told)}立字〔${yearOf(at)}〕${serialOf(told)}号`,
    filingApprovedAt: at.toISOString(),
  });
  return { openedAt: at, answeredAt: acceptedAt };
}

/** Acts and measures: two qualified officers (CAS-17), no coercion before filing (CAS-25). */
function handle(told: CaseTelling, openedAt: Date): void {
  const { chance } = told;
  const acts = chance.int(1, 3);
  for (let i = 0; i < acts; i += 1) {
    const kind = chance.weighted({
      questioning: 60,
      identification: 12,
      inspection: 16,
      search: told.criminal ? 8 : 0,
      scene: 4,
    });
    const at = plus(openedAt, (i * 26 + 1) * hour + chance.int(0, 90) * minute);
    act(told, i, kind, at);
  }
  if (chance.yes(told.criminal ? 0.3 : 0.2)) measure(told, openedAt);
}

function act(told: CaseTelling, i: number, kind: string, at: Date): void {
  const { chance } = told;
  const auxiliary = told.city.people.find((person) => person.unit === told.unit.id && person.kind === 'auxiliary');
  const how = chance.weighted({ two: 940, one_recorded: 20, one_alone: 14, with_auxiliary: 12, late_entry: 14 });
  const officers =
    how === 'two' || how === 'late_entry'
      ? [told.lead.id, told.co.id]
      : how === 'with_auxiliary' && auxiliary
        ? [told.lead.id, auxiliary.id]
        : [told.lead.id];
  const inArea = how === 'one_recorded' || chance.yes(0.8);
  const recorded = how === 'one_recorded';
  const part = chance.id(at, `act ${i}`);
  tellOf(
    told,
    'act',
    at,
    {
      kind,
      officers,
      place: inArea ? '办案中心询问室' : '现场',
      inArea,
      recorded,
      endedAt: plus(at, chance.int(30, 110) * minute).toISOString(),
      subjectName: inventName(chance, 'male'),
    },
    part,
    told.lead,
    plus(at, how === 'late_entry' ? 30 * hour : 2 * hour),
  );
  const since = plus(at, how === 'late_entry' ? 30 * hour : 2 * hour);
  if (kind === 'scene') return;
  told.planted.push({
    rule: 'CAS-17',
    subject: told.id,
    occurrence: part,
    opened: at,
    due: at,
    since,
    ...(isEnough(kind, officers.length, how === 'with_auxiliary', recorded && inArea && !told.criminal)
      ? { met: at }
      : {}),
  });
}

/** What the law of 2026 asks of the number of officers; calming a scene owes nothing and is left out by the caller. */
function isEnough(kind: string, officers: number, withAuxiliary: boolean, recordedInside: boolean): boolean {
  const qualified = withAuxiliary ? 1 : officers;
  if (qualified >= 2) return true;
  return recordedInside && ['questioning', 'identification', 'seizure', 'mediation'].includes(kind);
}

function measure(told: CaseTelling, openedAt: Date): void {
  const { chance } = told;
  const how = chance.weighted({ after: 940, same: 10, before: 25, urgent: 25 });
  const filed = told.criminal ? openedAt : plus(openedAt, second);
  const startedAt =
    how === 'after'
      ? plus(filed, chance.int(60, 1400) * minute)
      : how === 'same'
        ? filed
        : plus(told.reportedAt, minute);
  const early = startedAt < filed;
  const kind = told.criminal
    ? chance.weighted({ detention: 40, bail: 40, residence: 5, summons: 15 })
    : chance.weighted({ summons: 70, coerced_summons: 30 });
  const part = chance.id(startedAt, 'measure');
  const approvedAt = plus(startedAt, -chance.int(5, 40) * minute);
  const since = early ? (filed > startedAt ? startedAt : filed) : startedAt;
  tellOf(
    told,
    'measure',
    startedAt,
    {
      kind,
      approvedAt: approvedAt.toISOString(),
      approvalRecordedAt: plus(approvedAt, minute).toISOString(),
      level: 'county',
      urgent: how === 'urgent',
      subjectName: inventName(chance, 'male'),
    },
    part,
    told.lead,
    since,
  );
  // A summons is no coercion in the sense of the ban; the coerced one of an administrative case neither.
  if (kind !== 'summons' && told.criminal)
    told.planted.push({
      rule: 'CAS-25',
      subject: told.id,
      occurrence: part,
      opened: startedAt,
      due: startedAt,
      since,
      ...(how === 'urgent' ? { excused: since } : {}),
      ...(early ? {} : { met: startedAt }),
    });
  tellOf(told, 'end_measure', plus(startedAt, chance.int(8, 20) * hour), {}, part);
}

/** CAS-08: thirty days to decide, twice thirty more with approval, without the time of an appraisal. */
function decide(told: CaseTelling, openedAt: Date): void {
  const { chance } = told;
  const filedAt = plus(openedAt, second);
  const known = told.happenings.some(({ step }) => step.verb === 'report' && step.facts?.suspectKnown === true);
  if (!known) {
    if (chance.yes(0.7)) tellOf(told, 'tell_victim', plus(filedAt, chance.int(20, 25) * 24 * hour));
    return;
  }
  const how = chance.weighted({ soon: 800, at: 12, over: 12, late: 30, never: 20, extended: 80, appraisal: 46 });
  const first = endOfDays(filedAt, 30);
  if (how === 'soon' || how === 'at' || how === 'over' || how === 'late' || how === 'never') {
    const at =
      how === 'soon'
        ? plus(filedAt, chance.int(2 * 24, 28 * 24) * hour)
        : how === 'at'
          ? first
          : how === 'over'
            ? plus(first, second)
            : plus(first, chance.int(10, 200) * hour);
    told.planted.push({
      rule: 'CAS-08',
      subject: told.id,
      opened: filedAt,
      due: first,
      ...(how === 'never' ? {} : { met: at }),
    });
    if (how !== 'never') end(told, at);
    return;
  }
  if (how === 'extended') {
    const approvedAt = plus(filedAt, chance.int(24 * 24, 28 * 24) * hour);
    const part = chance.id(approvedAt, 'extension');
    tellOf(
      told,
      'extend',
      approvedAt,
      { of: 'handling', level: 'county', days: 30, reason: '案情复杂' },
      part,
      told.co,
    );
    const due = endOfDays(filedAt, 60);
    const at = plus(filedAt, chance.int(32 * 24, 57 * 24) * hour);
    told.planted.push(
      { rule: 'CAS-08', subject: told.id, opened: filedAt, due: first, gone: approvedAt },
      { rule: 'CAS-08', subject: told.id, opened: filedAt, due, since: approvedAt, met: at },
    );
    end(told, at);
    return;
  }
  const from = plus(filedAt, chance.int(2, 8) * 24 * hour);
  const days = chance.int(5, 20);
  const until = plus(from, days * 24 * hour);
  const part = chance.id(from, 'suspension');
  tellOf(told, 'suspend', from, { reason: 'appraisal' }, part);
  tellOf(told, 'resume', until, {}, part);
  const due = endOfDays(filedAt, 30 + days);
  const at = plus(filedAt, chance.int(33, 37) * 24 * hour);
  told.planted.push(
    { rule: 'CAS-08', subject: told.id, opened: filedAt, due: first, gone: from },
    { rule: 'CAS-08', subject: told.id, opened: filedAt, since: from, gone: until },
    { rule: 'CAS-08', subject: told.id, opened: filedAt, due, since: until, met: at },
  );
  end(told, at);
}

function end(told: CaseTelling, at: Date): void {
  const { chance } = told;
  const notice = plus(at, -chance.int(3, 20) * hour);
  if (notice > plus(told.reportedAt, 26 * hour)) tellOf(told, 'give_notice', notice);
  const decision = chance.weighted({ fine: 45, detention: 20, warning: 10, no_penalty: 8, mediation: 17 });
  tellOf(told, 'decide', at, { decision, ...(decision === 'fine' ? { fine: chance.pick([200, 300, 500, 800]) } : {}) });
  tellOf(told, 'serve', plus(at, chance.int(1, 30) * hour));
  tellOf(told, 'close', plus(at, chance.int(31, 90) * hour), { closure: 'decided' });
}
