import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import type { Database, Tx } from './database.ts';
import { Problem } from './errors.ts';
import { left } from './gate.ts';
import { isOfDatabase, mayRetry } from './problem.ts';

/** Who acts: names, unit and role as they are at this moment, because records keep them so. */
export interface Actor {
  personId: number | null;
  /** Further accounts of the same human (organisation/human.ts). */
  accounts?: readonly number[];
  name: string;
  unitId: number | null;
  unitName: string;
  /** The role acted in, e.g. 'responding-officer', 'system'. */
  role: string;
  roles: readonly string[];
  /** Roles by post: each counts at its unit only. */
  posts?: readonly Post[];
  /** Units whose rows the database shows this actor at all (the second wall); nothing said means none. */
  reach?: 'all' | readonly number[];
  sessionId?: string;
  requestId?: string;
}

/** A role held at a unit. */
export interface Post {
  role: string;
  unitId: number;
  /** The unit with everything below it. */
  subtree: readonly number[];
  /** The county bureau or branch it belongs to with everything below; 'all' at city level. */
  bureau: 'all' | readonly number[];
}

/** A subject whose facts (or parts, links, referenced subjects) changed. */
export interface Change {
  type: string;
  id: string;
  /**
   * What changed, there or in what it refers to: `table.fact`, `part_table.id`, `link.code`, or `rule.id` where nothing
   * did but what that rule makes of it (time, an excuse, a parameter). Left out: anything may have.
   */
  facts?: readonly string[];
}

/** Says of a change that it concerns this rule alone. */
export const ruleItself = (id: number): string => `rule.${id}`;

/** What the ledger is told; who, when and where from come from the unit of work. */
export interface LedgerEntry {
  action: string;
  objectType?: string;
  objectId?: string;
  objectVersion?: number;
  occurredAt?: Date;
  changes?: Record<string, unknown>;
  reason?: string;
  /** Whose act it is, where one unit of work tells of the acts of several people. */
  by?: Pick<Actor, 'personId' | 'name' | 'unitId' | 'unitName' | 'role'>;
}

/** One transaction in which one actor does one thing. */
export interface UnitOfWork extends Tx {
  actor: Actor;
  /** One instant for the whole unit of work. */
  now: Date;
  /** Says that these subjects changed: they are judged before the commit. */
  changed(changes: Change[]): void;
  /** Says what the ledger shall hold: appended last, in the same transaction (no audit, no action). */
  log(entry: LedgerEntry): void;
}

/** What a unit of work runs on; the app wires judging and the ledger, so that this room knows neither. */
export interface Runtime {
  database: Database;
  clock: Clock;
  /** Locks the touched subjects, judges them, raises findings. */
  settle: (uow: UnitOfWork, changes: Change[]) => Promise<void>;
  append: (uow: UnitOfWork, entries: LedgerEntry[]) => Promise<void>;
}

/** Raising a finding changes a subject (the finding), which is judged in a further round; more than this is a loop. */
const mostRounds = 8;

export interface UnitOptions {
  as?: 'app' | 'engine';
  /** Milliseconds: the longest statement, the longest wait for a lock; none for work that no request waits for. */
  limits?: { statement: number; lock: number };
  /** Whoever waits for the work has gone when it aborts: no further statement is begun. */
  gone?: AbortSignal;
}

/** Deadlocks and serialization failures are nobody's fault: the whole of the work is done again, so often in all. */
const mostTries = 5;

/**
 * begin → who and where → work → flush → settle as engine → ledger entries → commit. Anything thrown undoes all of it.
 * `as: 'engine'` runs the work itself as the engine (import, sweep, rebuild); requests never ask for it.
 * `work` may run more than once: two units of work that stood in each other's way are undone and tried again, so what
 * it leaves outside of the transaction it must set, not add to.
 */
export async function inUnitOfWork<T>(
  runtime: Runtime,
  actor: Actor,
  work: (uow: UnitOfWork) => Promise<T>,
  options: UnitOptions = {},
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(runtime, actor, work, options);
    } catch (error) {
      if (tries === mostTries || !mayRetry(error)) throw error;
      // apart, so that the two do not meet in the same order again
      await setTimeout(randomInt(5, 25) * tries);
    }
  }
}

function once<T>(
  runtime: Runtime,
  actor: Actor,
  work: (uow: UnitOfWork) => Promise<T>,
  options: UnitOptions,
): Promise<T> {
  return runtime.database.transaction(async (tx) => {
    const own = options.as === 'engine' ? engine : app;
    let pending = new Map<string, Change>();
    const entries: LedgerEntry[] = [];
    const { gone } = options;
    const sql: Tx['sql'] = (text, values, named) =>
      gone?.aborted ? Promise.reject(left()) : tx.sql(text, values, named);
    const uow: UnitOfWork = {
      ...tx,
      ...(gone && { sql }),
      actor,
      now: runtime.clock.now(),
      changed: (changes) => {
        for (const change of changes) {
          const key = `${change.type} ${change.id}`;
          pending.set(key, together(pending.get(key), change));
        }
      },
      log: (entry) => {
        entries.push(entry);
      },
    };
    await identify(tx, actor, own, options.limits);
    rolesOf.set(tx.em, own);

    const result = await work(uow);
    await tx.em.flush();

    if (pending.size > 0 && own !== engine) await enter(tx, engine);
    for (let round = 0; pending.size > 0; round += 1) {
      if (round === mostRounds) throw new Error(`judging does not come to rest: ${[...pending.keys()].join(', ')}`);
      const changes = [...pending.values()];
      pending = new Map();
      await runtime.settle(uow, changes);
      await tx.em.flush();
    }

    if (entries.length > 0) {
      await enter(tx, own);
      await runtime.append(uow, entries).catch(unheard);
    }
    return result;
  });
}

/** No audit, no action: a log that the database does not take is no fault of whoever acts, and he may try again. */
function unheard(error: unknown): never {
  if (error instanceof Problem || mayRetry(error) || !isOfDatabase(error)) throw error;
  const text = {
    zh: '防篡改日志暂时无法写入，操作没有执行，请稍后再试',
    en: 'The ledger cannot be written: nothing was done, try again shortly',
  };
  const problem = new Problem(503, 'ledger.unavailable', text);
  problem.cause = error;
  throw problem;
}

/** What two changes of one subject changed. */
function together(one: Change | undefined, other: Change): Change {
  if (!one) return other;
  const { type, id } = one;
  return one.facts && other.facts ? { type, id, facts: [...new Set([...one.facts, ...other.facts])] } : { type, id };
}

/** 'none' is what the connection logged in as: mingjing_app. */
const app = 'none';
const engine = 'mingjing_engine';
/** The database role that a transaction is in at this moment. */
const rolesOf = new WeakMap<object, string>();

async function identify(tx: Tx, actor: Actor, role: string, limits: UnitOptions['limits']): Promise<void> {
  await tx.sql(
    `SELECT set_config('mingjing.person', $1, true), set_config('mingjing.unit', $2, true),
            set_config('mingjing.role', $3, true), set_config('role', $4, true), set_config('mingjing.units', $5, true),
            set_config('statement_timeout', $6, true), set_config('lock_timeout', $7, true)`,
    [
      String(actor.personId ?? ''),
      String(actor.unitId ?? ''),
      actor.role,
      role,
      reachOf(actor),
      String(limits?.statement ?? 0),
      String(limits?.lock ?? 0),
    ],
    { name: 'identify' },
  );
}

/** An actor whose reach nobody worked out acts at his own unit. */
function reachOf({ role, unitId, reach = role === 'system' ? 'all' : unitId === null ? [] : [unitId] }: Actor): string {
  return reach === 'all' ? '*' : `{${reach.join(',')}}`;
}

/**
 * Runs `work` as the engine within a request: what it writes must not depend on what the actor may see (links to
 * recordings of another unit), nor the sentence it is told. Only after the actor was authorised.
 */
export async function asEngine<T>(uow: UnitOfWork, work: () => Promise<T>): Promise<T> {
  const was = rolesOf.get(uow.em) ?? app;
  if (was === engine) return work();
  await enter(uow, engine);
  const result = await work().catch(async (error: unknown) => {
    // after an error of the database nothing more can be said to it, and the transaction ends anyway
    await enter(uow, was).catch(() => {});
    throw error;
  });
  await enter(uow, was);
  return result;
}

async function enter(tx: Tx, role: string): Promise<void> {
  rolesOf.set(tx.em, role);
  await tx.sql(`SELECT set_config('role', $1, true)`, [role], { name: 'enter' });
}
