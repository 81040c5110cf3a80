import { expect } from 'chai';
import { twoWriters } from '../trials/two-writers.ts';

describe('Two writers of one relation', function () {
  this.timeout(120_000);

  it('always see each other: no link and no duty is lost', async () => {
    const told = await twoWriters({ rounds: 27, seed: 1 });

    expect(told).to.deep.include({ rounds: 27, written: 27, lostLinks: 0, lostDuties: 0 });
    expect(told.waited).to.be.greaterThan(20, 'all but those who meet at the row in between');
  });

  it('lose some where nobody holds what both have in common', async () => {
    const told = await twoWriters({ rounds: 18, seed: 1, locked: false });

    expect(told.lostLinks).to.be.greaterThan(0);
    expect(told.lostDuties).to.be.greaterThan(0);
  });
});
