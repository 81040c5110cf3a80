import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type Log, openLog, type Trace, type TraceEvent } from './trace.ts';
import { demandData, skipped } from './world.ts';

/** A formula of the suite with the published verdicts of ten traces and how many of all traces it accepts. */
interface Formula {
  template: string;
  published_expected: Record<string, boolean>;
  our_accept_count_1050: number;
}

/** Formulas that speak of a place (first, third, last, the very next): audit-rules/language.md says why rules do not. */
const positional = [
  'is_first_state_a',
  'is_third_state_a',
  'second_last',
  'is_last_state_a',
  'is_third_last_state_a',
  'not_chain_precedence',
];

/** The rule of each formula that the language can say. */
const ruleOf: Readonly<Record<string, string>> = {
  eventually_a: 'LTL-01',
  eventually_a_and_eventually_b: 'LTL-02',
  eventually_a_or_b: 'LTL-03',
  eventually_a_then_b_then_c: 'LTL-04',
  a_is_done_by_p_and_q: 'LTL-05',
  p_does_a_and_then_b: 'LTL-06',
  p_does_a_a_not_b: 'LTL-07',
  precedence: 'LTL-08',
  responded_existence: 'LTL-09',
  response: 'LTL-10',
  not_response: 'LTL-11',
  alternate_response: 'LTL-12',
};

const attribute = (xml: string, key: string): string | undefined =>
  new RegExp(`key="${key}" value="([^"]*)"`).exec(xml)?.[1];

/** The traces of an XES file with activity, time and group of their events. */
function read(folder: string): Trace[] {
  const xml = gunzipSync(readFileSync(join(folder, 'Sepsis Cases.xes.gz'))).toString('utf8');
  return xml
    .split('<trace>')
    .slice(1)
    .map((part) => {
      const [head = '', ...rest] = part.split('<event>');
      const events = rest.map((event): TraceEvent => {
        const group = attribute(event, 'org:group');
        return {
          activity: attribute(event, 'concept:name') ?? '',
          at: new Date(attribute(event, 'time:timestamp') ?? ''),
          ...(group !== undefined && { group }),
        };
      });
      return {
        number: attribute(head, 'concept:name') ?? '',
        startedAt: events[0]?.at ?? new Date(0),
        events,
      };
    });
}

describe(`a published suite of temporal logic over a public log${skipped('ltlf')}`, function () {
  this.timeout(600_000);
  let log: Log;
  let suite: Formula[];

  before(async function () {
    const folder = demandData('ltlf', this);
    suite = JSON.parse(readFileSync(join(folder, 'ltlf_suite_dev_18.json'), 'utf8'));
    log = await openLog('ltlf', read(folder));
  });
  after(() => log?.close());

  it('is said in rules but for what is positional', () => {
    expect([...Object.keys(ruleOf), ...positional]).to.have.members(suite.map(({ template }) => template));
    expect(log.codes).to.have.members(Object.values(ruleOf));
  });

  for (const [template, rule] of Object.entries(ruleOf)) {
    it(`${template} accepts the published traces, and as many of all as the reference`, async () => {
      const formula = suite.find((one) => one.template === template);
      const inMemory = await log.inMemory(rule);

      expect(log.verdicts(rule).met ?? 0).to.equal(formula?.our_accept_count_1050);
      expect(inMemory.verdicts).to.deep.equal(log.verdicts(rule));
      expect(inMemory.broken).to.deep.equal(log.broken(rule));
      expect(
        Object.fromEntries(
          Object.keys(formula?.published_expected ?? {}).map((number) => [number, !log.broken(rule).has(number)]),
        ),
      ).to.deep.equal(formula?.published_expected);
    });
  }
});
