import { dayText, type Limit, localDay } from '../kernel/calendar.ts';
import { covered, type Interval, longest, within } from './coverage.ts';
import { moved } from './moments.ts';
import type { FactRow, JudgeContext } from './rule.ts';
import { mostOf, type Node, type Tree } from './tree.ts';

/**
 * Values in memory: instants as milliseconds, durations as milliseconds, dates as text, null for what is missing.
 */
export type Value = unknown;

/** What a tree is evaluated in. `param` looks a parameter up; `vars` holds the variables by name. */
export interface Bindings {
  vars: Record<string, Value>;
  context: JudgeContext;
  param(name: string, key: string | null): number | null;
}

type Run = (bindings: Bindings) => Value;

const compiled = new WeakMap<Tree, Run>();

/** The tree as a function, made once. */
export function interpret(tree: Tree): Run {
  let run = compiled.get(tree);
  if (!run) {
    run = make(tree);
    compiled.set(tree, run);
  }
  return run;
}

const isTrue = (tree: Tree): ((b: Bindings) => boolean) => {
  const run = interpret(tree);
  return (b) => run(b) === true;
};

function make(tree: Tree): Run {
  switch (tree.op) {
    case 'literal': {
      const { value } = tree;
      return () => value;
    }
    case 'name': {
      const { name } = tree;
      return (b) => b.vars[name] ?? null;
    }
    case 'fact': {
      const of = interpret(tree.of);
      const { name } = tree;
      if (tree.type.kind === 'instant')
        return (b) => ((of(b) as FactRow | null)?.[name] as Date | null | undefined)?.getTime() ?? null;
      return (b) => (of(b) as FactRow | null)?.[name] ?? null;
    }
    case 'attribute': {
      const of = interpret(tree.of);
      const { name } = tree;
      return (b) => (of(b) as FactRow | null)?.[name] ?? null;
    }
    case 'param': {
      const key = tree.key ? interpret(tree.key) : () => '';
      const { name } = tree.param;
      return (b) => b.param(name, key(b) as string | null);
    }
    case 'not': {
      const of = isTrue(tree.of);
      return (b) => !of(b);
    }
    case 'and': {
      const [left, right] = [isTrue(tree.left), isTrue(tree.right)];
      return (b) => left(b) && right(b);
    }
    case 'or': {
      const [left, right] = [isTrue(tree.left), isTrue(tree.right)];
      return (b) => left(b) || right(b);
    }
    case 'order':
      return order(tree);
    case 'equal': {
      const [left, right] = [interpret(tree.left), interpret(tree.right)];
      const { not } = tree;
      return (b) => same(left(b), right(b)) !== not;
    }
    case 'in':
      return member(tree);
    case 'choose': {
      const [test, then, otherwise] = [isTrue(tree.if), interpret(tree.then), interpret(tree.else)];
      return (b) => (test(b) ? then(b) : otherwise(b));
    }
    case 'arithmetic': {
      const [left, right, { sign }] = [interpret(tree.left), interpret(tree.right), tree];
      return (b) => {
        const [x, y] = [left(b) as number | null, right(b) as number | null];
        if (x === null || y === null) return null;
        return sign === '+' ? x + y : sign === '-' ? x - y : x * y;
      };
    }
    case 'minus': {
      const of = interpret(tree.of);
      return (b) => {
        const value = of(b) as number | null;
        return value === null ? null : -value;
      };
    }
    case 'exists':
    case 'all': {
      const [list, body, { name }] = [rows(tree.list), isTrue(tree.body), tree];
      const wanted = tree.op === 'exists';
      return (b) => {
        for (const each of list(b)) {
          b.vars[name] = each;
          if (body(b) === wanted) return wanted;
        }
        return !wanted;
      };
    }
    case 'size': {
      const list = rows(tree.list);
      return (b) => list(b).length;
    }
    case 'first':
    case 'last': {
      const list = rows(tree.list);
      const index = tree.op === 'first' ? 0 : -1;
      return (b) => list(b).at(index) ?? null;
    }
    case 'fold':
      return fold(tree);
    case 'pair': {
      const [left, right] = [interpret(tree.left), interpret(tree.right)];
      const pick = tree.how === 'min' ? Math.min : Math.max;
      return (b) => {
        const [x, y] = [left(b) as number | null, right(b) as number | null];
        return x === null || y === null ? null : pick(x, y);
      };
    }
    case 'limit':
    case 'moved':
      return tree.op === 'limit' ? () => null : movedInstant(tree);
    case 'coverage':
    case 'longestGap':
      return gaps(tree);
    case 'date':
    case 'year': {
      const of = interpret(tree.of);
      const whole = tree.op === 'date';
      return (b) => {
        const at = of(b) as number | string | null;
        if (at === null) return null;
        const date = typeof at === 'string' ? at : dayText(localDay(new Date(at), b.context.zone));
        return whole ? date : Number(date.slice(0, 4));
      };
    }
    case 'level': {
      const [of, { ranks }] = [interpret(tree.of), tree];
      return (b) => {
        const rank = ranks.indexOf(of(b) as string);
        return rank < 0 ? null : rank + 1;
      };
    }
    case 'values':
    case 'map':
    case 'rows':
    case 'filter':
      return rows(tree);
  }
}

/** Rows, people and units are the same when their ids are. */
const idOf = (value: Value): Value => (typeof value === 'object' && value !== null && 'id' in value ? value.id : value);
const same = (a: Value, b: Value): boolean => idOf(a) === idOf(b);

function order(tree: Node<'order'>): Run {
  const [left, right] = [operand(tree.left), operand(tree.right)];
  const { sign } = tree;
  return (b) => {
    const [x, y] = [left(b) as number | null, right(b) as number | null];
    if (x === null || y === null) return false;
    return sign === '<' ? x < y : sign === '<=' ? x <= y : sign === '>' ? x > y : x >= y;
  };
}

/** A limit in a comparison is a span of time; analysis saw to it that it counts minutes or hours. */
function operand(tree: Tree): Run {
  if (tree.type.kind !== 'limit') return interpret(tree);
  const limit = interpretLimit(tree);
  return (b) => {
    const found = limit(b);
    return found === null ? null : found.n * (found.unit === 'm' ? 60_000 : 3_600_000);
  };
}

function member(tree: Node<'in'>): Run {
  const item = interpret(tree.item);
  const list = tree.list.op === 'values' ? tree.list.items.map(interpret) : null;
  const stored = list ? null : rows(tree.list);
  return (b) => {
    const value = item(b);
    if (value === null) return false;
    return list ? list.some((each) => same(each(b), value)) : stored!(b).some((each) => same(each, value));
  };
}

function fold(tree: Node<'fold'>): Run {
  const list = rows(tree.list);
  const { how } = tree;
  // money is summed in cents: exact, as SQL's numeric is
  const scale = tree.type.kind === 'money' ? 100 : 1;
  return (b) => {
    const values = list(b) as (number | null)[];
    const recorded = values.filter((each) => each !== null);
    if (how === 'sum') return recorded.reduce((sum, each) => sum + Math.round(each * scale), 0) / scale;
    if (recorded.length === 0 || (how === 'allOf' && recorded.length < values.length)) return null;
    return recorded.reduce((a, c) => (how === 'min' ? Math.min(a, c) : Math.max(a, c)));
  };
}

/** A list as an array; what is missing is an empty one. People count once. */
function rows(tree: Tree): (b: Bindings) => readonly Value[] {
  switch (tree.op) {
    case 'values': {
      const items = tree.items.map(interpret);
      return (b) => items.map((each) => each(b));
    }
    case 'map': {
      const [list, body, { name }] = [rows(tree.list), interpret(tree.body), tree];
      return (b) =>
        list(b).map((each) => {
          b.vars[name] = each;
          return body(b);
        });
    }
    case 'filter': {
      const [list, body, { name }] = [rows(tree.list), isTrue(tree.body), tree];
      return (b) =>
        list(b).filter((each) => {
          b.vars[name] = each;
          return body(b);
        });
    }
    case 'rows': {
      const [of, { name, table }] = [interpret(tree.of), tree];
      const read = (b: Bindings): readonly FactRow[] =>
        ((of(b) as FactRow | null)?.[name] as readonly FactRow[] | null | undefined) ?? [];
      if (table.part !== null)
        return tree.relation ? (b) => [...read(b)].sort((x, y) => (String(x.id) < String(y.id) ? -1 : 1)) : read;
      const { dated } = table.type;
      return (b) => [...read(b)].sort((x, y) => byDate(x, y, dated));
    }
    default: {
      const of = interpret(tree);
      const people = tree.type.kind === 'list' && tree.type.of.kind === 'person';
      return (b) => {
        const list = ((of(b) ?? []) as readonly Value[]).filter((each) => each !== null && each !== undefined);
        return people ? [...new Map(list.map((each) => [idOf(each), each])).values()] : list;
      };
    }
  }
}

function byDate(x: FactRow, y: FactRow, dated: string): number {
  const at = (row: FactRow): number => (row[dated] as Date | null | undefined)?.getTime() ?? Number.POSITIVE_INFINITY;
  const [a, b] = [at(x), at(y)];
  return a === b ? (String(x.id) < String(y.id) ? -1 : 1) : a < b ? -1 : 1;
}

function movedInstant(tree: Node<'moved'>): Run {
  const [at, limit, { how }] = [interpret(tree.at), interpretLimit(tree.limit), tree];
  return (b) => {
    const [from, by] = [at(b) as number | null, limit(b)];
    return from === null || by === null
      ? null
      : moved(new Date(from), how, by, b.context.calendar, b.context.zone).getTime();
  };
}

/** A limit as a value: its leaf, or null when there is no number for it. */
export function interpretLimit(tree: Tree): (b: Bindings) => Limit | null {
  if (tree.op === 'choose') {
    const [test, then, otherwise] = [isTrue(tree.if), interpretLimit(tree.then), interpretLimit(tree.else)];
    return (b) => (test(b) ? then(b) : otherwise(b));
  }
  const unit =
    tree.op === 'limit' ? tree.unit : tree.op === 'param' && tree.param.unit !== '' ? tree.param.unit : undefined;
  if (!unit) throw new Error(`no limit: ${tree.op}`);
  const amount = interpret(tree.op === 'limit' ? tree.n : tree);
  return (b) => {
    const n = Math.min(Math.floor((amount(b) as number | null) ?? 0), mostOf(unit));
    return n >= 1 ? { n, unit } : null;
  };
}

/** Rows as intervals; without a start it is none, without an end it still runs. */
export function intervalsOf(list: readonly Value[]): Interval[] {
  return (list as readonly FactRow[]).flatMap((row) => {
    const [from, to] = [row.startedAt as Date | null | undefined, row.endedAt as Date | null | undefined];
    return from ? [{ from: from.getTime(), to: to?.getTime() ?? Number.POSITIVE_INFINITY }] : [];
  });
}

export const rowsOf = rows;

function gaps(tree: Node<'coverage' | 'longestGap'>): Run {
  const [list, exempt] = [rows(tree.list), tree.exempt ? rows(tree.exempt) : null];
  const [from, to] = [interpret(tree.from), interpret(tree.to)];
  const measure = tree.op === 'coverage' ? covered : longest;
  return (b) => {
    const [a, z] = [from(b) as number | null, to(b) as number | null];
    if (a === null || z === null || a >= z) return null;
    return measure(
      within(intervalsOf(list(b)), { from: a, to: z }),
      { from: a, to: z },
      exempt ? intervalsOf(exempt(b)) : [],
    );
  };
}
