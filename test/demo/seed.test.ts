import { expect } from 'chai';
import { canTell } from '../../server/demo/seed.ts';

describe('a city that is there', () => {
  it('is gone on with by the stories that told it, and left as it is by others', () => {
    expect(canTell(null)).to.equal(true);
    expect(canTell({ stories: 'of an earlier release' })).to.equal(false);
    expect(canTell({})).to.equal(false);
  });
});
