import { peer } from './packages.ts';
import { type AlarmRow, type Broken, caseLike, type Duty, dutiesOf, offScene } from './rows.ts';

interface Condition {
  fact?: string;
  operator?: string;
  value?: unknown;
  all?: Condition[];
  any?: Condition[];
}
interface Engine {
  addRule(rule: { conditions: Condition; event: { type: string } }): void;
  run(facts: Record<string, unknown>): Promise<{ events: { type: string }[] }>;
}
interface Package {
  Engine: new (rules: unknown[], options: { allowUndefinedFacts: boolean }) => Engine;
}

const is = (fact: string, value: unknown): Condition => ({ fact, operator: 'equal', value });
const isNot = (fact: string, value: unknown): Condition => ({ fact, operator: 'notEqual', value });

/** json-rules-engine: conditions as JSON over facts that were prepared for it, an asynchronous run for each duty's record. */
export async function jsonRules(
  now: number,
): Promise<(alarms: readonly AlarmRow[], next: ReadonlyMap<number, number>) => Promise<Broken[]>> {
  const { Engine } = await peer<Package>('json-rules-engine');
  const broken: Condition = {
    any: [
      { all: [is('met', null), { fact: 'due', operator: 'lessThan', value: now }] },
      { all: [isNot('met', null), { fact: 'met', operator: 'greaterThan', value: { fact: 'due' } }] },
    ],
  };
  const urgent = [is('priority', 'urgent'), { fact: 'disposition', operator: 'notIn', value: offScene }];
  const rules: Record<Duty['rule'], Condition[]> = {
    'ALM-02': urgent,
    'ALM-03': [...urgent, isNot('onScene', false), is('excused', false)],
    'ALM-04a': [isNot('onScene', false)],
    'ALM-09': [
      {
        any: [
          { fact: 'intake', operator: 'in', value: caseLike },
          { fact: 'feedback', operator: 'in', value: caseLike },
        ],
      },
    ],
  };
  // an engine for each rule: one for all would try four rules on every duty
  const engines = new Map(
    Object.entries(rules).map(([rule, when]) => {
      const engine = new Engine([], { allowUndefinedFacts: true });
      engine.addRule({ conditions: { all: [...when, broken] }, event: { type: rule } });
      return [rule, engine] as const;
    }),
  );

  return async (alarms, next) => {
    const found: Broken[] = [];
    for (const alarm of alarms) {
      for (const duty of dutiesOf(alarm, next)) {
        const { rule, occurrence, onScene, opened, due, met, excused } = duty;
        const { priority, disposition, intake, feedback } = alarm;
        const engine = engines.get(rule);
        if (!engine) continue;
        const { events } = await engine.run({ onScene, due, met, excused, priority, disposition, intake, feedback });
        if (events.length > 0) found.push({ rule, subject: alarm.id, occurrence, opened, due, met });
      }
    }
    return found;
  };
}
