import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { systemClock } from './clock.ts';
import type { Database } from './database.ts';
import { Problem } from './errors.ts';

/** What may be asked for within a minute, in points: an ordinary request is one, a costly one `costly`. */
export interface Budget {
  person: number;
  /** Whoever is not signed in, by address. */
  stranger: number;
  /** Everybody behind one address together; an office behind one proxy must live with it. */
  address: number;
  costly: number;
}

/** A person may work as fast as anybody can: fifty requests in each second, or two costly ones, for a whole minute. */
export const usualBudget: Budget = { person: 3000, stranger: 1500, address: 30_000, costly: 25 };

export interface Budgets {
  readonly costly: number;
  /** Takes points from the budget of a kind, of a person's id or an address. @throws Problem 429 with `retryAfter` */
  spend(kind: 'person' | 'stranger' | 'address', who: string, points?: number): Promise<void>;
}

const seconds = 60;
/** So many parts of a budget are told to the database: most people never reach the first in a minute. */
const parts = 10;
const table = 'request_budget';
const pruneMs = 5 * 60_000;

/**
 * Budgets that hold over all processes: each counts for itself and costs nothing; whenever another tenth of a budget is
 * used up within a process, that much is added in PostgreSQL, where the processes meet.
 */
export function openBudgets(database: Pick<Database, 'sql'>, budget: Budget = usualBudget): Budgets {
  const together = {
    // what the library asks of a connection of pg
    query: async ({ name, text, values }: { name?: string; text: string; values?: unknown[] }) => {
      const rows = await database.sql(text, values ?? [], name ? { name } : {});
      return { rows, rowCount: rows.length };
    },
  };
  const of = (kind: 'person' | 'stranger' | 'address') => {
    const options = { points: budget[kind], duration: seconds, keyPrefix: kind };
    return {
      own: new RateLimiterMemory(options),
      shared: new RateLimiterPostgres({
        ...options,
        storeClient: together,
        storeType: 'client',
        tableName: table,
        tableCreated: true,
        clearExpiredByTimeout: false,
      }),
      part: Math.max(1, Math.floor(budget[kind] / parts)),
    };
  };
  const stages = { person: of('person'), stranger: of('stranger'), address: of('address') };
  let prunedAt = systemClock.now().getTime();

  return {
    costly: budget.costly,
    spend: async (kind, who, points = 1) => {
      const { own, shared, part } = stages[kind];
      try {
        const { consumedPoints } = await own.consume(who, points);
        const told = Math.floor(consumedPoints / part) - Math.floor((consumedPoints - points) / part);
        if (told > 0) await shared.consume(who, told * part);
      } catch (refused) {
        // a database that is away is told by the request itself; this process still counts for its own part
        if (!(refused instanceof RateLimiterRes)) return;
        const wait = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        // what all processes found together holds in this one without asking again
        await own.block(who, wait);
        throw tooMany(wait);
      }
      const now = systemClock.now().getTime();
      if (now - prunedAt < pruneMs) return;
      prunedAt = now;
      await database.sql(`DELETE FROM ${table} WHERE expire < $1`, [now]).catch(() => undefined);
    },
  };
}

function tooMany(wait: number): Problem {
  return new Problem(
    429,
    'request.too-many',
    { zh: `请求过于频繁，请 ${wait} 秒后再试`, en: `Too many requests: try again in ${wait} s` },
    { extra: { retryAfter: wait } },
  );
}
