import { createHash } from 'node:crypto';
import type { SubjectType } from '../subjects/define.ts';
import type { StepInput } from '../subjects/record.ts';
import { type Registry, tableOf } from '../subjects/registry.ts';
import { type Cell, columnsOf, type Mapping } from './mapping.ts';
import { BadCell, type Directory, type Read, type Row, readFact, readInstant, readText } from './values.ts';

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
  const planned = mapping.steps.map(({ verb }) => isPlanned(type, verb));
  const facts = mapping.steps.map(({ verb }) => tableOf(type, type.steps[verb]?.part ?? null).facts);
  return (row: Row, line: number): StepInput[] => {
    const { key } = keyOf(mapping, row, file, line);
    const subject = idOf(key);
    // a column leaves the source row when a fact tells all of it
    const [told, kept] = [new Set<string>(), new Set<string>()];
    const take = <Value>(cell: Cell, read: Read<Value>): Value => {
      for (const column of columnsOf(cell)) told.add(column);
      for (const column of read.kept) kept.add(column);
      return read.value;
    };
    const steps: StepInput[] = [];
    for (const [i, step] of mapping.steps.entries()) {
      const happened = step.when === undefined || row[step.when]?.trim();
      const at = happened ? take(step.at, readInstant(mapping, step.at, row)) : null;
      const bad = (reason: string) => new BadCell(columnsOf(step.at).join(' '), reason);
      if (!at && i === 0) throw bad('没有时间，无法开立记录 · without a time nothing can be opened');
      if (!at) continue;
      if (at > now && !planned[i]) throw bad(`时间晚于当前时间 · lies in the future: ${at.toISOString()}`);
      const values: Record<string, unknown> = {};
      for (const [name, cell] of Object.entries(step.facts)) {
        const fact = facts[i]?.[name];
        const value = fact ? take(cell, readFact(mapping, cell, fact, row, directory)) : null;
        if (value !== null) values[name] = value;
      }
      steps.push({
        type: type.name,
        subject,
        verb: step.verb,
        occurredAt: at,
        facts: values,
        sourceKey: `${key}:${i}`,
        ...(step.part ? { part: idOf(`${key}:${step.part}`) } : {}),
      });
    }
    const [first] = steps;
    if (first) {
      const columns = Object.entries(row).filter(([name, text]) => text !== '' && (!told.has(name) || kept.has(name)));
      first.source = { file, line, columns: Object.fromEntries(columns) };
    }
    return steps;
  };
}

function isPlanned(type: SubjectType, verb: string): boolean {
  const step = type.steps[verb];
  return step?.at !== undefined && tableOf(type, step.part ?? null).facts[step.at]?.planned === true;
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
