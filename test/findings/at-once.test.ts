import { expect } from 'chai';
import { perform } from '../../server/findings/loop.ts';
import { judgeEverything, startRun } from '../../server/rules/everything.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { meet } from '../trials/meeting.ts';
import { actorOf, lead, openWorld, registry, system, type World } from './world.ts';

describe('An act on a finding and a step on its record', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await openWorld({ engine: true });
  });
  after(() => world.db.drop());

  const duties = () =>
    world.rows(
      'SELECT version_id, subject_id, occurrence, verdict, due_at, met_at FROM obligation ORDER BY subject_id, version_id, occurrence',
    );

  it('at once never stand in each other’s way, and each is judged by what the other wrote', async () => {
    for (const first of [0, 1]) {
      const subjectId = await world.item();
      const [found] = await world.rows<{ id: string }>(
        `SELECT id FROM finding WHERE subject_id = $1 AND rule = 'PRO-01'`,
        [subjectId],
      );
      const id = found!.id;
      await lead(world, id, 'judging');
      const tries = [0, 0];
      const meeting = meet(world.db.database);
      const decide = world.as(actorOf('reviewer'), async (uow) => {
        tries[0]! += 1;
        await meeting.begin(uow, 0);
        if (first === 1) await meeting.wait(0);
        const facts = { verdict: 'not_confirmed', opinion: '说明成立', rectifyHow: ['reminder'] };
        await perform(uow, registry, { id, verb: 'judge', facts });
        await meeting.wait(0);
      });
      const record = world.as(system, async (uow) => {
        tries[1]! += 1;
        await meeting.begin(uow, 1);
        if (first === 0) await meeting.wait(1);
        await recordSteps(uow, registry, [
          { type: 'item', subject: subjectId, verb: 'hand_over', occurredAt: uow.now, facts: {} },
        ]);
        await meeting.wait(1);
      });
      await Promise.all([decide.finally(() => meeting.leave(0)), record.finally(() => meeting.leave(1))]);

      expect(tries, 'nobody was undone').to.deep.equal([1, 1]);
      expect((await world.read(id)).finding.state).to.equal('dismissed');
    }
    const before = await duties();
    const run = await world.as(system, (uow) => startRun(uow, registry, '核对'));
    await judgeEverything(world.runtime, registry, run);
    expect(await duties()).to.deep.equal(before);
  });
});
