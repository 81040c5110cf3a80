import { expect } from 'chai';
import { transitionOf, type Verb, verbs } from '../../server/findings/finding.ts';
import { limitsAt } from '../../server/findings/limits.ts';
import { abilitiesOf, decidesNow, perform } from '../../server/findings/loop.ts';
import { states } from '../../server/findings/states.ts';
import { Problem } from '../../server/kernel/errors.ts';
import { newId } from '../../server/kernel/id.ts';
import type { Actor } from '../../server/kernel/unit-of-work.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { actorOf, idOf, lead, openWorld, registry, system, type World } from './world.ts';

/** One human with every role there is. */
const everything = (name: Parameters<typeof actorOf>[0]): Actor => ({
  ...actorOf(name),
  roles: [
    ...['case-officer', 'unit-legal-officer', 'unit-head', 'case-management-officer'],
    ...['legal-reviewer', 'legal-head', 'bureau-leader', 'inspector'],
  ],
});

describe('one’s own matter', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.db.drop());

  const openCase = async (): Promise<string> => {
    const id = newId(world.clock.now());
    await world.as(actorOf('other'), (uow) =>
      recordSteps(uow, registry, [
        {
          type: 'case',
          subject: id,
          verb: 'report',
          occurredAt: world.clock.now(),
          facts: { number: `A${id}`, kind: 'public_order', unit: 16, lead: 2, cause: '盗窃' },
        },
      ]),
    );
    return id;
  };
  const verdict = { verdict: 'confirmed', opinion: '问题成立', rectifyHow: ['filing'] };

  it('is what a reviewer has taken a hand in after the finding was raised', async () => {
    const caseId = await openCase();
    const id = await world.hit({ subjectType: 'case', subjectId: caseId });
    await lead(world, id, 'judging');
    await world.as(actorOf('reviewer'), (uow) =>
      recordSteps(uow, registry, [
        {
          type: 'case',
          subject: caseId,
          verb: 'review',
          occurredAt: world.clock.now(),
          facts: { legalReview: 'agreed' },
        },
      ]),
    );

    const problem = await world.refused(world.act('reviewer', id, 'judge', verdict));
    expect(problem.code).to.equal('finding.reviewer-is-concerned');
    await world.act('second', id, 'judge', verdict);
    expect((await world.read(id)).finding.judge).to.equal(idOf('second'));
  });

  it('is his matter under every account he has, in the program and in the database', async () => {
    const id = await world.hit({ subjectType: 'case', subjectId: await openCase() });
    await lead(world, id, 'judging');
    await world.rows(`INSERT INTO finding_party (finding_id, person_id, part) VALUES ($1, $2, 'handler')`, [
      id,
      idOf('city'),
    ]);
    const sameHuman = (hash: string | null) =>
      world.rows('UPDATE person SET identity_hash = decode($1, $2) WHERE id = ANY ($3)', [
        hash,
        'hex',
        [idOf('city'), idOf('second')],
      ]);
    await sameHuman('11'.repeat(32));

    const problem = await world.refused(world.act('second', id, 'judge', verdict));
    expect(problem.code).to.equal('finding.reviewer-is-concerned');
    const trigger = await world
      .rows('UPDATE finding SET judge_id = $2 WHERE id = $1', [id, idOf('second')])
      .catch((error: { code: string }) => error.code);
    expect(trigger).to.equal('MJ403');

    await sameHuman(null);
    await world.act('second', id, 'judge', verdict);
  });

  it('is decided by nobody who has a part in it, in no state and by no verb, whatever posts he holds', async () => {
    const id = await world.hit({ subjectType: 'case', subjectId: await openCase() });
    await world.rows(`INSERT INTO finding_party (finding_id, person_id, part) VALUES ($1, $2, 'handler')`, [
      id,
      idOf('leader'),
    ]);
    const { finding } = await world.read(id);
    const concerned = everything('leader');
    const independent = everything('second');
    let asked = 0;
    let passes = 0;
    for (const state of Object.keys(states)) {
      const here = { ...finding, state, screened: true, explained: true, recheckPassed: true };
      for (const verb of verbs) {
        const row = transitionOf(verb);
        const moment = {
          id,
          finding: here,
          actor: concerned,
          now: world.clock.now(),
          limits: limitsAt(here, world.clock.now()),
        };
        if (!decidesNow(row, moment)) continue;
        asked += 1;
        const can = await world.as(concerned, (uow) => abilitiesOf(uow, { id, version: 1, finding: here }));
        expect(can, `${state} ${verb}`).to.not.include(verb);
        const others = await world.as(independent, (uow) => abilitiesOf(uow, { id, version: 1, finding: here }));
        if (others.includes(verb)) passes += 1;
      }
    }
    expect(asked).to.be.greaterThan(150);
    expect(passes, 'the control: an independent colleague').to.be.greaterThan(25);
  });

  const fates: [string, Verb, Record<string, unknown>][] = [
    ['screened', 'issue', {}],
    ['screened', 'merge', {}],
    ['rectifying', 'extend', { rectifyDueAt: '2026-12-20T00:00:00Z', extensionReason: '材料较多' }],
    ['screened', 'suspend', { suspendReason: '待鉴定', suspendUntil: '2026-12-20T00:00:00Z' }],
  ];
  for (const [station, verb, facts] of fates) {
    it(`is neither put aside nor moved on by ${verb}, and the attempt is told`, async () => {
      const id = await world.hit({ subjectType: 'case', subjectId: await openCase() });
      await lead(world, id, station);
      const other = await world.hit();
      await world.rows(`INSERT INTO finding_party (finding_id, person_id, part) VALUES ($1, $2, 'handler')`, [
        id,
        idOf('manager'),
      ]);

      const problem = await world.refused(
        world.act('manager', id, verb, verb === 'merge' ? { mergedInto: other } : facts),
      );

      expect([problem.status, problem.code]).to.deep.equal([403, 'finding.reviewer-is-concerned']);
    });
  }

  it('is put off for ninety days at most', async () => {
    const id = await world.hit();
    const far = await world.refused(
      world.act('manager', id, 'suspend', { suspendReason: '待鉴定', suspendUntil: '2099-12-31T00:00:00Z' }),
    );

    expect(far.code).to.equal('finding.suspended-too-long');
    await world.act('manager', id, 'suspend', { suspendReason: '待鉴定', suspendUntil: '2026-12-31T00:00:00Z' });
  });

  it('is not signed off by whoever explained it, nor passed on or sent back by whom it is about', async () => {
    const id = await world.hit({ personId: null });
    await lead(world, id, 'explaining');
    await world.act('head', id, 'explain', { explanationReason: 'oversight', explanation: '疏忽未及时移交。' });
    expect((await world.refused(world.act('head', id, 'sign_off'))).code).to.equal('finding.own-explanation');

    const own = await world.hit({ personId: idOf('head') });
    await lead(world, own, 'explaining');
    expect((await world.refused(world.act('head', own, 'assign', { person: idOf('officer') }))).code).to.equal(
      'finding.about-yourself',
    );
  });

  it('keeps whoever changed a fact from confirming the change', async () => {
    const id = await world.hit();
    await world.as(system, (uow) =>
      recordSteps(uow, registry, [
        {
          type: 'finding',
          subject: id,
          verb: 'mark_facts_changed',
          occurredAt: world.clock.now(),
          facts: { factsChange: {}, factsChangedAt: world.clock.now(), factsChangedBy: idOf('head') },
        },
      ]),
    );

    const told = await world.refused(world.act('head', id, 'confirm_facts', { factsConfirmation: '属实' }));

    expect(told.code).to.equal('finding.own-change');
    const another: Actor = { ...actorOf('legalOfficer'), role: 'unit-head', roles: ['unit-head'] };
    const done = await world.as(another, (uow) =>
      perform(uow, registry, { id, verb: 'confirm_facts', facts: { factsConfirmation: '属实' } }),
    );
    expect(done).to.not.be.instanceOf(Problem);
  });
});
