import { expect } from 'chai';
import { run } from './races.ts';

describe('twenty who do the same at the same moment', function () {
  this.timeout(120_000);

  it('find one winner for each act that decides something, and many for one that does not', async () => {
    const { passed, counts, control } = await run({ seed: 7, rounds: 20, say: () => {} });

    const { parallel, ...acts } = counts as Record<string, { winners: number }>;
    expect(parallel).to.equal(20);
    for (const [name, { winners }] of Object.entries(acts)) expect(winners, name).to.equal(1);
    expect(Object.keys(acts)).to.include.members([
      'issue',
      'judge',
      'close',
      'dispose',
      'enact',
      'grant',
      'same number',
    ]);
    expect(control?.['winners']).to.be.greaterThan(1);
    expect(passed).to.equal(true);
  });
});
