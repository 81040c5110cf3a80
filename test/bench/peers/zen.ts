import { peer } from './packages.ts';
import { type AlarmRow, type Broken, caseLike, dutiesOf, offScene } from './rows.ts';

interface Decision {
  evaluate(facts: unknown): Promise<{ result: { broken?: boolean } | null }>;
}
interface Package {
  default?: Package;
  ZenEngine: new () => { createDecision(content: Buffer): Decision };
}

const texts = (values: readonly string[]): string => `[${values.map((one) => `'${one}'`).join(', ')}]`;

/** GoRules Zen: a decision table whose rows are the rules, evaluated 256 at a time, as its documentation advises. */
export async function zen(
  now: number,
): Promise<(alarms: readonly AlarmRow[], next: ReadonlyMap<number, number>) => Promise<Broken[]>> {
  const found = await peer<Package>('@gorules/zen-engine');
  const { ZenEngine } = found.default ?? found;
  const urgent = `priority == 'urgent' and disposition not in ${texts(offScene)}`;
  const when: Record<string, string> = {
    'ALM-02': urgent,
    'ALM-03': `${urgent} and onScene != false and excused == false`,
    'ALM-04a': 'onScene != false',
    'ALM-09': `(intake in ${texts(caseLike)} or feedback in ${texts(caseLike)})`,
  };
  const broken = `(met == null ? due < ${now} : met > due)`;
  const content = {
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'rules',
        position: { x: 1, y: 0 },
        content: {
          hitPolicy: 'first',
          inputs: [
            { id: 'rule', name: 'rule', field: 'rule' },
            { id: 'when', name: 'when' },
          ],
          outputs: [{ id: 'broken', name: 'broken', field: 'broken' }],
          rules: Object.entries(when).map(([rule, text]) => ({
            _id: rule,
            rule: `'${rule}'`,
            when: `${text} and ${broken}`,
            broken: 'true',
          })),
        },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
      { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
    ],
  };
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(content)));

  return async (alarms, next) => {
    const all: Broken[] = [];
    const duties = alarms.flatMap((alarm) => dutiesOf(alarm, next));
    for (let from = 0; from < duties.length; from += 256) {
      const some = duties.slice(from, from + 256);
      const results = await Promise.all(
        some.map(({ rule, onScene, due, met, excused, alarm: { priority, disposition, intake, feedback } }) =>
          decision.evaluate({ rule, onScene, due, met, excused, priority, disposition, intake, feedback }),
        ),
      );
      results.forEach(({ result }, i) => {
        const duty = some[i];
        if (!result?.broken || !duty) return;
        const { rule, alarm, occurrence, opened, due, met } = duty;
        all.push({ rule, subject: alarm.id, occurrence, opened, due, met });
      });
    }
    return all;
  };
}
