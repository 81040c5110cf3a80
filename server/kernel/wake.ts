import pg from 'pg';
import type { Tx } from './database.ts';

const channel = 'mingjing_wake';

/** Says whose sessions have ended: the id of the person. */
export const sessionChannel = 'mingjing_session';

/**
 * Wakes a job when this transaction commits, and not when it fails: PostgreSQL delivers the notice with the commit, so
 * the job finds the row that it was woken for. What is missed while nobody listens is found by the job's own rhythm.
 */
export async function wakeOnCommit(tx: Pick<Tx, 'sql'>, job: string): Promise<void> {
  await tx.sql(`SELECT pg_notify('${channel}', $1)`, [job], { name: 'wake on commit' });
}

export interface Listener {
  /** Resolves when the first connection stands or has failed. */
  ready: Promise<void>;
  close(): Promise<void>;
}

/** Hears the wake-ups of committed transactions. */
export const listenForWakes = (url: string, wake: (job: string) => void, report: (error: Error) => void): Listener =>
  listen(url, [channel], wake, report);

/** Hears what committed transactions said on some channels, on a connection of its own that is made anew when it breaks. */
export function listen(
  url: string,
  channels: readonly string[],
  hear: (payload: string, channel: string) => void,
  report: (error: Error) => void,
): Listener {
  let client: pg.Client | undefined;
  let closed = false;
  let again: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'mingjing-wake', keepAlive: true });
    const lost = (error?: Error): void => {
      if (closed || client !== next) return;
      client = undefined;
      if (error) report(error);
      again = setTimeout(() => void connect(), 1000);
      void next.end().catch(() => undefined);
    };
    client = next;
    next.on('error', lost);
    next.on('end', () => lost());
    next.on('notification', ({ payload, channel: on }) => {
      if (payload) hear(payload, on);
    });
    try {
      await next.connect();
      for (const one of channels) await next.query(`LISTEN ${one}`);
    } catch (error) {
      lost(error instanceof Error ? error : new Error(String(error)));
    }
  };

  return {
    ready: connect(),
    close: async () => {
      closed = true;
      clearTimeout(again);
      await client?.end().catch(() => undefined);
    },
  };
}
