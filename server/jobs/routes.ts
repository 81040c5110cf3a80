import { z } from 'zod';
import type { Failure } from '../kernel/job.ts';
import { type Route, route } from '../kernel/route.ts';
import { failedWork, retryWork } from './failed.ts';

/** What went wrong in the background, and trying it again. `failures` come from the queue, where one is open. */
export function jobRoutes(failures: () => Promise<Failure[]> = async () => []): Route[] {
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
        await retryWork(uow, params.kind, params.id, await failures());
        return { queued: true };
      },
    }),
  ];
}
