import { z } from 'zod';

type Json = Record<string, unknown>;

/** The smallest input that a schema takes: what it demands, nothing else. */
export const sample = (schema: z.ZodType | undefined): Json =>
  schema
    ? (fitting(
        z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' }) as Json,
      ) as Json)
    : {};

function fitting(schema: Json): unknown {
  // a branch that JSON cannot say (a Date) is left for one that it can
  const one = (schemas: unknown): unknown => {
    const branches = schemas as Json[];
    return fitting(branches.find((branch) => Object.keys(branch).length > 0) ?? branches[0] ?? {});
  };
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  if (schema['enum']) return (schema['enum'] as unknown[])[0];
  if (schema['anyOf']) return one(schema['anyOf']);
  if (schema['oneOf']) return one(schema['oneOf']);
  if (schema['allOf']) return Object.assign({}, ...(schema['allOf'] as Json[]).map(fitting));
  switch (schema['type']) {
    case 'object': {
      const of = (schema['properties'] ?? {}) as Record<string, Json>;
      return Object.fromEntries(
        ((schema['required'] ?? []) as string[]).map((name) => [name, fitting(of[name] ?? {})]),
      );
    }
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () => fitting((schema['items'] ?? {}) as Json));
    case 'integer':
    case 'number':
      return Math.max(Number(schema['minimum'] ?? 1), Number(schema['exclusiveMinimum'] ?? 0) + 1);
    case 'boolean':
      return true;
    default:
      return textOf(schema);
  }
}

/** A text that fits; where the schema says nothing it is a transformed one, which here is always an instant or a line. */
function textOf({ format, minLength, maxLength, pattern }: Json): string {
  if (format === 'uuid') return '01930000-0000-7000-8000-00000000ffff';
  if (format === 'date') return '2026-11-23';
  if (format === 'date-time') return '2026-11-23T09:00:00+08:00';
  const candidates = [
    '示例',
    '1',
    '990199',
    'ALM-03',
    '2026-11',
    '2026-11-23',
    '2026-11-23T09:00:00+08:00',
    '11010119900101123X',
    '0'.repeat(64),
  ];
  const those = candidates.filter(
    (text) =>
      text.length >= Number(minLength ?? 0) &&
      text.length <= Number(maxLength ?? Number.POSITIVE_INFINITY) &&
      (!pattern || new RegExp(String(pattern), 'u').test(text)),
  );
  return those[0] ?? '示'.repeat(Number(minLength ?? 1));
}
