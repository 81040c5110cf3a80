import { z } from 'zod';
import { type Route, route } from '../kernel/route.ts';
import { explainRecord } from './explain-record.ts';
import type { Engine } from './judge.ts';

/** 说明: why a duty is judged as it is, for everybody who may read the record. */
export const explainRoutes = (engine: Engine): Route[] => [
  route({
    method: 'GET',
    path: '/api/duties/:rule/:type/:subject/:occurrence/explanation',
    summary: { zh: '应办事项的说明', en: 'Why a duty is judged as it is' },
    action: ({ params }) => `${params.type}.read`,
    params: z.strictObject({
      rule: z.string().max(20),
      type: z.enum(engine.registry.types.map((type) => type.name)),
      subject: z.uuid(),
      occurrence: z.uuid(),
    }),
    handle: ({ uow, params }) =>
      explainRecord(uow, engine, {
        rule: params.rule,
        type: engine.registry.get(params.type),
        subjectId: params.subject,
        occurrence: params.occurrence,
      }),
  }),
];
