import { createHash } from 'node:crypto';
import type { SubjectType } from '../subjects/define.ts';
import type { StepInput } from '../subjects/record.ts';
import { type Registry, tableOf } from '../subjects/registry.ts';
import { columnsOf, type Mapping } from './mapping.ts';
import { BadCell, type Directory, type Row, readFact, readInstant } from './values.ts';

/** The same row gives the same ids, whenever and however often it is read. */
function idOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${'89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3]}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Turns rows of a file into steps, one subject a row. */
export function rowReader(
  registry: Registry,
  mapping: Mapping,
  file: string,
  directory: Directory,
): (row: Row, line: number) => StepInput[] {
  const type = registry.get(mapping.target);
  const mapped = new Set(columnsOf(mapping));
  return (row, line) => {
    const own = mapping.key.map((column) => row[column] ?? '').filter(Boolean);
    const key =
      own.length === mapping.key.length && own.length > 0
        ? `${mapping.name}:${own.join('|')}`
        : `${mapping.name}:${file}:${line}`;
    const subject = idOf(key);
    const kept = new Set(Object.keys(row).filter((column) => !mapped.has(column)));
    const steps = mapping.steps.flatMap((step, i): StepInput[] => {
      const when = step.when ? row[step.when]?.trim() : 'always';
      const at = when ? readInstant(mapping, step.at, row) : null;
      if (!at) {
        if (i === 0)
          throw new BadCell(columnsOfStep(step.at), '没有时间，无法开立记录 · without a time nothing can be opened');
        return [];
      }
      const facts = factsOf(type, step, mapping, row, directory, kept);
      return [
        {
          type: type.name,
          subject,
          verb: step.verb,
          occurredAt: at,
          facts,
          sourceKey: `${key}:${i}`,
          ...(step.part ? { part: idOf(`${key}:${step.part}`) } : {}),
        },
      ];
    });
    const [first] = steps;
    if (first)
      first.source = {
        file,
        line,
        ...Object.fromEntries([...kept].flatMap((column) => (row[column] ? [[column, row[column]]] : []))),
      };
    return steps;
  };
}

const columnsOfStep = (at: Mapping['steps'][number]['at']): string =>
  typeof at === 'string' ? at : [at.column ?? ''].flat().join(' ');

function factsOf(
  type: SubjectType,
  step: Mapping['steps'][number],
  mapping: Mapping,
  row: Row,
  directory: Directory,
  kept: Set<string>,
): Record<string, unknown> {
  const declared = tableOf(type, type.steps[step.verb]?.part ?? null).facts;
  return Object.fromEntries(
    Object.entries(step.facts).flatMap(([name, cell]) => {
      const fact = declared[name];
      if (!fact) throw new Error(`no fact ${name}`);
      const { value, unread } = readFact(mapping, cell, fact, row, directory);
      for (const column of unread) kept.add(column);
      return value === null ? [] : [[name, value]];
    }),
  );
}
