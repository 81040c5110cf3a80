import { z } from 'zod';
import type { Failure, Jobs } from '../kernel/job.ts';
import { type Route, route } from '../kernel/route.ts';
import { wakeOnCommit } from '../kernel/wake.ts';
import { failedWork, retryWork } from './failed.ts';

/** What went wrong in the background, and trying it again. `failures` come from the queue, where one is open. */
export function jobRoutes(
  failures: () => Promise<Failure[]> = async () => [],
  names: readonly string[] = ['sweep', 'notify', 'render', 'import'],
): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/jobs/failed',
      summary: { zh: '未成功的后台任务', en: 'Background work that failed' },
      action: 'job.read',
      handle: async ({ uow }) => failedWork(uow, await failures()),
    }),
    route({
      method: 'POST',
      path: '/api/jobs/:kind/:id/retry',
      summary: { zh: '重试后台任务', en: 'Try failed work again' },
      action: 'job.retry',
      params: z.strictObject({ kind: z.string().max(40), id: z.string().max(60) }),
      body: z.strictObject({}).optional(),
      handle: async ({ uow, params }) => {
        // a run names no row: waking the job is trying again
        if (names.includes(params.kind) && params.id.startsWith('run-')) {
          uow.log({ action: 'job.retry', objectType: 'job', objectId: params.kind });
          await wakeOnCommit(uow, params.kind);
        } else await retryWork(uow, params.kind, params.id);
        return { queued: true };
      },
    }),
  ];
}

/** The queue's own failures, from wherever it was opened. */
export const failuresOf = (jobs: Jobs | undefined) => async (): Promise<Failure[]> => (jobs ? jobs.failures() : []);
