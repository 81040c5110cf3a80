import { z } from 'zod';
import { reachOf } from '../access/actor.ts';
import { shownZone } from '../kernel/calendar.ts';
import { forbidden, notFound, type Text } from '../kernel/errors.ts';
import { type Route, route } from '../kernel/route.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Views } from '../subjects/views.ts';
import { type Rate, rates } from './rates.ts';

/** One number of the page; `filter` opens the list behind it: every number opens its list. */
export interface Counter {
  key: string;
  label: Text;
  count: number;
  /** Of these, over their time. */
  overdue: number;
  resource: string;
  filter: Record<string, unknown>;
}

export interface Today {
  unit: { id: number; name: string; short: string };
  at: Date;
  counters: Counter[];
  /** Flaws that the unit may still correct itself: they then score nothing. */
  selfCorrectable: {
    id: string;
    number: string;
    title: string;
    sentence: string;
    person: string | null;
    until: Date;
  }[];
  toSignOff: { id: string; number: string; title: string; person: string | null; dueAt: Date | null }[];
  /** Duties that fall due until the end of the day, then the ones overdue. */
  duties: {
    rule: string;
    title: Text;
    type: string;
    plural: string;
    id: string;
    person: string | null;
    dueAt: Date;
    isOverdue: boolean;
  }[];
  /** This month's rate over its denominator. */
  rate: Rate | null;
  /** What would move it: rules with overdue duties that can still be done, most first. */
  moves: { rule: string; title: Text; overdue: number }[];
}

const month = new Intl.DateTimeFormat('sv-SE', { timeZone: shownZone, year: 'numeric', month: '2-digit' });

const day = new Intl.DateTimeFormat('sv-SE', { timeZone: shownZone });

/** 本所今日: the page of a station head (domain.md §2.14). */
export const todayRoutes = (views: Views): Route[] => [
  route({
    method: 'GET',
    path: '/api/today',
    summary: { zh: '本所今日', en: 'My unit today' },
    action: 'finding.read',
    query: z.strictObject({ unit: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
    handle: ({ uow, query }) => readToday(uow, views, query.unit ?? uow.actor.unitId),
  }),
];

/** @throws Problem 403 where the actor may not see the whole unit, 404 for an unknown one */
export async function readToday(uow: UnitOfWork, views: Views, unitId: number | null): Promise<Today> {
  const reach = reachOf(uow.actor, 'finding.read');
  if (unitId === null || (reach.units !== 'all' && !reach.units.includes(unitId)))
    throw forbidden('today.not-your-unit', {
      zh: '您不能查看该单位的汇总',
      en: 'You may not see this unit as a whole',
    });
  const [unit] = await uow.sql<Today['unit']>('SELECT id, name, short FROM unit WHERE id = $1', [unitId]);
  if (!unit) throw notFound();
  const duties = await dutiesOf(uow, views, unitId);
  const thisMonth = month.format(uow.now);
  const [rate] = await rates(uow, { from: thisMonth, to: thisMonth, unitId, by: [] });
  return {
    unit,
    at: uow.now,
    counters: await countersOf(uow, unitId),
    selfCorrectable: await uow.sql<Today['selfCorrectable'][number]>(
      `SELECT f.id, f.number, f.title, f.sentence, p.name AS person, f.self_correct_until AS until FROM finding f LEFT JOIN person p ON p.id = f.person_id
       WHERE f.state = 'screening' AND f.severity = 'flaw' AND f.self_correct_until >= $2 AND f.unit_id IN (${below}) ORDER BY until LIMIT 50`,
      [unitId, uow.now],
      { name: 'today self-correct' },
    ),
    toSignOff: await uow.sql<Today['toSignOff'][number]>(
      `SELECT f.id, f.number, f.title, p.name AS person, f.due_at AS "dueAt" FROM finding f LEFT JOIN person p ON p.id = f.person_id
       WHERE f.state = 'explaining' AND f.explained AND f.unit_id IN (${below}) ORDER BY f.due_at LIMIT 50`,
      [unitId],
      { name: 'today sign-off' },
    ),
    duties,
    rate: rate ?? null,
    moves: await movesOf(uow, views, unitId, thisMonth),
  };
}

/** The unit `$1` and what is below it. */
const below = 'SELECT u.id FROM unit u WHERE u.path @> ARRAY[$1::int]';

async function countersOf(uow: UnitOfWork, unit: number): Promise<Counter[]> {
  const [row] = await uow.sql<Record<string, number>>(
    `WITH own AS MATERIALIZED (${below}), day AS (SELECT end_of(local_day($2) - 1) + interval '1 millisecond' AS from_at, end_of(local_day($2)) AS to_at),
     f AS (SELECT state, severity, explained, person_id, due_at, self_correct_until, facts_changed_at, facts_confirmed_at FROM finding WHERE unit_id IN (SELECT id FROM own) AND state NOT IN ('closed', 'dismissed', 'false_alarm', 'merged')),
     o AS (SELECT verdict, due_at, rule_id FROM obligation WHERE unit_id IN (SELECT id FROM own) AND verdict IN (1, 4) AND NOT trial AND subject_type <> 20)
     SELECT
       (SELECT count(*) FROM o, day WHERE verdict = 1 AND due_at <= day.to_at) AS due,
       (SELECT count(*) FROM o WHERE verdict = 4) AS overdue,
       (SELECT count(*) FROM f) AS findings, (SELECT count(*) FROM f WHERE due_at < $2) AS findings_over,
       (SELECT count(*) FROM f WHERE state = 'screening' AND severity = 'flaw' AND self_correct_until >= $2) AS self_correct,
       (SELECT count(*) FROM f WHERE state = 'issued') AS issued, (SELECT count(*) FROM f WHERE state = 'issued' AND due_at < $2) AS issued_over,
       (SELECT count(*) FROM f WHERE state = 'explaining' AND explained) AS sign_off, (SELECT count(*) FROM f WHERE state = 'explaining' AND explained AND due_at < $2) AS sign_off_over,
       (SELECT count(*) FROM f WHERE state = 'rectifying') AS rectifying, (SELECT count(*) FROM f WHERE state = 'rectifying' AND due_at < $2) AS rectifying_over,
       (SELECT count(*) FROM item WHERE unit_id IN (SELECT id FROM own) AND handed_over_at IS NULL AND disposed_at IS NULL AND NOT coalesce(in_place, false)) AS items,
       (SELECT count(*) FROM stay WHERE unit_id IN (SELECT id FROM own) AND entered_at IS NOT NULL AND left_at IS NULL) AS inside,
       (SELECT count(*) FROM stay s WHERE s.unit_id IN (SELECT id FROM own) AND s.entered_at IS NOT NULL AND s.left_at IS NULL
          AND EXISTS (SELECT FROM obligation b JOIN rule r ON r.id = b.rule_id WHERE b.subject_id = s.id AND b.verdict = 4 AND r.code IN ('PER-04', 'PER-05', 'PER-06a'))) AS inside_over,
       (SELECT count(*) FROM alarm, day WHERE unit_id IN (SELECT id FROM own) AND received_at BETWEEN day.from_at AND day.to_at) AS alarms,
       (SELECT count(*) FROM shift, day WHERE unit_id IN (SELECT id FROM own) AND started_at <= $2 AND ended_at IS NULL AND started_at > $2 - interval '24 hours') AS shifts`,
    [unit, uow.now],
    { name: 'today counters' },
  );
  const n = (key: string): number => row?.[key] ?? 0;
  const of = (
    key: string,
    zh: string,
    en: string,
    resource: string,
    filter: Record<string, unknown>,
    count = n(key),
    overdue = n(`${key}_over`),
  ): Counter => ({ key, label: { zh, en }, count, overdue, resource, filter: { unitId: unit, ...filter } });
  const today = day.format(uow.now);
  const openStates = [
    'screening',
    'issued',
    'explaining',
    'judging',
    'rectifying',
    'rechecking',
    'objection',
    'suspended',
  ];
  return [
    of(
      'due',
      '今日到期与逾期',
      'Due today and overdue',
      'duties',
      { verdict: ['pending', 'overdue'], due: 'today' },
      n('due') + n('overdue'),
      n('overdue'),
    ),
    of('sign_off', '待我审签', 'To sign off', 'findings', { state: 'explaining', explained: true }),
    of('findings', '疑似问题', 'Suspected issues', 'findings', { state: openStates }),
    of('self_correct', '可自查自纠', 'Self-correctable', 'findings', { state: 'screening', severity: 'flaw' }),
    of('issued', '待签收', 'To acknowledge', 'findings', { state: 'issued' }),
    of('rectifying', '整改中', 'Being rectified', 'findings', { state: 'rectifying' }),
    of('inside', '在区人员', 'People in the area', 'stays', { leftAt_null: true, enteredAt_null: false }),
    of('items', '财物待移交', 'Items to hand over', 'items', { handedOverAt_null: true, disposedAt_null: true }),
    of('alarms', '今日警情', 'Alarms today', 'alarms', { receivedAt_gte: today, receivedAt_lte: today }),
    of('shifts', '在岗勤务', 'On duty', 'shifts', { endedAt_null: true, startedAt_null: false }),
  ];
}

interface DutyRow {
  code: string;
  version_id: number;
  subject_type: number;
  subject_id: string;
  occurrence: string;
  person: string | null;
  due_at: Date;
  verdict: number;
}

async function dutiesOf(uow: UnitOfWork, views: Views, unit: number): Promise<Today['duties']> {
  const rows = await uow.sql<DutyRow>(
    `SELECT r.code, o.version_id, o.subject_type, o.subject_id, o.occurrence, p.name AS person, o.due_at, o.verdict
     FROM obligation o JOIN rule r ON r.id = o.rule_id LEFT JOIN person p ON p.id = o.person_id
     WHERE o.unit_id IN (${below}) AND o.verdict IN (1, 4) AND NOT o.trial AND o.subject_type <> 20 AND o.due_at <= end_of(local_day($2))
     ORDER BY o.verdict, o.due_at LIMIT 100`,
    [unit, uow.now],
    { name: 'today duties' },
  );
  const titles = await titlesOf(uow, views, rows);
  return rows.map((row, i) => {
    const type = views.registry.coded(row.subject_type);
    return {
      rule: row.code,
      title: titles[i] ?? { zh: row.code, en: row.code },
      type: type.name,
      plural: type.plural,
      id: row.subject_id,
      person: row.person,
      dueAt: row.due_at,
      isOverdue: row.verdict === 4,
    };
  });
}

async function movesOf(uow: UnitOfWork, views: Views, unit: number, from: string): Promise<Today['moves']> {
  const rows = await uow.sql<DutyRow & { overdue: number }>(
    `SELECT r.code, max(o.version_id) AS version_id, max(o.subject_type) AS subject_type, (array_agg(o.subject_id))[1] AS subject_id, (array_agg(o.occurrence))[1] AS occurrence, count(*) AS overdue
     FROM obligation o JOIN rule r ON r.id = o.rule_id
     WHERE o.unit_id IN (${below}) AND o.verdict = 4 AND NOT o.trial AND o.subject_type <> 20 AND o.due_at >= ($2 || '-01')::date
     GROUP BY r.code ORDER BY overdue DESC, r.code LIMIT 5`,
    [unit, from],
    { name: 'today moves' },
  );
  const titles = await titlesOf(uow, views, rows);
  return rows.map((row, i) => ({
    rule: row.code,
    title: titles[i] ?? { zh: row.code, en: row.code },
    overdue: row.overdue,
  }));
}

async function titlesOf(uow: UnitOfWork, views: Views, rows: readonly DutyRow[]): Promise<(Text | undefined)[]> {
  const words = await views.explainDuties?.(
    uow,
    rows.map((row) => ({
      ruleCode: row.code,
      versionId: row.version_id,
      subjectType: views.registry.coded(row.subject_type).name,
      subjectId: row.subject_id,
      occurrence: row.occurrence,
    })),
  );
  return rows.map((_, i) => words?.[i]?.title);
}
