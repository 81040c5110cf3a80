import { isSystem, may, mayAnywhere, type Standing } from '../access/actor.ts';
import { type Condition, type Protected, scopeFilter, standingsOf } from '../access/scope.ts';
import { forbidden, notFound, type Problem, refusal } from '../kernel/errors.ts';
import { type Actor, asEngine, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { SubjectType } from './define.ts';
import type { FactValue } from './input.ts';
import { columnOf, type Registry, type Table, tableOf } from './registry.ts';
import { hasUnitsInParts, ownFunctionOf, ownInParts } from './walls.ts';

const noPermission = (): Problem =>
  forbidden('access.denied', { zh: '没有权限进行此项操作', en: 'You are not allowed to do this' });

/** Refused for nothing but a part in the matter: whoever is refused is told so. */
const isConcerned = (type: SubjectType): Problem =>
  forbidden(`${type.name}.reviewer-is-concerned`, {
    zh: '您参与过该事项，依规定应当回避；请由其他审核人办理',
    en: 'You took part in the matter and may not decide about it: another reviewer does',
  });

/** Refused for the record's place, not because it is missing: the ledger learns it, the caller does not. */
const outOfScope = (): Problem => refusal(notFound());

const built = new WeakMap<SubjectType, Protected>();

/** How records of a type are told to be somebody's, from the declaration. */
export function protectedOf(type: SubjectType): Protected {
  const known = built.get(type);
  if (known) return known;
  const made = build(type);
  built.set(type, made);
  return made;
}

function build(type: SubjectType): Protected {
  const own = tableOf(type);
  const unit = column(own, type.unit);
  const hasOthers = hasUnitsInParts(type);
  const isOwn = (alias: string, person: string): string => {
    const ways = type.own
      .filter((name) => !name.includes('.'))
      .map((name) => {
        const col = `${alias}.${column(own, name)}`;
        return own.facts[name]?.kind === 'persons' ? `${col} @> ARRAY[${person}]` : `${col} = ${person}`;
      });
    if (ownInParts(type).length > 0) ways.push(`${alias}.id IN (SELECT ${ownFunctionOf(type)}(${person}))`);
    return ways.length > 0 ? `(${ways.join(' OR ')})` : 'false';
  };
  return {
    type: type.name,
    table: quote(own.name),
    units: (alias) => `ARRAY[${alias}.${unit}]${hasOthers ? ` || coalesce(${alias}.also_units, '{}')` : ''}`,
    inUnits: (alias, units) =>
      hasOthers
        ? `(${alias}.${unit} = ANY (${units}) OR ${alias}.also_units && ${units})`
        : `${alias}.${unit} = ANY (${units})`,
    isOwn,
    // who took part in a finding's matter is kept in a table of its own; elsewhere it is whoever handles the record
    isConcerned:
      type.name === 'finding'
        ? (alias, person) =>
            `EXISTS (SELECT 1 FROM finding_party fp WHERE fp.finding_id = ${alias}.id AND fp.person_id = ${person})`
        : isOwn,
    state: (alias) => (type.facts['state']?.kind === 'choice' ? `${alias}.${column(own, 'state')}` : `'*'::text`),
  };
}

function column(table: Table, name: string): string {
  const fact = table.facts[name];
  if (!fact) throw new Error(`${table.name} has no fact ${name}`);
  return quote(columnOf(name, fact));
}

/** The rows of a type that the actor may do `action` to; `alias` is the state table in the query around it. */
export const scopeOf = (actor: Actor, action: string, type: SubjectType, alias: string, offset = 0): Condition =>
  scopeFilter(actor, action, protectedOf(type), alias, offset);

/** How the actor stands to records of a type. */
export const standings = (
  uow: UnitOfWork,
  actor: Actor,
  type: SubjectType,
  ids: readonly string[],
): Promise<Map<string, Standing>> => standingsOf(uow, actor, protectedOf(type), ids);

/**
 * The pipeline's check. What the actor may not even read is 404, exactly as if it were not there.
 * @throws Problem 403 or 404
 */
export async function authorise(
  uow: UnitOfWork,
  registry: Registry,
  action: string,
  on: { type: string; id: string } | null,
): Promise<void> {
  const { actor } = uow;
  if (isSystem(actor)) return;
  if (!on) {
    if (!mayAnywhere(actor, action)) throw noPermission();
    return;
  }
  const type = registry.get(on.type);
  const standing = (await standings(uow, actor, type, [on.id])).get(on.id);
  if (!standing) throw (await isHidden(uow, type, on.id)) ? outOfScope() : notFound();
  if (!may(actor, `${type.name}.read`, standing)) throw outOfScope();
  if (!may(actor, action, standing))
    throw may(actor, action, { ...standing, isConcerned: false }) ? isConcerned(type) : noPermission();
}

/** Whether the record is there and the database alone keeps it from the actor: he is told nothing, the ledger is. */
const isHidden = (uow: UnitOfWork, type: SubjectType, id: string): Promise<boolean> =>
  asEngine(uow, async () => {
    const rows = await uow.sql(`SELECT 1 FROM ${quote(type.name)} WHERE id = $1`, [id], { name: `is a ${type.name}` });
    return rows.length > 0;
  });

/** Whether the actor may open a subject with these facts: at this unit, as his own. @throws Problem 403 */
export function authoriseOpening(
  actor: Actor,
  type: SubjectType,
  verb: string,
  facts: Readonly<Record<string, FactValue | undefined>>,
): void {
  const unit = facts[type.unit];
  const people = type.own.flatMap((name) => facts[name] ?? []) as unknown[];
  const isOwn = actor.personId !== null && people.includes(actor.personId);
  // where nobody names a unit it is the actor's own
  const units = typeof unit === 'number' ? [unit] : actor.unitId === null ? [] : [actor.unitId];
  if (!may(actor, `${type.name}.${verb}`, { units, isOwn, isConcerned: false, state: '*' })) throw noPermission();
}

/** The verbs that the actor may perform now on each record, given as rows with facts. */
export function verbsFor(
  actor: Actor,
  type: SubjectType,
  standing: Standing,
  facts: Readonly<Record<string, unknown>>,
): string[] {
  const steps = Object.entries(type.steps)
    .filter(([, step]) => !step.internal && !step.opens && !isDone(step, facts))
    .map(([verb]) => verb);
  return [...steps, 'correct', 'reveal', 'ledger'].filter((verb) => may(actor, `${type.name}.${verb}`, standing));
}

/** A step that happens once in the life of a subject and has happened. */
const isDone = (step: SubjectType['steps'][string], facts: Readonly<Record<string, unknown>>): boolean =>
  !step.part && step.at !== undefined && facts[step.at] != null;
