import { may, type Standing } from '../access/actor.ts';
import type { Text } from '../kernel/errors.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import { scopeOf, standings } from '../subjects/guard.ts';
import { columnOf } from '../subjects/registry.ts';
import { type Row, recordColumns } from '../subjects/rows.ts';
import type { Views } from '../subjects/views.ts';
import { valuesOf, verbsOn } from './abilities.ts';
import { finding, transitionOf, type Verb } from './finding.ts';
import { isOneOf } from './guards.ts';
import { settled } from './states.ts';
import type { Values } from './transition.ts';

/** One thing that waits for the actor. */
export interface Todo {
  /** A verb of the loop, or 'duty'. */
  kind: string;
  label: Text;
  type: string;
  plural: string;
  id: string;
  number: string | null;
  title: Text;
  /** The official sentence, where there is one. */
  text: Text | null;
  dueAt: Date | null;
  severity: string | null;
  level: string | null;
  urgent: boolean;
  /** 临期预警: a duty whose warning time has come and that is not due yet. */
  soon: boolean;
  unit: string | null;
}

const mostFindings = 500;
/** Rows looked at at once, and how often: beyond ten thousand that could be his nobody reads a list of to-dos. */
const page = 500;
const mostPages = 20;
const mostDuties = 200;
/** Duties are shown a week ahead. */
const ahead = 7 * 24 * 3_600_000;

/** What waits for the actor: acts of the loop whose turn is his, proposals to escalate, and the duties he owes. */
export async function readTodos(uow: UnitOfWork, views: Views): Promise<Todo[]> {
  const todos = [...(await loopTodos(uow)), ...(await escalationTodos(uow)), ...(await dutyTodos(uow, views))];
  return todos.sort(
    (a, b) => (a.dueAt?.getTime() ?? Number.POSITIVE_INFINITY) - (b.dueAt?.getTime() ?? Number.POSITIVE_INFINITY),
  );
}

/** Whose act a finding waits for; of several verbs the first that the actor may post is his to-do. */
function awaited(values: Values): readonly Verb[] {
  const confirm: Verb[] = values.factsChangedAt != null ? ['confirm_facts'] : [];
  switch (values.state) {
    case 'screening':
      return [...confirm, values.screened ? 'issue' : 'screen', 'self_correct'];
    case 'issued':
      return [...confirm, 'acknowledge'];
    case 'explaining':
      return [...confirm, values.explained ? 'sign_off' : values.person == null ? 'assign' : 'explain'];
    case 'judging':
      return [...confirm, 'judge'];
    case 'rectifying':
      return [...confirm, 'rectify'];
    case 'rechecking':
      return [...confirm, values.recheckPassed ? 'close' : 'recheck'];
    case 'objection':
      return values.reviewer == null ? ['re_review', 'name_reviewer'] : ['re_review'];
    default:
      return confirm;
  }
}

async function loopTodos(uow: UnitOfWork): Promise<Todo[]> {
  const read = scopeOf(uow.actor, 'finding.read', finding, 'r', 3);
  const turn = ownTurn(uow.actor, 3 + read.values.length);
  return inPages(
    uow,
    (offset) =>
      uow.sql<Waiting>(
        `SELECT ${recordColumns(finding, 'r')}, u.short AS "unitShort", ${hasOffice} AS "hasOffice"
         FROM finding r LEFT JOIN unit u ON u.id = r.unit_id
         WHERE NOT r.state = ANY($1::text[]) AND ${read.text} AND ${turn.text}
         ORDER BY r.due_at NULLS LAST, r.id LIMIT $2 OFFSET $3`,
        [settled, page, offset, ...read.values, ...turn.values],
      ),
    (row, standing) => {
      const values = valuesOf(row);
      const possible = verbsOn(uow.actor, standing, row.id, values, uow.now);
      const verb = awaited(values).find((one) => possible.includes(one) && isOwnTurn(one, uow, standing, values));
      if (!verb) return null;
      return todoOf(verb, row, (verb === 'self_correct' ? row['selfCorrectUntil'] : row['dueAt']) as Date | null);
    },
  );
}

type Waiting = Row & { unitShort: string; hasOffice: boolean };

const hasOffice = `EXISTS (SELECT FROM unit b WHERE b.id = ANY(u.path) AND b.kind = 'bureau')`;

/** What is the actor's among the rows of each page, until there are as many to-dos as anybody reads. */
async function inPages<R extends Waiting>(
  uow: UnitOfWork,
  read: (offset: number) => Promise<R[]>,
  choose: (row: R, standing: Standing) => Todo | null,
): Promise<Todo[]> {
  const todos: Todo[] = [];
  for (let number = 0; number < mostPages && todos.length < mostFindings; number += 1) {
    const rows = await read(number * page);
    const stands = await standings(
      uow,
      uow.actor,
      finding,
      rows.map((row) => row.id),
    );
    for (const row of rows) {
      const standing = stands.get(row.id);
      const todo = standing && !isAnotherOffice(uow.actor, row, valuesOf(row)) ? choose(row, standing) : null;
      if (todo) todos.push(todo);
    }
    if (rows.length < page) break;
  }
  return todos.slice(0, mostFindings);
}

/** Verbs that may be awaited in a state, whatever else is known of the finding: the wider question, asked in SQL. */
const turns: readonly (readonly [where: string, verbs: readonly Verb[]])[] = [
  [`r.state = 'screening'`, ['issue', 'screen', 'self_correct']],
  [`r.state = 'issued'`, ['acknowledge']],
  [`r.state = 'explaining'`, ['sign_off', 'assign', 'explain']],
  [`r.state = 'judging'`, ['judge']],
  [`r.state = 'rectifying'`, ['rectify']],
  [`r.state = 'rechecking'`, ['close', 'recheck']],
  [`r.state = 'objection'`, ['re_review', 'name_reviewer']],
  ['r.facts_changed_at IS NOT NULL', ['confirm_facts']],
];

/** The findings that may wait for the actor: cut before the list is, so that others' work never hides his own. */
function ownTurn(actor: Actor, offset: number): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const add = (one: unknown): string => `$${offset + values.push(one)}`;
  const ways = turns.flatMap(([where, verbs]) => {
    const scopes = verbs.map((verb) => {
      const scope = scopeOf(actor, `finding.${verb}`, finding, 'r', offset + values.length);
      values.push(...scope.values);
      return scope.text;
    });
    return scopes.every((text) => text === 'false') ? [] : [`(${where} AND (${scopes.join(' OR ')}))`];
  });
  const office = isOfCity(actor)
    ? ` AND (NOT ${hasOffice} OR r.reviewer_id = ${add(actor.personId)}::int OR r.person_id = ${add(actor.personId)}::int)`
    : '';
  return { text: `(${ways.join(' OR ') || 'false'})${office}`, values };
}

const isOfCity = (actor: Actor): boolean => actor.posts?.some((post) => post.bureau === 'all') === true;

/** The loop is run by the county; the city's office sees all and takes what is given to it by name. */
const isAnotherOffice = (actor: Actor, row: { hasOffice: boolean }, values: Values): boolean =>
  row.hasOffice && isOfCity(actor) && values.reviewer !== actor.personId && values.person !== actor.personId;

/** Several may rectify or self-correct; it waits for the officer himself, or for his unit's legal officer. */
function isOwnTurn(verb: Verb, uow: UnitOfWork, standing: Standing, values: Values): boolean {
  if (verb !== 'self_correct' && verb !== 'rectify') return true;
  return standing.isOwn || isOneOf(uow.actor, ['unit-legal-officer']) || values.person == null;
}

function todoOf(verb: Verb, row: Row & { unitShort: string }, dueAt: Date | null): Todo {
  const [zh, en] = transitionOf(verb).label;
  return {
    kind: verb,
    label: { zh, en },
    type: 'finding',
    plural: 'findings',
    id: row.id,
    number: textOf(row['number']),
    title: { zh: textOf(row['title']) ?? '', en: textOf(row['titleEn']) ?? textOf(row['title']) ?? '' },
    text:
      row['sentence'] == null
        ? null
        : { zh: String(row['sentence']), en: textOf(row['sentenceEn']) ?? String(row['sentence']) },
    dueAt,
    severity: textOf(row['severity']),
    level: textOf(row['level']),
    urgent: row['urgent'] === true,
    soon: false,
    unit: row.unitShort,
  };
}

const textOf = (value: unknown): string | null => (value == null ? null : String(value));

/** What time has proposed: a person issues it. */
async function escalationTodos(uow: UnitOfWork): Promise<Todo[]> {
  const scope = scopeOf(uow.actor, 'finding.read', finding, 'r', 2);
  return inPages(
    uow,
    (offset) =>
      uow.sql<Waiting & { proposed: Verb }>(
        `SELECT ${recordColumns(finding, 'r')}, u.short AS "unitShort", e.level AS proposed, ${hasOffice} AS "hasOffice"
         FROM escalation e JOIN finding r ON r.id = e.finding_id LEFT JOIN unit u ON u.id = r.unit_id
         WHERE e.settled_at IS NULL AND ${scope.text} ORDER BY e.proposed_at, r.id LIMIT $1 OFFSET $2`,
        [page, offset, ...scope.values],
      ),
    (row, standing) =>
      verbsOn(uow.actor, standing, row.id, valuesOf(row), uow.now).includes(row.proposed) &&
      may(uow.actor, `finding.${row.proposed}`, standing)
        ? todoOf(row.proposed, row, row['dueAt'] as Date | null)
        : null,
  );
}

interface DutyRow {
  code: string;
  versionId: number;
  subjectType: number;
  subjectId: string;
  occurrence: string;
  dueAt: Date | null;
  warnAt: Date | null;
  verdict: number;
  severity: number;
  unit: string | null;
}

/** Duties that the actor owes: due within a week, or overdue for no longer than that. */
async function dutyTodos(uow: UnitOfWork, views: Views): Promise<Todo[]> {
  if (uow.actor.personId === null) return [];
  const rows = await uow.sql<DutyRow>(
    `SELECT r.code, o.version_id AS "versionId", o.subject_type AS "subjectType", o.subject_id AS "subjectId", o.occurrence, o.due_at AS "dueAt", o.warn_at AS "warnAt", o.verdict, o.severity, u.short AS unit
     FROM obligation o JOIN rule r ON r.id = o.rule_id LEFT JOIN unit u ON u.id = o.unit_id
     WHERE o.person_id = $1 AND o.verdict IN (1, 4) AND NOT o.trial AND o.due_at BETWEEN $2 AND $3 ORDER BY o.due_at LIMIT ${mostDuties}`,
    [uow.actor.personId, new Date(uow.now.getTime() - ahead), new Date(uow.now.getTime() + ahead)],
    { name: 'duties owed by a person' },
  );
  const keys = rows.map((row) => ({
    ruleCode: row.code,
    versionId: row.versionId,
    subjectType: views.registry.coded(row.subjectType).name,
    subjectId: row.subjectId,
    occurrence: row.occurrence,
  }));
  const words = (await views.explainDuties?.(uow, keys)) ?? [];
  const numbers = await numbersOf(uow, views, rows);
  return rows.flatMap((row, i): Todo[] => {
    const type = views.registry.coded(row.subjectType);
    if (type === finding) return [];
    return [
      {
        kind: 'duty',
        label: labelOf(row, uow.now),
        type: type.name,
        plural: type.plural,
        id: row.subjectId,
        number: numbers.get(row.subjectId) ?? null,
        title: words[i]?.title ?? { zh: row.code, en: row.code },
        text: words[i]?.sentence ?? null,
        dueAt: row.dueAt,
        severity: ['', 'flaw', 'ordinary', 'serious'][row.severity] ?? null,
        level: null,
        urgent: false,
        soon: row.verdict === 1 && row.warnAt !== null && row.warnAt <= uow.now,
        unit: row.unit,
      },
    ];
  });
}

function labelOf(row: DutyRow, now: Date): Text {
  if (row.verdict === 4) return { zh: '逾期未办', en: 'Overdue' };
  return row.warnAt !== null && row.warnAt <= now
    ? { zh: '临期预警', en: 'Due soon' }
    : { zh: '待办理', en: 'To be done' };
}

async function numbersOf(uow: UnitOfWork, views: Views, rows: readonly DutyRow[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const code of new Set(rows.map((row) => row.subjectType))) {
    const type = views.registry.coded(code);
    const fact = type.facts[type.number];
    if (!fact) continue;
    const ids = rows.filter((row) => row.subjectType === code).map((row) => row.subjectId);
    for (const row of await uow.sql<{ id: string; number: string | null }>(
      `SELECT id, ${quote(columnOf(type.number, fact))} AS number FROM ${quote(type.name)} WHERE id = ANY($1::uuid[])`,
      [ids],
      { name: `numbers of ${type.name}` },
    )) {
      if (row.number) found.set(row.id, row.number);
    }
  }
  return found;
}
