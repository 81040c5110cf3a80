import { badInput, conflict, forbidden, notFound, Problem } from '../kernel/errors.ts';
import { type Actor, asEngine, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { parseFacts } from '../subjects/input.ts';
import { recordSteps, type StepInput } from '../subjects/record.ts';
import { type Registry, tableOf } from '../subjects/registry.ts';
import { factsOf, holdSubjects } from '../subjects/state.ts';
import { afterwards, type Done } from './consequences.ts';
import { finding as findingType, transitionOf, type Verb, verbs } from './finding.ts';
import { isOneOf, stateOf } from './guards.ts';
import { concerned, partsOf, partsOfAll, toldByDatabase } from './independence.ts';
import { limitsAt, stationDue } from './limits.ts';
import { takePaperNumber } from './numbers.ts';
import { followParties } from './parties.ts';
import { checkReferences } from './references.ts';
import { reread } from './reread.ts';
import { states } from './states.ts';
import type { Act, Moment, Transition, Values } from './transition.ts';

export interface Loaded {
  id: string;
  version: number;
  finding: Values;
}

/** Reads one finding, locked when it is about to move. @throws Problem 404 */
export async function loadFinding(uow: UnitOfWork, id: string, options: { lock?: boolean } = {}): Promise<Loaded> {
  const found = await readFindings(uow, [id], options.lock === true);
  return found.get(id) ?? refuse(notFound());
}

const toLoaded = (row: Record<string, unknown>): Loaded => ({
  id: String(row['id']),
  version: Number(row['version']),
  finding: factsOf(tableOf(findingType), row) as Values,
});

export interface Wanted {
  id: string;
  verb: Verb;
  /** What the verb's form asks for, facts by name. */
  facts?: Record<string, unknown>;
  /** The version the actor saw; null when he did not say. */
  version?: number | null;
}

/**
 * The one way to move a finding: a row of the transition table, its guards, independence, then a step and what follows.
 * @throws Problem 404 unknown; 403 not this role, not this person, or concerned; 409 not from this state, not now, or a
 *   stale version; 422 wrong input
 */
export async function perform(uow: UnitOfWork, registry: Registry, wanted: Wanted): Promise<Loaded> {
  const [result] = await performAll(uow, registry, [{ ...wanted, actor: uow.actor }]);
  if (!result || result instanceof Problem) throw result ?? notFound();
  return result;
}

/**
 * The same for acts of several people on several findings, each finding once: the statements do not grow with the
 * acts. What is refused is returned in its place; the others go on.
 */
export async function performAll(
  uow: UnitOfWork,
  registry: Registry,
  wanted: readonly (Wanted & { actor: Actor })[],
): Promise<(Loaded | Problem)[]> {
  const ids = wanted.map(({ id }) => id);
  await holdTheirSubjects(uow, registry, ids);
  const loaded = await readFindings(uow, ids, true);
  const deciding = wanted.filter(({ verb }) => transitionOf(verb).decides);
  // the matter may have passed into other hands since the finding was raised: asked at the decision
  await asEngine(uow, () =>
    followParties(
      uow,
      registry,
      [...loaded.values()].filter(({ id }) => deciding.some((one) => one.id === id)),
    ),
  );
  const parts = await partsOfAll(
    uow,
    deciding.map(({ id, actor }) => ({ id, actor })),
  );
  const results: (Loaded | Problem)[] = [];
  const done: Done[] = [];
  const batch: StepInput[] = [];
  for (const one of wanted) {
    try {
      const { id, finding, version } = loaded.get(one.id) ?? refuse(notFound());
      if (one.version != null && one.version !== version) refuse(stale(version, finding));
      const row = transitionOf(one.verb);
      const moment: Moment = { id, finding, actor: one.actor, now: uow.now, limits: limitsAt(finding, uow.now) };
      const refusal = refusalOf(row, moment) ?? (decidesNow(row, moment) ? concernOf(parts, moment) : undefined);
      if (refusal) refuse(refusal);
      const act: Act = { ...moment, given: given(one.verb, row, one.facts ?? {}) };
      const problem = row.check?.(act);
      if (problem) refuse(problem);
      await checkReferences(uow, one.verb, act);
      const facts = await leftBehind(uow, registry, one.verb, row, act);
      const by = one.actor === uow.actor ? {} : { by: one.actor };
      batch.push({ type: 'finding', subject: id, verb: one.verb, occurredAt: uow.now, facts, ...by });
      const now: Values = { ...finding, ...facts, ...row.sets };
      done.push({ verb: one.verb, act: { ...act, finding: now }, before: finding });
      results.push({ id, version: version + 1, finding: now });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      results.push(error);
    }
  }
  try {
    if (batch.length > 0) await recordSteps(uow, registry, batch);
  } catch (error) {
    throw toldByDatabase(error);
  }
  await afterwards(uow, done);
  return results;
}

/**
 * The subject before its finding, as judging holds them: a decision may excuse the duty, and a change of the subject may
 * mark the finding, so that the two would otherwise wait for each other.
 */
export async function holdTheirSubjects(uow: UnitOfWork, registry: Registry, ids: readonly string[]): Promise<void> {
  await asEngine(uow, async () => {
    const rows = await uow.sql<{ type: string; id: string }>(
      'SELECT DISTINCT subject_type AS type, subject_id AS id FROM finding WHERE id = ANY($1::uuid[]) AND subject_id IS NOT NULL ORDER BY 1, 2',
      [ids],
      { name: 'subjects of findings' },
    );
    for (const { name } of registry.types) {
      const of = rows.filter(({ type }) => type === name);
      if (of.length === 0) continue;
      await holdSubjects(
        uow,
        name,
        of.map(({ id }) => id),
      );
    }
  });
}

function refuse(problem: Problem): never {
  throw problem;
}

async function readFindings(uow: UnitOfWork, ids: readonly string[], lock: boolean): Promise<Map<string, Loaded>> {
  const rows = await uow.sql<Record<string, unknown>>(
    `SELECT * FROM finding WHERE id = ANY($1::uuid[]) ORDER BY id ${lock ? 'FOR UPDATE' : ''}`,
    [ids],
    { name: lock ? 'take findings' : 'read findings' },
  );
  return new Map(rows.map((row) => [String(row['id']), toLoaded(row)]));
}

/** Why an actor cannot do this now, whatever he filled in; undefined when he can (independence apart). */
export function refusalOf(row: Transition, moment: Moment): Problem | undefined {
  const state = stateOf(moment.finding);
  if (!mayAct(row, moment.actor))
    return forbidden('finding.not-your-role', {
      zh: `“${row.label[0]}”不属于您的职责`,
      en: `"${row.label[1]}" is not for your role`,
    });
  if (!row.from.includes(state)) {
    return conflict(
      'finding.not-now',
      {
        zh: `问题处于“${states[state][0]}”，不能“${row.label[0]}”`,
        en: `It is "${states[state][1]}": "${row.label[1]}" is not possible`,
      },
      { state },
    );
  }
  return row.when?.(moment);
}

/** The system does what no person does, and nothing else. */
const mayAct = (row: Transition, actor: Actor): boolean =>
  row.roles.length === 0 ? actor.role === 'system' : isOneOf(actor, row.roles);

/** Whether this act, by this person, is a decision on the matter. */
export const decidesNow = ({ decides }: Transition, moment: Moment): boolean =>
  typeof decides === 'function' ? decides(moment) : decides === true;

function concernOf(parts: ReadonlyMap<string, readonly string[]>, { id, actor }: Moment): Problem | undefined {
  const held = parts.get(`${id} ${actor.personId}`);
  return held ? concerned(held) : undefined;
}

/** The verbs an actor may post now; what he is too near to decide is left out. */
export async function abilitiesOf(
  uow: UnitOfWork,
  { id, finding }: Loaded,
  may: (verb: Verb) => boolean = () => true,
): Promise<Verb[]> {
  const moment: Moment = { id, finding, actor: uow.actor, now: uow.now, limits: limitsAt(finding, uow.now) };
  const possible = verbs.filter(
    (verb) => transitionOf(verb).roles.length > 0 && !refusalOf(transitionOf(verb), moment) && may(verb),
  );
  const decisions = possible.filter((verb) => decidesNow(transitionOf(verb), moment));
  if (decisions.length === 0) return possible;
  const held = await partsOf(uow, id, uow.actor);
  return held.length === 0 ? possible : possible.filter((verb) => !decisions.includes(verb));
}

/** What was filled in, checked: only what the verb's form asks for, never a state, never what the loop sets itself. */
function given(verb: Verb, row: Transition, facts: Record<string, unknown>): Values {
  const asked: readonly string[] = [...(row.requires ?? []), ...(row.asks ?? [])];
  const strange = Object.keys(facts).filter((name) => !asked.includes(name));
  if (strange.length > 0) {
    throw badInput(
      'finding.bad-input',
      {
        zh: `“${row.label[0]}”没有这一项：${strange.join('、')}`,
        en: `"${row.label[1]}" does not ask for ${strange.join(', ')}`,
      },
      strange.map((name) => ({ path: `facts.${name}`, zh: '没有这一项', en: 'unknown field' })),
    );
  }
  const step = findingType.steps[verb];
  if (!step) throw new Error(`no step ${verb}`);
  const parsed = parseFacts(findingType, step, facts, true);
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== null));
}

/** 催办, 督办 and 挂牌督办 are papers with a number of their own (domain.md §2.3). */
const papers: Partial<Record<Verb, string>> = { urge: '催', supervise: '督', list: '挂督' };

async function leftBehind(uow: UnitOfWork, registry: Registry, verb: Verb, row: Transition, act: Act): Promise<Values> {
  const now = uow.now.toISOString();
  const facts: Values = { ...act.given, ...row.fills?.(act) };
  for (const name of row.first ?? []) if (act.finding[name] == null) facts[name] = now;
  for (const name of row.stamps ?? []) facts[name] = now;
  const paper = papers[verb];
  if (paper && act.finding.unit != null)
    facts.paperNumber = await takePaperNumber(uow, Number(act.finding.unit), paper);
  if (verb === 'recheck') facts.systemRecheck = (await reread(uow, registry, act.finding))?.sentence ?? null;
  const from = stateOf(act.finding);
  const to = row.to === 'stays' ? from : typeof row.to === 'function' ? row.to(act) : row.to;
  if (to === 'rectifying' && from !== 'rectifying' && isOver(facts.rectifyDueAt ?? act.finding.rectifyDueAt, uow.now)) {
    // whoever must rectify once more gets time for it
    facts.rectifyDueAt = act.limits.rectify[String(facts.severity ?? act.finding.severity)]?.toISOString() ?? null;
  }
  const after: Values = { ...act.finding, ...facts, ...row.sets };
  if (to !== from || row.stamps?.includes('stateAt') || (from === 'explaining' && verb === 'return')) {
    facts.state = to;
    facts.stateAt = now;
    facts.dueAt = stationDue(to, after, uow.now)?.toISOString() ?? null;
  }
  return facts;
}

const isOver = (due: unknown, now: Date): boolean => typeof due !== 'string' || new Date(due) <= now;

const stale = (version: number, current: Values): Problem =>
  conflict(
    'finding.stale',
    { zh: '该问题已被他人处理，请核对后重新提交', en: 'Somebody else changed it meanwhile: look again' },
    { version, current },
  );
