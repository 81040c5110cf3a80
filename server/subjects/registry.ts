import type { Fact, Facts, Overlapping, Part, Relation, Relations, Same, SubjectType } from './define.ts';
import { checkRelation } from './relations.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The column of a fact: people, units and subjects are stored by id. */
export function columnOf(name: string, fact: Fact): string {
  const base = snake(name);
  if (fact.kind === 'persons') return `${base}_ids`;
  return ['person', 'unit', 'subject'].includes(fact.kind) ? `${base}_id` : base;
}

const known = new WeakMap<Facts, ReadonlyMap<string, string>>();

/** The columns of a table's facts by the facts' names: asked for every row that is read or written. */
export function columnsOfFacts(facts: Facts): ReadonlyMap<string, string> {
  const found = known.get(facts);
  if (found) return found;
  const made = new Map(Object.entries(facts).map(([name, fact]) => [name, columnOf(name, fact)]));
  known.set(facts, made);
  return made;
}

const sqlTypes: Record<Fact['kind'], string> = {
  text: 'text',
  note: 'text',
  choice: 'text',
  choices: 'text[]',
  instant: 'timestamptz(3)',
  date: 'date',
  int: 'bigint',
  ratio: 'double precision',
  money: 'numeric(16,2)',
  flag: 'boolean',
  person: 'integer',
  persons: 'integer[]',
  unit: 'integer',
  subject: 'uuid',
  uuid: 'uuid',
  json: 'jsonb',
};
export const sqlType = (fact: Fact): string => sqlTypes[fact.kind];

/** A table of the state: the subject's own row or one of its parts. */
export interface Table {
  name: string;
  type: SubjectType;
  /** Name of the part list ('dispatches'), or null for the subject itself. */
  part: string | null;
  facts: Facts;
  relations: Relations;
  /** Column that holds the subject's id: `id` for the subject itself. */
  key: string;
}

export const tableOf = (type: SubjectType, part: string | null = null): Table => {
  if (part === null) return { name: type.name, type, part, facts: type.facts, relations: type.relations, key: 'id' };
  const declared = partOf(type, part);
  return {
    name: `${type.name}_${snake(declared.one)}`,
    type,
    part,
    facts: declared.facts,
    relations: declared.relations ?? {},
    key: `${type.name}_id`,
  };
};

export function partOf(type: SubjectType, part: string): Part {
  const declared = type.parts[part];
  if (!declared) throw new Error(`${type.name} has no part ${part}`);
  return declared;
}

/** A relation with both its ends: whose row, and whose rows it collects. */
export interface Related<R extends Relation> {
  own: Table;
  name: string;
  relation: R;
  theirs: Table;
}
export type Overlap = Related<Overlapping>;

/** The subject types of one installation, findings and (in tests) further ones included. */
export class Registry {
  readonly types: readonly SubjectType[];
  readonly overlaps: readonly Overlap[];
  readonly sames: readonly Related<Same>[];
  private readonly byName: ReadonlyMap<string, SubjectType>;
  private readonly byCode: ReadonlyMap<number, SubjectType>;

  constructor(types: readonly SubjectType[]) {
    this.types = types;
    this.byName = new Map(types.map((type) => [type.name, type]));
    this.byCode = new Map(types.map((type) => [type.code, type]));
    if (this.byName.size !== types.length || this.byCode.size !== types.length)
      throw new Error('two subject types share a name or a code');
    const related = types
      .flatMap((type) => this.tables(type))
      .flatMap((own) =>
        Object.entries(own.relations).flatMap(([name, relation]) =>
          relation.kind === 'many' ? [] : [{ own, name, relation, theirs: this.target(relation) }],
        ),
      );
    for (const one of related) checkRelation(one);
    this.overlaps = related.filter((one): one is Overlap => one.relation.kind === 'overlapping');
    this.sames = related.filter((one): one is Related<Same> => one.relation.kind === 'same');
    if (new Set(this.overlaps.map(({ relation }) => relation.code)).size !== this.overlaps.length)
      throw new Error('two overlapping relations share a code');
  }

  /** The table whose rows a relation collects. */
  target = (relation: Relation): Table =>
    tableOf(this.get(relation.to), relation.kind === 'many' ? null : (relation.part ?? null));

  /** @throws Error when nobody declared it: names come from declarations or checked input only. */
  get(name: string): SubjectType {
    const type = this.byName.get(name);
    if (!type) throw new Error(`no subject type ${name}`);
    return type;
  }

  find = (name: string): SubjectType | undefined => this.byName.get(name);
  byPlural = (plural: string): SubjectType | undefined => this.types.find((type) => type.plural === plural);

  coded(code: number): SubjectType {
    const type = this.byCode.get(code);
    if (!type) throw new Error(`no subject type with code ${code}`);
    return type;
  }

  tables = (type: SubjectType): Table[] => [
    tableOf(type),
    ...Object.keys(type.parts).map((part) => tableOf(type, part)),
  ];
}
