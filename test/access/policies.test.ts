import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { may, type Standing } from '../../server/access/actor.ts';
import { policy, type Word } from '../../server/access/enforcer.ts';
import { matrix } from '../../server/access/matrix.ts';
import { transitions, verbs } from '../../server/findings/finding.ts';
import type { Actor } from '../../server/kernel/unit-of-work.ts';
import { administrators, roles } from '../../server/organisation/roles.ts';
import { subjectTypes } from '../../server/subjects/index.ts';

const actor = (role: string): Actor => ({
  personId: 1,
  name: '王强',
  unitId: 16,
  unitName: '北门派出所',
  role,
  roles: [role],
  posts: [{ role, unitId: 16, subtree: [16], bureau: [10, 16, 17] }],
});
const at = (unit: number, more: Partial<Standing> = {}): Standing => ({
  units: [unit],
  isOwn: false,
  isConcerned: false,
  state: '*',
  ...more,
});

describe('policies', () => {
  it('have one file for each role, and matrix.md mirrors them', () => {
    expect(policy.roles).to.have.members(Object.keys(roles));
    const kept = readFileSync(new URL(`../../${matrix.path}`, import.meta.url), 'utf8');
    expect(kept === matrix.render(), 'policies/matrix.md is stale: npm run mingjing -- policies mirror').to.equal(true);
  });

  it('allow nothing that no line names', () => {
    const everywhere: Word[] = ['own', 'unit', 'subtree', 'bureau'];
    for (const role of policy.roles) expect(policy.allows(role, 'alarm.explode', everywhere), role).to.equal(false);
    expect(policy.allows('emperor', 'alarm.read', everywhere)).to.equal(false);
  });

  it('let every step of every subject be recorded by somebody', () => {
    for (const type of subjectTypes) {
      for (const [verb, step] of Object.entries(type.steps)) {
        const holders = policy.roles.filter((role) => policy.scopesOf(role, `${type.name}.${verb}`).length > 0);
        if (!step.internal) expect(holders, `${type.name}.${verb}`).to.not.deep.equal([]);
      }
    }
  });

  it('agree with the transition table of the loop on who may do what', () => {
    for (const verb of verbs) {
      const holders = policy.roles.filter((role) => policy.scopesOf(role, `finding.${verb}`).length > 0);
      expect([...holders].sort(), `finding.${verb}`).to.deep.equal([...transitions[verb].roles].sort());
    }
  });

  it('keep scope: own, unit, subtree, bureau', () => {
    expect(may(actor('responding-officer'), 'alarm.read', at(16))).to.equal(true);
    expect(may(actor('responding-officer'), 'alarm.read', at(17))).to.equal(false);
    expect(may(actor('responding-officer'), 'alarm.arrive', at(16))).to.equal(false);
    expect(may(actor('responding-officer'), 'alarm.arrive', at(17, { isOwn: true }))).to.equal(true);
    expect(may(actor('case-management-officer'), 'alarm.read', at(17))).to.equal(true);
    expect(may(actor('case-management-officer'), 'alarm.read', at(22))).to.equal(false);
  });

  it('let a denial win: who has a part in the matter never decides it, whatever else he may', () => {
    const both: Actor = {
      ...actor('legal-reviewer'),
      posts: [...(actor('legal-reviewer').posts ?? []), ...(actor('case-officer').posts ?? [])],
    };
    expect(may(both, 'finding.judge', at(16))).to.equal(true);
    expect(may(both, 'finding.judge', at(16, { isConcerned: true }))).to.equal(false);
    expect(may(both, 'finding.read', at(16, { isConcerned: true }))).to.equal(true);
    expect(may(both, 'case.review', at(16, { isOwn: true, isConcerned: true }))).to.equal(false);
  });

  it('keep the three administrators from every record', () => {
    for (const role of administrators) {
      for (const type of [...subjectTypes.map((one) => one.name), 'finding']) {
        expect(policy.scopesOf(role, `${type}.read`), `${role} ${type}`).to.deep.equal([]);
      }
    }
    expect(policy.scopesOf('system-administrator', 'post.grant')).to.deep.equal([]);
    expect(policy.scopesOf('security-administrator', 'person.create')).to.deep.equal([]);
    // beside reading he is the second hand where a new password is one of the other two's
    expect(policy.actionsOf('security-auditor').filter((action) => !/\.(read|verify)$/.test(action))).to.deep.equal([
      'notice.change',
      'reset.release',
      'reset.refuse',
    ]);
  });
});
