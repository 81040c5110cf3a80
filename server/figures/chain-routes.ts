import { z } from 'zod';
import { type Route, route } from '../kernel/route.ts';
import type { Registry } from '../subjects/registry.ts';
import { readChain } from './chain.ts';

/** `GET /api/<plural>/:id/chain` for every kind of record that has a place in the chain. */
export const chainRoutes = (registry: Registry): Route[] =>
  registry.types
    .filter((type) => ['alarm', 'case', 'item', 'shift', 'recording'].includes(type.name))
    .map((type) =>
      route({
        method: 'GET',
        path: `/api/${type.plural}/:id/chain`,
        summary: { zh: `${type.label.zh}的全链`, en: `Chain of one ${type.label.en.toLowerCase()}` },
        action: `${type.name}.read`,
        on: type.name,
        params: z.strictObject({ id: z.uuid() }),
        handle: ({ uow, params }) => readChain(uow, registry, { type: type.name, id: params.id }),
      }),
    );
