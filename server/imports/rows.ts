import { createHash } from 'node:crypto';
import type { SubjectType } from '../subjects/define.ts';
import type { StepInput } from '../subjects/record.ts';
import { type Registry, tableOf } from '../subjects/registry.ts';
import { columnsOf, columnsRead, type Mapping } from './mapping.ts';
import { BadCell, type Directory, type Row, readFact, readInstant, readText } from './values.ts';

/** The same row gives the same ids, whenever and however often it is read. */
function idOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${'89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3]}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const plain = (value: string): string => value.replace(/[%:/]/g, encodeURIComponent);

/** The source's own key, or file and line where the row has none. */
export function keyOf(mapping: Mapping, row: Row, file: string, line: number): { key: string; isOwn: boolean } {
  const own = mapping.key.map((column) => row[column]?.trim() ?? '');
  return own.length > 0 && own.every(Boolean)
    ? { key: `${mapping.name}:${own.map(plain).join('/')}`, isOwn: true }
    : { key: `${mapping.name}:${plain(file)}:${line}`, isOwn: false };
}

/** Turns rows of a file into steps, one subject a row. @throws BadCell from the reader it returns */
export function rowReader(registry: Registry, mapping: Mapping, file: string, directory: Directory, now: Date) {
  const type = registry.get(mapping.target);
  const read = new Set(columnsRead(mapping).map(({ column }) => column));
  return (row: Row, line: number): StepInput[] => {
    const { key } = keyOf(mapping, row, file, line);
    const subject = idOf(key);
    const kept = new Set(Object.keys(row).filter((column) => !read.has(column)));
    const steps = mapping.steps.flatMap((step, i): StepInput[] => {
      const happened = step.when === undefined || row[step.when]?.trim();
      const { value: at, kept: untold } = happened ? readInstant(mapping, step.at, row) : nothing;
      if (!at) {
        if (i === 0)
          throw new BadCell(
            columnsOf(step.at).join(' '),
            '没有时间，无法开立记录 · without a time nothing can be opened',
          );
        // what the step would have said stays with the row
        for (const column of [step.at, ...Object.values(step.facts)].flatMap(columnsOf)) kept.add(column);
        return [];
      }
      if (at > now && !isPlanned(type, step.verb))
        throw new BadCell(
          columnsOf(step.at).join(' '),
          `时间晚于当前时间 · lies in the future: ${row[columnsOf(step.at)[0] ?? '']}`,
        );
      for (const column of untold) kept.add(column);
      return [
        {
          type: type.name,
          subject,
          verb: step.verb,
          occurredAt: at,
          facts: factsOf(type, step, mapping, row, directory, kept),
          sourceKey: `${key}:${i}`,
          ...(step.part ? { part: idOf(`${key}:${step.part}`) } : {}),
        },
      ];
    });
    const [first] = steps;
    if (first) {
      const columns = Object.fromEntries([...kept].flatMap((column) => (row[column] ? [[column, row[column]]] : [])));
      first.source = { file, line, columns };
    }
    return steps;
  };
}

const nothing = { value: null, kept: [] as string[] };

function isPlanned(type: SubjectType, verb: string): boolean {
  const step = type.steps[verb];
  return step?.at !== undefined && tableOf(type, step.part ?? null).facts[step.at]?.planned === true;
}

function factsOf(
  type: SubjectType,
  step: Mapping['steps'][number],
  mapping: Mapping,
  row: Row,
  directory: Directory,
  kept: Set<string>,
): Record<string, unknown> {
  const declared = tableOf(type, type.steps[step.verb]?.part ?? null).facts;
  const facts: Record<string, unknown> = {};
  for (const [name, cell] of Object.entries(step.facts)) {
    const fact = declared[name];
    if (!fact) throw new Error(`no fact ${name}`);
    const { value, kept: untold } = readFact(mapping, cell, fact, row, directory);
    for (const column of untold) kept.add(column);
    if (value !== null) facts[name] = value;
  }
  return facts;
}

/** Facts of a row that no two subjects may share, as `column → value`: the number by which people call it. */
export function uniqueCells(registry: Registry, mapping: Mapping): (row: Row) => { column: string; value: string }[] {
  const type = registry.get(mapping.target);
  const cells = mapping.steps.flatMap((step) => {
    const { facts } = tableOf(type, type.steps[step.verb]?.part ?? null);
    return Object.entries(step.facts)
      .filter(([name]) => facts[name]?.unique)
      .map(([, cell]) => cell);
  });
  return (row) =>
    cells.flatMap((cell) => {
      const { value } = readText(mapping, cell, row);
      return value === null ? [] : [{ column: columnsOf(cell).join(' '), value }];
    });
}
