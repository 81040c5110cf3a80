import type { Fact, Same } from '../subjects/define.ts';
import { columnOf, type Table } from '../subjects/registry.ts';
import { parentFact } from './language.ts';
import { name } from './sql-text.ts';
import type { Node, Tree } from './tree.ts';

/** One FROM clause: rows that are stepped to from its rows are joined to it. */
export class From {
  readonly joins: string[] = [];
  private readonly known = new Map<string, string>();

  /** The alias of the row of `table` with this id, joined once. */
  join(table: string, id: string, next: () => string): string {
    const key = `${table} ${id}`;
    const found = this.known.get(key);
    if (found) return found;
    const alias = next();
    this.known.set(key, alias);
    this.joins.push(`LEFT JOIN ${name(table)} ${alias} ON ${alias}.id = ${id}`);
    return alias;
  }
}

/** Where a variable's row stands; `value` instead where it is no row but a code. */
export interface Place {
  alias: string;
  from: From;
  value?: string;
}

/** A list as a FROM clause of its own, correlated with what is around it. */
export interface Opened extends Place {
  source: string;
  where: string[];
  /** ORDER BY that makes `first` and `last` definite. */
  order: (descending: boolean) => string;
}

/** What terms need of the printer of rows. */
export abstract class RowPrinter {
  private aliases = 0;
  protected readonly variables = new Map<string, Place>();
  private readonly elements = new Map<Tree, Place>();

  abstract term(tree: Tree): string;
  abstract test(tree: Tree, strict: boolean): string;

  private readonly next = (): string => {
    this.aliases += 1;
    return `t${this.aliases}`;
  };

  place(variable: string, place: Place): void {
    this.variables.set(variable, place);
  }

  protected variable(variable: string): Place {
    const place = this.variables.get(variable);
    if (!place) throw new Error(`the variable ${variable} is nowhere`);
    return place;
  }

  /** The alias of a row, person or unit that `tree` leads to, joined where it is stepped to. */
  protected rowOf(tree: Tree): Place {
    if (tree.op === 'name') return this.variable(tree.name);
    if (tree.op === 'first' || tree.op === 'last') {
      const place = this.elements.get(tree);
      if (!place) throw new Error('the element of a list is nowhere');
      return place;
    }
    if (tree.op !== 'fact' && tree.op !== 'attribute') throw new Error(`no row: ${tree.op}`);
    const { from } = this.rowOf(tree.of);
    const table = tree.type.kind === 'row' ? tree.type.table.name : tree.type.kind;
    return { from, alias: from.join(table, this.columnOf(tree), this.next) };
  }

  /** A fact's column; of a person, unit or subject its id. */
  protected columnOf(tree: Node<'fact'> | Node<'attribute'>): string {
    const { alias } = this.rowOf(tree.of);
    if (tree.op === 'fact') return `${alias}.${name(columnOf(tree.name, tree.fact))}`;
    if (tree.of.type.kind !== 'person') return `${alias}.${name(tree.name)}`;
    if (tree.name === 'unit') return `${alias}.unit_id`;
    return tree.name === 'qualified'
      ? `(${alias}.kind = 'police' AND ${alias}.qualification <> 'none')`
      : `${alias}.${name(tree.name)}`;
  }

  /** Prints a path. One that begins with `first(list)` becomes a sub-select of one row. */
  protected path(tree: Tree, print: () => string): string {
    const root = rootOf(tree);
    if ((root.op !== 'first' && root.op !== 'last') || this.elements.has(root)) return print();
    const opened = this.open(root.list);
    this.elements.set(root, opened);
    const value = print();
    this.elements.delete(root);
    return `(SELECT ${value} ${this.fromWhere(opened)} ORDER BY ${opened.order(root.op === 'last')} LIMIT 1)`;
  }

  /** The id of a row, person or unit. */
  protected idOf(tree: Tree): string {
    return this.path(tree, () =>
      tree.op === 'fact' || tree.op === 'attribute' ? this.columnOf(tree) : `${this.rowOf(tree).alias}.id`,
    );
  }

  /** Opens a list of rows, people or codes. */
  protected open(list: Tree): Opened {
    if (list.op === 'filter') {
      const opened = this.open(list.list);
      opened.where.push(this.within(list.name, opened, () => this.test(list.body, false)));
      return opened;
    }
    const alias = this.next();
    const from = new From();
    if (list.op === 'rows') return this.openRows(list, alias, from);
    if (list.op !== 'fact' || list.type.kind !== 'list') throw new Error(`no list: ${list.op}`);
    const column = this.path(list, () => this.columnOf(list));
    if (list.type.of.kind === 'person') {
      return {
        alias,
        from,
        source: `person ${alias}`,
        where: [`${alias}.id = ANY(${anArray(column, 'int')})`],
        // as they were named: who leads comes first
        order: (down) => `array_position(${column}, ${alias}.id)${down ? ' DESC' : ''}`,
      };
    }
    const value = `${alias}.value`;
    return {
      alias,
      from,
      value,
      source: `unnest(${column}) AS ${alias}(value)`,
      where: [`${value} IS NOT NULL`],
      order: () => value,
    };
  }

  private openRows(list: Node<'rows'>, alias: string, from: From): Opened {
    const own = this.idOf(list.of);
    const { table, relation } = list;
    const source = `${name(table.name)} ${alias}`;
    const order = orderOf(table, alias, relation !== null);
    if (relation === null) return { alias, from, source, order, where: [`${alias}.${name(table.key)} = ${own}`] };
    if (relation.kind === 'many')
      return { alias, from, source, order, where: [`${alias}.${factColumn(table, relation.by)} = ${own}`] };
    if (relation.kind === 'same') {
      const pairs = relation.match.map(([mine, theirs]) => {
        const fact: Tree = { ...list, op: 'fact', name: mine, fact: factOf(list.own, mine), table: list.own };
        return `${alias}.${factColumn(table, theirs)} = ${this.path(fact, () => this.columnOf(fact))}`;
      });
      if (list.own.name === table.name) pairs.push(`${alias}.id <> ${own}`);
      return { alias, from, source, order, where: pairs };
    }
    const link = this.next();
    return {
      alias,
      from,
      order,
      source: `link ${link} JOIN ${source} ON ${alias}.id = ${link}.their_id`,
      where: [`${link}.relation = ${relation.code}`, `${link}.own_id = ${own}`],
    };
  }

  /** Prints with the variable standing for an opened list's element. */
  protected within<T>(variable: string, place: Place, print: () => T): T {
    this.variables.set(variable, place);
    const printed = print();
    this.variables.delete(variable);
    return printed;
  }

  /** After everything that steps from the list's rows is printed: their joins stand in the FROM clause. */
  protected fromWhere(opened: Opened): string {
    return `FROM ${[opened.source, ...opened.from.joins].join(' ')} WHERE ${opened.where.join(' AND ')}`;
  }
}

/** A declared fact, or the way from a part to its subject. */
function factOf(table: Table, fact: string): Fact {
  const declared = table.facts[fact] ?? (fact === table.type.name ? parentFact(table) : undefined);
  if (!declared) throw new Error(`${table.name} has no fact ${fact}`);
  return declared;
}

export const factColumn = (table: Table, fact: string): string => name(columnOf(fact, factOf(table, fact)));

/** What a relation `same` demands of a row of ours and a row of theirs. */
export function matching(relation: Same, own: Table, mine: string, theirs: Table, other: string): string {
  const pairs = relation.match.map(([a, b]) => `${other}.${factColumn(theirs, b)} = ${mine}.${factColumn(own, a)}`);
  if (own.name === theirs.name) pairs.push(`${other}.id <> ${mine}.id`);
  return pairs.join(' AND ');
}

/** Parts in the order of their recording (those of several subjects by their ids), related subjects by the date that lists are sorted by. */
function orderOf(table: Table, alias: string, related: boolean): Opened['order'] {
  if (table.part !== null && related) return (down) => `${alias}.id${down ? ' DESC' : ''}`;
  if (table.part !== null) return (down) => `${alias}.seq${down ? ' DESC' : ''}, ${alias}.id${down ? ' DESC' : ''}`;
  const dated = `${alias}.${factColumn(table, table.type.dated)}`;
  // written so that no index has this order: the planner would walk all of it, looking for the first row of this list
  return (down) => [`${dated} IS NULL`, dated, `${alias}.id`].map((each) => `${each}${down ? ' DESC' : ''}`).join(', ');
}

/** ANY() takes a sub-select for rows, not for the array that it gives, unless told. */
export const anArray = (sql: string, of: string): string => (sql.startsWith('(') ? `${sql}::${of}[]` : sql);

function rootOf(tree: Tree): Tree {
  return tree.op === 'fact' || tree.op === 'attribute' ? rootOf(tree.of) : tree;
}
