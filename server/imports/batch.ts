import { Problem } from '../kernel/errors.ts';
import { locks } from '../kernel/locks.ts';
import { type Actor, inUnitOfWork, type Runtime, type UnitOfWork } from '../kernel/unit-of-work.ts';
import type { IdentityKey } from '../organisation/identity.ts';
import { recordSteps, type StepInput } from '../subjects/record.ts';
import type { Registry } from '../subjects/registry.ts';
import { columnsOf, type Mapping } from './mapping.ts';
import { type PlainRow, writePlain } from './plain.ts';
import { BadCell, type Row } from './values.ts';

/** In whose name imports are recorded. */
export const importer: Actor = {
  personId: null,
  name: '数据导入',
  unitId: null,
  unitName: '',
  role: 'system',
  roles: [],
};

/** A row that is read: the steps or the fields that it tells. */
export interface Ready {
  line: number;
  row: Row;
  told: { steps: StepInput[] } | { fields: PlainRow };
}

export interface Refused {
  one: Ready;
  column: string;
  reason: string;
}

/** How a batch went; `new` rows went in now, the others an earlier run had taken. */
export interface Written {
  fresh: number;
  refused: Refused[];
}

class RolledBack extends Error {
  readonly fresh: number;
  constructor(fresh: number) {
    super('dry run');
    this.fresh = fresh;
  }
}

export interface BatchOptions {
  dryRun: boolean;
  /** What identity numbers of people are hashed with. */
  identityKey?: IdentityKey | undefined;
  /** In the batch's own transaction: how far the run is. */
  note?(uow: UnitOfWork, fresh: number): Promise<void>;
}

/** Writes rows in one transaction. One that is refused is halved until the rows are found that spoil it. */
export async function writeBatch(
  runtime: Runtime,
  registry: Registry,
  mapping: Mapping,
  batch: readonly Ready[],
  options: BatchOptions,
): Promise<Written> {
  const [first] = batch;
  if (!first) return { fresh: 0, refused: [] };
  try {
    return { fresh: await transaction(runtime, registry, mapping, batch, options), refused: [] };
  } catch (error) {
    if (error instanceof RolledBack) return { fresh: error.fresh, refused: [] };
    const why = reasonOf(mapping, error);
    if (batch.length === 1) return { fresh: 0, refused: [{ one: first, ...why }] };
    const middle = Math.ceil(batch.length / 2);
    const before = await writeBatch(runtime, registry, mapping, batch.slice(0, middle), options);
    const after = await writeBatch(runtime, registry, mapping, batch.slice(middle), options);
    return { fresh: before.fresh + after.fresh, refused: [...before.refused, ...after.refused] };
  }
}

const transaction = (
  runtime: Runtime,
  registry: Registry,
  mapping: Mapping,
  batch: readonly Ready[],
  options: BatchOptions,
): Promise<number> =>
  inUnitOfWork(
    runtime,
    importer,
    async (uow) => {
      // two runs of one source wait for one another, and the second finds what the first has taken
      await uow.sql('SELECT pg_advisory_xact_lock($1, hashtext($2))', [locks.mapping, mapping.name]);
      const steps = batch.flatMap(({ told }) => ('steps' in told ? told.steps : []));
      const fields = batch.flatMap(({ told }) => ('fields' in told ? [told.fields] : []));
      const fresh =
        fields.length > 0
          ? await writePlain(uow, mapping, fields, options.identityKey)
          : new Set((await recordSteps(uow, registry, steps)).map(({ subject }) => subject)).size;
      if (options.dryRun) throw new RolledBack(fresh);
      await options.note?.(uow, fresh);
      return fresh;
    },
    { as: 'engine' },
  );

/** Why a row was refused, by the column that says it. Rethrows what is no fault of a row. */
function reasonOf(mapping: Mapping, error: unknown): { column: string; reason: string } {
  if (error instanceof BadCell) return { column: error.column, reason: error.message };
  if (error instanceof Problem) {
    const paths = error.fields?.map(({ path }) => path) ?? [String(error.extra?.['field'] ?? '')];
    return { column: paths.map((path) => columnOf(mapping, path)).join(' '), reason: `${error.zh} · ${error.en}` };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // data exception, integrity violation: whatever was not foreseen, the database refuses that row and no other
  if (/^2[23]\w{3}$/.test(code))
    return { column: '', reason: `数据库不接受 · refused by the database: ${(error as Error).message}` };
  throw error;
}

function columnOf(mapping: Mapping, path: string): string {
  const name = path.replace(/^facts\./, '');
  const cells = mapping.steps.flatMap((step) => (path === 'occurredAt' ? step.at : (step.facts[name] ?? [])));
  return [...new Set(cells.flatMap(columnsOf))].join(' ') || path;
}
