import fc from 'fast-check';
import { fieldsOf } from '../../server/rules/language.ts';
import { personAttributes, type Type, unitAttributes } from '../../server/rules/types.ts';
import type { Registry } from '../../server/subjects/registry.ts';
import type { Draw } from './draw.ts';

type Variables = readonly (readonly [name: string, type: Type])[];
type Kind = Type['kind'];

/** A random condition over the variables, well typed by construction; `depth` bounds how far it nests. */
export function drawCondition(g: Draw, registry: Registry, variables: Variables, depth: number): string {
  return new Grammar(g, registry).condition(variables, depth);
}

class Grammar {
  private readonly g: Draw;
  private readonly registry: Registry;
  private names = 0;

  constructor(g: Draw, registry: Registry) {
    this.g = g;
    this.registry = registry;
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.g(fc.nat, { max: values.length - 1 })]!;
  }

  /** Paths of at most three steps to something of a kind. */
  private paths(variables: Variables, wanted: (type: Type) => boolean, steps = 3): string[] {
    return variables.flatMap(([name, type]) => {
      const own = wanted(type) ? [name] : [];
      if (steps === 0) return own;
      const fields: (readonly [string, Type])[] =
        type.kind === 'row'
          ? [...fieldsOf(this.registry, type.table)]
          : type.kind === 'person'
            ? Object.entries(personAttributes)
            : type.kind === 'unit'
              ? Object.entries(unitAttributes)
              : [];
      return [
        ...own,
        ...this.paths(
          fields.map(([field, of]) => [`${name}.${field}`, of] as const),
          wanted,
          steps - 1,
        ),
      ];
    });
  }

  private path(variables: Variables, kind: Kind): string | undefined {
    const found = this.paths(variables, (type) => type.kind === kind);
    return found.length > 0 ? this.pick(found) : undefined;
  }

  condition(variables: Variables, depth: number): string {
    const shapes =
      depth <= 0
        ? ['flag', 'order', 'equal', 'null', 'in']
        : ['flag', 'order', 'equal', 'null', 'in', 'not', 'and', 'or', 'exists', 'all', 'size', 'choose', 'count'];
    const inner = (): string => this.condition(variables, depth - 1);
    switch (this.pick(shapes)) {
      case 'not':
        return `!(${inner()})`;
      case 'and':
        return `(${inner()} && ${inner()})`;
      case 'or':
        return `(${inner()} || ${inner()})`;
      case 'choose':
        return `(${inner()} ? ${inner()} : ${inner()})`;
      case 'exists':
      case 'all':
        return this.overList(variables, depth) ?? inner();
      case 'size':
        return `${this.list(variables, depth)?.[0] ?? 'alarm.dispatches'}.size() ${this.pick(['>', '==', '<=', '!='])} ${this.pick([0, 1, 2])}`;
      case 'count':
        return `${this.term(variables, 'instant', depth)} - ${this.term(variables, 'instant', depth)} ${this.pick(['<', '>='])} h(${this.pick([1, 24])})`;
      case 'null':
        return `${this.path(variables, this.pick(['instant', 'text', 'person', 'row', 'bool', 'unit'])) ?? 'alarm.case'} ${this.pick(['==', '!='])} null`;
      case 'order': {
        const kind = this.pick(['instant', 'int'] as const);
        return `${this.term(variables, kind, depth)} ${this.pick(['<', '<=', '>', '>='])} ${this.term(variables, kind, depth)}`;
      }
      case 'equal': {
        const kind = this.pick(['instant', 'int', 'bool', 'text', 'person', 'unit'] as const);
        return `${this.term(variables, kind, depth)} ${this.pick(['==', '!='])} ${this.term(variables, kind, depth)}`;
      }
      case 'in': {
        const kind = this.pick(['instant', 'int'] as const);
        return `${this.term(variables, kind, depth)} in [${this.term(variables, kind, depth)}, ${this.term(variables, kind, depth)}]`;
      }
      default:
        return this.path(variables, 'bool') ?? 'alarm.complex';
    }
  }

  private list(variables: Variables, depth: number): readonly [text: string, of: Type] | undefined {
    const lists = variables.flatMap(([name, type]) =>
      type.kind === 'row'
        ? [...fieldsOf(this.registry, type.table)].flatMap(([field, of]) =>
            of.kind === 'list' && of.of.kind !== 'text' ? [[`${name}.${field}`, of.of] as const] : [],
          )
        : [],
    );
    if (lists.length === 0) return undefined;
    const [text, of] = this.pick(lists);
    if (depth <= 1 || this.g(fc.boolean)) return [text, of];
    const name = this.fresh();
    return [`${text}.filter(${name}, ${this.condition([...variables, [name, of]], depth - 2)})`, of];
  }

  private overList(variables: Variables, depth: number): string | undefined {
    const list = this.list(variables, depth);
    if (!list) return undefined;
    const name = this.fresh();
    return `${list[0]}.${this.pick(['exists', 'all'])}(${name}, ${this.condition([...variables, [name, list[1]]], depth - 1)})`;
  }

  private fresh(): string {
    this.names += 1;
    return `v${this.names}`;
  }

  private term(variables: Variables, kind: Kind, depth: number): string {
    const plain = this.path(variables, kind);
    if (kind === 'int' && (depth <= 0 || this.g(fc.boolean)))
      return plain && this.g(fc.boolean) ? plain : String(this.pick([0, 1, 2]));
    if (kind === 'int') {
      const other = (): string => this.term(variables, 'int', depth - 1);
      return this.pick([
        () => `(${other()} ${this.pick(['+', '-', '*'])} ${other()})`,
        () => `min(${other()}, ${other()})`,
        () => `(${this.condition(variables, depth - 1)} ? ${other()} : ${other()})`,
        () => `-(${other()})`,
      ])();
    }
    if (kind === 'instant' && depth > 0 && this.g(fc.boolean)) {
      const other = (): string => this.term(variables, 'instant', depth - 1);
      const unit = this.pick(['m', 'h', 'd', 'wd', 'mo']);
      return this.pick([
        () => `${this.pick(['earliest', 'latest', 'allOf'])}([${other()}, ${other()}])`,
        () => `${this.pick(['after', 'before'])}(${other()}, ${unit}(${this.pick([1, 2, 5])}))`,
        () => `(${this.condition(variables, depth - 1)} ? ${other()} : ${this.g(fc.boolean) ? 'null' : other()})`,
        () => this.folded(variables, depth) ?? other(),
      ])();
    }
    return plain ?? (kind === 'bool' ? 'alarm.complex' : 'alarm.receivedAt');
  }

  private folded(variables: Variables, depth: number): string | undefined {
    const list = this.list(variables, depth);
    if (list?.[1].kind !== 'row') return undefined;
    const name = this.fresh();
    const fact = this.path([[name, list[1]]], 'instant');
    if (!fact) return undefined;
    if (this.g(fc.boolean)) return `${list[0]}.${this.pick(['first', 'last'])}()${fact.slice(name.length)}`;
    return `${this.pick(['earliest', 'latest', 'allOf'])}(${list[0]}.map(${name}, ${fact}))`;
  }
}
