import { createHash } from 'node:crypto';
import { dayOf, dayText } from '../kernel/calendar.ts';
import { badInput, conflict, notFound, type Text } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { asEngine, inUnitOfWork, type Runtime, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import type { Registry } from '../subjects/registry.ts';
import { drawSample } from './backtest-sample.ts';
import { chunkText, freezeParams, side } from './backtest-text.ts';
import { compileRule } from './compile.ts';
import { RuleErrors } from './errors.ts';
import type { CompiledRule } from './rule.ts';
import { systemActor } from './sweep.ts';

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface BacktestInput {
  text: string;
  /** Of the stored version whose text it is. */
  version?: number;
  /** Local dates of the opening, both included. */
  from: string;
  to: string;
  /** These and everything below them; all unless told. */
  units?: readonly number[];
}

export interface BacktestRun {
  id: string;
  code: string;
  version: number | null;
  title: Text;
  subject: string;
  text: string;
  from: string;
  to: string;
  units: number[] | null;
  asOf: Date;
  seed: string;
  against: number[];
  state: RunState;
  lastId: string | null;
  judged: number;
  total: number;
  lastError: string | null;
  personName: string;
  createdAt: Date;
  doneAt: Date | null;
}

export const runColumns = `id, code, version, title, subject, text, from_on::text AS "from", to_on::text AS "to", unit_ids AS units, as_of AS "asOf", seed, against, state,
  last_id AS "lastId", judged, total, last_error AS "lastError", person_name AS "personName", created_at AS "createdAt", done_at AS "doneAt"`;

/** @throws Problem 422 with every mistake of the text as line:column */
export function compileText(text: string, registry: Registry, inForce?: { from: string; to?: string }): CompiledRule {
  try {
    return compileRule({ file: 'rule.yml', text }, registry, inForce);
  } catch (error) {
    if (!(error instanceof RuleErrors)) throw error;
    const fields = error.errors.map(({ line, column, message }) => ({
      path: 'text',
      zh: `第 ${line} 行第 ${column} 列：${message}`,
      en: `${line}:${column} ${message}`,
    }));
    throw badInput('rule.wrong', { zh: '规则有误，无法回测', en: 'The rule has mistakes' }, fields);
  }
}

/** Puts a back-test into the queue; nothing is judged yet. Tells the ledger. @throws Problem 422 */
export async function startBacktest(uow: UnitOfWork, registry: Registry, input: BacktestInput): Promise<string> {
  if (dayOf(input.from) > dayOf(input.to))
    throw badInput('backtest.period', { zh: '起始日期晚于结束日期', en: 'It ends before it begins' });
  const rule = compileText(input.text, registry);
  const units = input.units && input.units.length > 0 ? [...new Set(input.units)].sort((a, b) => a - b) : null;
  if (units) {
    const known = await uow.sql('SELECT id FROM unit WHERE id = ANY($1::int[])', [units]);
    if (known.length < units.length) throw badInput('backtest.units', { zh: '没有这个单位', en: 'No such unit' });
  }
  const table = quote(registry.get(rule.subject).name);
  // the run looks at all of them, whoever asked for it
  const [count] = await asEngine(uow, () => uow.sql<{ n: number }>(`SELECT count(*) AS n FROM ${table}`));
  const against = await uow.sql<{ id: number }>(
    // what is enacted; where nothing is, what is on trial
    `SELECT v.id FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE r.code = $1
       AND v.state = (SELECT min(o.state) FROM rule_version o WHERE o.rule_id = r.id AND o.state IN ('enacted', 'trial')) ORDER BY v.id`,
    [rule.code],
  );
  const id = newId(uow.now);
  const seed = createHash('sha256')
    .update(JSON.stringify([input.text, input.from, input.to, units]))
    .digest('hex');
  await uow.sql(
    `INSERT INTO backtest (id, code, version, title, subject, text, from_on, to_on, unit_ids, as_of, seed, against, total, person_id, person_name, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $10)`,
    [
      id,
      rule.code,
      input.version ?? null,
      JSON.stringify(rule.title),
      rule.subject,
      input.text,
      input.from,
      input.to,
      units,
      uow.now,
      seed,
      against.map((one) => one.id),
      count?.n ?? 0,
      uow.actor.personId,
      uow.actor.name,
    ],
  );
  await freezeParams(uow, id, rule);
  uow.log({
    action: 'rule.backtest',
    objectType: 'backtest',
    objectId: id,
    changes: { rule: rule.code, version: input.version ?? null, from: input.from, to: input.to, units, seed },
  });
  return id;
}

export async function readRun(uow: UnitOfWork, id: string, lock = false): Promise<BacktestRun> {
  const [run] = await uow.sql<BacktestRun>(
    `SELECT ${runColumns} FROM backtest WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
    [id],
  );
  if (!run) throw notFound();
  return run;
}

/** Stops after the present chunk, or takes up again where it stopped. @throws Problem 409 when it is not in that state */
export async function changeRun(uow: UnitOfWork, id: string, verb: 'cancel' | 'resume'): Promise<BacktestRun> {
  const run = await readRun(uow, id, true);
  const from: readonly RunState[] = verb === 'cancel' ? ['queued', 'running'] : ['cancelled', 'failed'];
  if (!from.includes(run.state))
    throw conflict('backtest.state', {
      zh: verb === 'cancel' ? '该回测已经结束' : '该回测没有中止，无须继续',
      en: verb === 'cancel' ? 'It has ended' : 'It has not stopped',
    });
  await uow.sql(
    'UPDATE backtest SET state = $2, done_at = $3, attempts = 0, claimed_at = NULL, last_error = NULL WHERE id = $1',
    [id, verb === 'cancel' ? 'cancelled' : 'queued', verb === 'cancel' ? uow.now : null],
  );
  uow.log({ action: `rule.backtest_${verb}`, objectType: 'backtest', objectId: id, changes: { judged: run.judged } });
  return readRun(uow, id);
}

export interface RunOptions {
  /** Subjects of one transaction. */
  chunk?: number;
  onProgress?: (run: BacktestRun) => void | Promise<void>;
  stopping?: () => boolean;
}

/**
 * Judges the subjects chunk by chunk, in the order of their ids, each chunk in a transaction of its own that also moves
 * the run on: whoever dies loses one chunk, and the next call goes on. Only the run's own tables are written.
 */
export async function advanceBacktest(
  runtime: Runtime,
  registry: Registry,
  id: string,
  { chunk = 2000, onProgress, stopping }: RunOptions = {},
): Promise<BacktestRun> {
  for (;;) {
    const run = await inUnitOfWork(runtime, systemActor, (uow) => oneChunk(uow, registry, id, chunk), { as: 'engine' });
    await onProgress?.(run);
    if (run.state !== 'running' || stopping?.()) return run;
  }
}

async function oneChunk(uow: UnitOfWork, registry: Registry, id: string, chunk: number): Promise<BacktestRun> {
  const run = await readRun(uow, id, true);
  if (run.state !== 'queued' && run.state !== 'running') return run;
  const table = quote(registry.get(run.subject).name);
  const rows = await uow.sql<{ id: string }>(
    `SELECT id FROM ${table} WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT ${chunk}`,
    [run.lastId],
  );
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) {
    const { tried, others } = await sidesOf(uow, registry, run);
    await uow.sql(chunkText(tried, 'own'), [ids, run.asOf, id, run.units, side.tried]);
    for (const rule of others) await uow.sql(chunkText(rule, 'stored'), [ids, run.asOf, id, run.units, side.inForce]);
  }
  const isLast = ids.length < chunk;
  const judged = run.judged + ids.length;
  if (isLast) {
    const { tried } = await sidesOf(uow, registry, run);
    const sample = await drawSample(uow, registry, run, tried);
    await uow.sql('UPDATE backtest SET sample = $2 WHERE id = $1', [id, JSON.stringify(sample)]);
    uow.log({ action: 'rule.backtest_done', objectType: 'backtest', objectId: id, changes: { judged } });
  }
  await uow.sql(
    'UPDATE backtest SET state = $2, judged = $3, total = greatest(total, $3), last_id = $4, claimed_at = $5, done_at = $6, last_error = NULL WHERE id = $1',
    [id, isLast ? 'done' : 'running', judged, ids.at(-1) ?? run.lastId, uow.now, isLast ? uow.now : null],
  );
  return readRun(uow, id);
}

/** The text as if it were in force all the time, and the versions in force, each in its own time. */
async function sidesOf(
  uow: UnitOfWork,
  registry: Registry,
  run: BacktestRun,
): Promise<{ tried: CompiledRule; others: CompiledRule[] }> {
  const after = dayText(dayOf(run.to) + 1);
  const known = compiled.get(run.id);
  if (known) return known;
  const tried = compileText(run.text, registry, { from: run.from, to: after });
  const stored = await uow.sql<{ text: string; endsOn: string | null }>(
    'SELECT text, ends_on::text AS "endsOn" FROM rule_version WHERE id = ANY($1::smallint[]) ORDER BY id',
    [run.against],
  );
  const others = stored.flatMap(({ text, endsOn }) => {
    const { inForce } = compileText(text, registry);
    const from = inForce.from > run.from ? inForce.from : run.from;
    const [to = after] = [inForce.to, endsOn, after].flatMap((day) => day ?? []).sort();
    return from < to ? [compileText(text, registry, { from, to })] : [];
  });
  const sides = { tried, others };
  compiled.clear();
  compiled.set(run.id, sides);
  return sides;
}

/** Of the run at hand: compiling costs more than a small chunk. */
const compiled = new Map<string, { tried: CompiledRule; others: CompiledRule[] }>();
