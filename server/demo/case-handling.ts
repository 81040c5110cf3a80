import { type CaseTelling, tellOf } from './case-telling.ts';
import { inventName } from './people.ts';
import { endOfDays, hour, minute, plus, second } from './time.ts';

/** Acts and measures: two qualified officers (CAS-17), no coercion before filing (CAS-25). */
export function handle(told: CaseTelling, openedAt: Date): void {
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
export function decide(told: CaseTelling, openedAt: Date): void {
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
