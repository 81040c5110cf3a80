import type { Database } from '../../server/kernel/database.ts';
import type { UnitOfWork } from '../../server/kernel/unit-of-work.ts';

/** Each waits, with its steps written, until the other has written its own or stands before a lock. */
export function meet(database: Database) {
  const pids: number[] = [];
  const there = [false, false];
  let waited = false;
  return {
    begin: async (uow: UnitOfWork, i: number): Promise<void> => {
      const [row] = await uow.sql<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      pids[i] = row!.pid;
      there[i] = false;
    },
    wait: async (i: number): Promise<void> => {
      there[i] = true;
      while (!there[1 - i]) {
        const other = pids[1 - i];
        const [row] = other
          ? await database.sql<{ waits: boolean }>(
              `SELECT wait_event_type = 'Lock' AS waits FROM pg_stat_activity WHERE pid = $1`,
              [other],
            )
          : [];
        if (row?.waits) {
          waited = true;
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
    /** Whoever is gone is waited for no more. */
    leave: (i: number): void => {
      there[i] = true;
    },
    hasWaited: () => waited,
  };
}
