import { Environment } from '@marcbachmann/cel-js';

const instants = (list: readonly unknown[]): Date[] => list.filter((each) => each instanceof Date);
const by = (sign: 1 | -1) => (list: readonly unknown[]) =>
  instants(list).sort((a, b) => sign * (a.getTime() - b.getTime()))[0] ?? null;

const env = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })
  .registerFunction('earliest(list<dyn>): dyn', by(1))
  .registerFunction('latest(list<dyn>): dyn', by(-1))
  .registerFunction('allOf(list<dyn>): dyn', by(-1))
  .registerFunction('first(list<dyn>): dyn', (list: unknown[]) => list[0])
  .registerFunction('last(list<dyn>): dyn', (list: unknown[]) => list.at(-1));

/**
 * A condition as cel-js's own evaluator sees it: a third opinion beside SQL and our interpreter. It knows nothing of
 * missing facts and of calendars: undefined where it cannot tell.
 */
export function askCel(text: string, variables: Record<string, unknown>): boolean | undefined {
  try {
    const answer = env.evaluate(text, variables) as unknown;
    return typeof answer === 'boolean' ? answer : undefined;
  } catch {
    return undefined;
  }
}
