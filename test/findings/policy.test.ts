import { expect } from 'chai';
import { policy } from '../../server/access/enforcer.ts';
import { transitionOf, verbs } from '../../server/findings/finding.ts';
import { roles } from '../../server/organisation/roles.ts';

describe('policies of the loop', () => {
  for (const verb of verbs) {
    it(`lets the same roles ${verb} as the transition table`, () => {
      const allowed = policy.roles.filter((role) => policy.scopesOf(role, `finding.${verb}`).length > 0);
      expect(allowed).to.deep.equal([...transitionOf(verb).roles].sort());
    });
  }

  it('denies every decision to those who have a part in the matter, by whatever role', () => {
    for (const verb of verbs.filter((one) => transitionOf(one).decides)) {
      for (const role of transitionOf(verb).roles.filter((one) => verb !== 'return' || one !== 'unit-head'))
        expect(policy.deniesConcerned(role, `finding.${verb}`), `${role} ${verb}`).to.equal(true);
    }
  });

  it('names no role that nobody can hold', () => {
    expect(verbs.flatMap((verb) => transitionOf(verb).roles.filter((role) => !(role in roles)))).to.deep.equal([]);
  });
});
