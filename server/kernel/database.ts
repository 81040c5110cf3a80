import { MikroORM } from '@mikro-orm/core';
import { type EntityManager, type MikroORMOptions, PostgreSqlDriver } from '@mikro-orm/postgresql';
import pg from 'pg';
import { types } from './pg-types.ts';

/** One transaction: entities and raw SQL on the same connection. */
export interface Tx {
  em: EntityManager;
  /**
   * Runs `$1`-style SQL. timestamptz comes back as Date, int8 and numeric as number, date as 'YYYY-MM-DD',
   * jsonb and arrays parsed. A `name` makes it a prepared statement of the session: same name, same text.
   * A value for a jsonb parameter must be passed through JSON.stringify (arrays would become SQL arrays).
   */
  sql<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
    options?: { name?: string },
  ): Promise<Row[]>;
}

/** A pool of connections, all in UTC and with generic plans. */
export interface Database {
  orm: MikroORM;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement by itself, without the two round trips of a transaction around it. */
  sql: Tx['sql'];
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  entities?: MikroORMOptions['entities'];
  /** Connections of the pool; 10 unless told. */
  poolSize?: number;
  /** Shown by pg_stat_activity. */
  applicationName?: string;
  /** Settings of MikroORM beyond the connection (migrations). */
  orm?: Partial<MikroORMOptions>;
}

/** Prepared statements keep one plan for all values: planning is two thirds of judging one subject. */
const session = '-c TimeZone=UTC -c plan_cache_mode=force_generic_plan -c jit=off';

/** Opens a pool. Nothing connects before the first query. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const orm = await MikroORM.init({
    driver: PostgreSqlDriver,
    ...connection(options),
    entities: options.entities ?? [],
    discovery: { warnWhenNoEntities: false, checkDuplicateFieldNames: false },
    pool: { min: 0, max: options.poolSize ?? 10 },
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: true,
    connect: false,
    ...options.orm,
  });
  return {
    orm,
    transaction: (work) => orm.em.fork().transactional((em) => work(within(em as EntityManager))),
    sql: async <Row extends object>(
      text: string,
      values: readonly unknown[] = [],
      options: { name?: string } = {},
    ): Promise<Row[]> => {
      const pool = (orm.em.getDriver() as PostgreSqlDriver).getConnection().getKnex().client;
      const client = (await pool.acquireConnection()) as pg.ClientBase;
      try {
        return (await client.query<Row>({ ...options, text, values: [...values], types })).rows;
      } finally {
        await pool.releaseConnection(client);
      }
    },
    close: () => orm.close(true),
  };
}

function connection(options: DatabaseOptions): Partial<MikroORMOptions> {
  // pg reads the address (a socket folder stands in `?host=`); MikroORM would not
  const address = new pg.Client({ connectionString: options.url });
  return {
    host: address.host,
    port: address.port,
    user: address.user ?? 'mingjing_app',
    password: address.password ?? '',
    dbName: address.database ?? 'mingjing',
    driverOptions: {
      connection: {
        ssl: address.ssl,
        options: session,
        application_name: options.applicationName ?? 'mingjing',
      },
    },
  };
}

/** knex pins one connection to a transaction and its client hands out that very one, for nothing. */
function within(em: EntityManager): Tx {
  let client: pg.ClientBase | undefined;
  return {
    em,
    sql: async <Row extends object>(text: string, values: readonly unknown[] = [], options: { name?: string } = {}) => {
      client ??= (await em.getTransactionContext().client.acquireConnection()) as pg.ClientBase;
      const result = await client.query<Row>({ ...options, text, values: [...values], types });
      return result.rows;
    },
  };
}
