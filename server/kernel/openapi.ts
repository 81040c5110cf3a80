import { z } from 'zod';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of these routes: the schemas that check the input describe it. */
export function openapi(routes: readonly Route[], server: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '明镜 Mingjing',
      version: '0.1.0',
      description: 'Problems are RFC 9457 documents, in Chinese or English by Accept-Language.',
    },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'mingjing' },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
      },
      schemas: { Problem: problem },
    },
  };
}

function operation(route: Route): Json {
  const mutates = route.method !== 'GET';
  const isPublic = route.action === 'public';
  const headers = [
    ...(mutates && route.replay !== false
      ? [header('Idempotency-Key', true, { type: 'string', minLength: 8, maxLength: 200 })]
      : []),
    ...(route.on && mutates ? [header('If-Match', false, { type: 'integer' })] : []),
  ];
  return {
    ...(route.summary && { summary: route.summary.zh, description: route.summary.en }),
    operationId: `${route.method.toLowerCase()}${route.path.replace(/^\/api/, '').replace(/[/:-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [route.path.split('/')[2] ?? 'api'],
    ...(!isPublic && { security: [mutates ? { session: [], csrf: [] } : { session: [] }] }),
    ...(typeof route.action === 'string' && { 'x-action': route.action }),
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query'), ...headers],
    ...(bodyOf(route) && { requestBody: bodyOf(route) }),
    responses: {
      ...(mutates && route.method === 'POST' && !route.on ? { 201: answer(route) } : {}),
      200: answer(route),
      ...Object.fromEntries(
        [...(isPublic ? [] : [401, 403]), 404, ...(mutates ? [409, 413, 415] : []), 422, 503].map((status) => [
          status,
          {
            description: 'Problem',
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  };
}

const header = (name: string, required: boolean, schema: Json): Json => ({ name, in: 'header', required, schema });

const answer = (route: Route): Json => ({
  description: 'OK',
  content: { 'application/json': { schema: route.output ? schemaOf(route.output, 'output') : {} } },
});

function bodyOf(route: Route): Json | undefined {
  if (route.raw)
    return {
      required: true,
      content: Object.fromEntries(route.raw.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
    };
  return route.body && { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } };
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: of,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json;
  return rest;
}

const problem: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
