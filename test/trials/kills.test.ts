import { expect } from 'chai';
import { run } from './kills.ts';

describe('an installation whose database and server are killed under load', function () {
  this.timeout(180_000);

  it('comes back by itself, loses nothing that it acknowledged and does nothing twice', async () => {
    const { counts, control } = await run({ seed: 7, rounds: 1, say: () => {} });

    expect(counts).to.deep.include({ lost: 0, doubled: 0, unjudged: 0, unexpected: [], cameBackByThemselves: 2 });
    expect(counts['kills']).to.deep.equal({ postmaster: 1, server: 1 });
    expect(counts['acknowledged']).to.be.greaterThan(0);
    expect(counts['answers']).to.include.keys('503').and.not.include.keys('500');
    expect(counts['ledgerEntriesVerified']).to.be.a('number');
    // a database that says "done" too early loses some
    expect(control?.['lost']).to.be.greaterThan(0);
  });
});
