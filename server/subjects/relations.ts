import type { Fact, FactKind, Facts, Overlapping, Same } from './define.ts';
import type { Related } from './registry.ts';

/** What can be compared for equality without a doubt, and found by an index. */
const comparable: readonly FactKind[] = [
  'text',
  'choice',
  'instant',
  'date',
  'int',
  'flag',
  'person',
  'unit',
  'subject',
  'uuid',
];
const people: readonly FactKind[] = ['person', 'persons', 'text'];

/** A relation that names facts which are not there, or are of another kind, is a mistake found at start. */
export function checkRelation({ own, name, relation, theirs }: Related<Overlapping | Same>): void {
  const demand = (ok: boolean, what: string): void => {
    if (!ok) throw new Error(`${own.name}.${name}: ${what}`);
  };
  const fact = (facts: Facts, of: string, kinds: readonly FactKind[]): Fact => {
    const found = facts[of];
    if (!found) throw new Error(`${own.name}.${name}: no fact ${of}`);
    demand(kinds.includes(found.kind), `${of} is of kind ${found.kind}, not ${kinds.join(' or ')}`);
    return found;
  };
  if (relation.kind === 'same') {
    demand(relation.match.length > 0, 'it matches on nothing');
    for (const [mine, other] of relation.match) {
      const [a, b] = [fact(own.facts, mine, comparable), fact(theirs.facts, other, comparable)];
      demand(sort(a) === sort(b), `${mine} and ${other} are never equal`);
    }
    return;
  }
  for (const at of [relation.from, relation.until]) fact(own.facts, at, ['instant']);
  for (const at of [relation.theirFrom, relation.theirUntil]) fact(theirs.facts, at, ['instant']);
  const their = fact(theirs.facts, relation.theirPerson, people);
  for (const person of relation.people)
    demand((fact(own.facts, person, people).kind === 'text') === (their.kind === 'text'), `${person} is nobody there`);
}

/** Facts of one sort can be equal: a code and a text are both texts. */
const sort = ({ kind, to }: Fact): string => (kind === 'choice' ? 'text' : kind === 'subject' ? `subject ${to}` : kind);
