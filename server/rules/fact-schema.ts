import type { Fact } from '../subjects/define.ts';
import { type Registry, type Table, tableOf } from '../subjects/registry.ts';
import { tablesOf } from './language.ts';
import type { Schema } from './rule-schema.ts';

/** The facts of every table as an example gives them, by the table's name. */
export const factSchemas = (registry: Registry): Record<string, Schema> =>
  Object.fromEntries(tablesOf(registry).map((table) => [table.name, rowSchema(registry, table)]));

function rowSchema(registry: Registry, table: Table): Schema {
  const described = ({ zh, en }: Fact['label'], schema: Schema): Schema => ({ ...schema, description: `${zh} ${en}` });
  const rows = (name: string): Schema => ({ type: 'array', items: { $ref: `#/definitions/${name}` } });
  const properties: Record<string, Schema> = {};
  for (const [name, fact] of Object.entries(table.facts))
    if (fact.kind !== 'json') properties[name] = described(fact.label, valueSchema(registry, fact));
  if (table.part === null)
    for (const [name, part] of Object.entries(table.type.parts))
      properties[name] = described(part.label, rows(tableOf(table.type, name).name));
  else properties[table.type.name] ??= { $ref: `#/definitions/${table.type.name}` };
  for (const [name, relation] of Object.entries(table.relations))
    if (registry.find(relation.to)) properties[name] = described(relation.label, rows(registry.target(relation).name));
  return { type: 'object', additionalProperties: false, properties };
}

const instant = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?)?$',
};
const person = { anyOf: [{ type: 'string' }, { type: 'integer' }] };

function valueSchema(registry: Registry, fact: Fact): Schema {
  const options = { enum: Object.keys(fact.options ?? {}) };
  switch (fact.kind) {
    case 'instant':
      return instant;
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
    case 'choice':
      return options;
    case 'choices':
      return { type: 'array', items: options };
    case 'flag':
      return { type: 'boolean' };
    case 'int':
    case 'unit':
      return { type: 'integer' };
    case 'ratio':
    case 'money':
      return { type: 'number' };
    case 'person':
      return person;
    case 'persons':
      return { type: 'array', items: person };
    case 'subject':
      return registry.find(fact.to ?? '') ? { $ref: `#/definitions/${fact.to}` } : { type: 'object' };
    default:
      return { type: 'string' };
  }
}
