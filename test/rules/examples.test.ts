import { expect } from 'chai';
import { loadCatalogue, shippedRules } from '../../server/rules/catalogue.ts';
import { brokenPromise } from '../../server/rules/example-facts.ts';
import { registry } from './world.ts';

/** The back office tries examples without a database; the tests of the catalogue try them in PostgreSQL. */
describe('Examples in memory', () => {
  const entries = loadCatalogue(shippedRules, registry);

  it('are kept by every shipped rule', () => {
    const broken = entries.flatMap(({ rule }) =>
      rule.examples.flatMap((example) => brokenPromise(registry, rule, example) ?? []),
    );

    expect(broken).to.deep.equal([]);
  });

  it('say what they promise and what came of it', () => {
    const rule = entries.find(({ rule: { code } }) => code === 'PRO-01')!.rule;
    const example = rule.examples.find(({ gives }) => gives === 'met')!;

    expect(brokenPromise(registry, rule, { ...example, gives: 'overdue' })).to.equal(
      `example “${example.it}” promises overdue and is met`,
    );
    expect(brokenPromise(registry, rule, { ...example, given: { nothing: 1 } })).to.match(
      /has neither a fact nor a part/,
    );
    expect(brokenPromise(registry, rule, { ...example, given: { takenBy: 'nobody-1' } })).to.match(/nobody is called/);
  });
});
