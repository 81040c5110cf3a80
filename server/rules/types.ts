import type { Fact, Text } from '../subjects/define.ts';
import type { Table } from '../subjects/registry.ts';

/** What an expression is, as the compiler knows it; CEL's own types are coarser (language.ts). */
export type Type =
  | {
      kind:
        | 'bool'
        | 'int'
        | 'ratio'
        | 'money'
        | 'instant'
        | 'date'
        | 'duration'
        | 'limit'
        | 'person'
        | 'unit'
        | 'null'
        | 'params';
    }
  /** With `options`, one of these codes. */
  | { kind: 'text'; options?: Readonly<Record<string, Text>> }
  | { kind: 'row'; table: Table }
  | { kind: 'list'; of: Type };

export const types = {
  bool: { kind: 'bool' },
  int: { kind: 'int' },
  ratio: { kind: 'ratio' },
  money: { kind: 'money' },
  instant: { kind: 'instant' },
  date: { kind: 'date' },
  duration: { kind: 'duration' },
  limit: { kind: 'limit' },
  person: { kind: 'person' },
  unit: { kind: 'unit' },
  null: { kind: 'null' },
  params: { kind: 'params' },
  text: { kind: 'text' },
} as const satisfies Record<string, Type>;

export const isNumber = (type: Type): boolean => type.kind === 'int' || type.kind === 'ratio' || type.kind === 'money';

/** The table that a to-one fact points to is not known here: the registry resolves it. */
export function typeOf(fact: Fact, tableTo: (name: string) => Table): Type | undefined {
  switch (fact.kind) {
    case 'text':
    case 'note':
    case 'uuid':
      return types.text;
    case 'choice':
      return { kind: 'text', ...(fact.options && { options: fact.options }) };
    case 'choices':
      return { kind: 'list', of: { kind: 'text', ...(fact.options && { options: fact.options }) } };
    case 'flag':
      return types.bool;
    case 'persons':
      return { kind: 'list', of: types.person };
    case 'subject':
      return { kind: 'row', table: tableTo(fact.to ?? '') };
    case 'json':
      return undefined;
    default:
      return types[fact.kind];
  }
}

const words: Record<Type['kind'], string> = {
  bool: 'a condition',
  int: 'a whole number',
  ratio: 'a ratio',
  money: 'an amount of money',
  instant: 'an instant',
  date: 'a date',
  duration: 'a duration',
  limit: 'a limit',
  person: 'a person',
  unit: 'a unit',
  null: 'null',
  params: 'params',
  text: 'a text',
  row: 'a record',
  list: 'a list',
};

/** The type in the words of messages: 'an instant', 'a list of persons'. */
export function wordsOf(type: Type): string {
  if (type.kind === 'row') return `a record of ${type.table.name}`;
  if (type.kind === 'list') return `a list (each ${wordsOf(type.of)})`;
  return words[type.kind];
}

const codes = (values: readonly string[], labels: readonly (readonly [string, string])[]): Record<string, Text> =>
  Object.fromEntries(values.map((value, i) => [value, { zh: labels[i]![0], en: labels[i]![1] }]));

/** What a rule may ask of a person; the columns stand in `person`. `qualified`: a 民警 with any enforcement qualification. */
export const personAttributes: Readonly<Record<string, Type>> = {
  name: types.text,
  kind: {
    kind: 'text',
    options: codes(
      ['police', 'auxiliary', 'civilian'],
      [
        ['民警', 'Police'],
        ['辅警', 'Auxiliary'],
        ['文职', 'Civilian'],
      ],
    ),
  },
  qualified: types.bool,
  unit: types.unit,
};

export const unitAttributes: Readonly<Record<string, Type>> = {
  name: types.text,
  short: types.text,
  kind: types.text,
  area: {
    kind: 'text',
    options: codes(
      ['urban', 'suburban', 'rural'],
      [
        ['城区', 'Urban'],
        ['城郊', 'Suburban'],
        ['农村', 'Rural'],
      ],
    ),
  },
};
