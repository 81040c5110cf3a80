import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { people, units } from '../../support/bureau.ts';

/** How one account stands to one record, in the words of policies/roles; no line of the product is asked. */
export interface Relation {
  unit: number | null;
  isOwn: boolean;
  isConcerned: boolean;
  state: string;
}

/** + lets in · - 403 · 0 404, as if it were not there · x 403 because he has a part in it */
export type Outcome = '+' | '-' | '0' | 'x';

type Line = readonly [action: string, scope: string, state: string, effect: string];

const folder = fileURLToPath(new URL('../../../policies/roles', import.meta.url));
const linesOf = new Map<string, Line[]>(
  readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => {
      const lines = readFileSync(`${folder}/${name}`, 'utf8').split('\n');
      const rules = lines
        .filter((line) => line.startsWith('p,'))
        .map((line) => line.split(',').map((cell) => cell.trim()));
      return [name.slice(0, -'.csv'.length), rules.map(([, , ...rest]) => rest as unknown as Line)];
    }),
);

const pathOf = (unit: number): readonly number[] => units.find(({ id }) => id === unit)?.path ?? [];
/** 本局: the county's bureau above a unit; the city's own offices reach everything. */
const bureauOf = (unit: number): number => pathOf(unit).find((id) => id === 10 || id === 20) ?? 1;

/** The words of one post to a record. */
function wordsOf(post: number, { unit, isOwn, isConcerned }: Relation): Set<string> {
  const words = new Set<string>();
  if (isOwn) words.add('own');
  if (isConcerned) words.add('concerned');
  if (unit === null) return words;
  if (unit === post) words.add('unit');
  if (pathOf(unit).includes(post)) words.add('subtree');
  if (pathOf(unit).includes(bureauOf(post))) words.add('bureau');
  return words;
}

const fits = (line: Line, action: string, words: ReadonlySet<string>, state: string): boolean =>
  line[0] === action && words.has(line[1]) && (line[2] === '*' || line[2] === state);

const accountOf = (login: string) => {
  const account = people[login];
  if (!account) throw new Error(`no account ${login}`);
  return { unit: account[2], lines: account[3].flatMap((role) => linesOf.get(role) ?? []) };
};

/** A line that allows, and none that denies: one post's denial is final. */
export function allows(login: string, action: string, relation: Relation): boolean {
  const { unit, lines } = accountOf(login);
  const words = wordsOf(unit, relation);
  const fitting = lines.filter((line) => fits(line, action, words, relation.state));
  return fitting.some((line) => line[3] === 'allow') && !fitting.some((line) => line[3] === 'deny');
}

/** Whether a line of the account allows the action at all. */
export const knows = (login: string, action: string): boolean =>
  accountOf(login).lines.some((line) => line[0] === action && line[3] === 'allow');

/** What a route about a record must answer: null is a record that is not there. */
export function outcomeOf(login: string, type: string, action: string, relation: Relation | null): Outcome {
  if (!relation || !allows(login, `${type}.read`, relation)) return '0';
  if (allows(login, action, relation)) return '+';
  return allows(login, action, { ...relation, isConcerned: false }) ? 'x' : '-';
}
