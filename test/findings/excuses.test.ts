import { expect } from 'chai';
import { noOccurrence } from '../../server/kernel/id.ts';
import { idOf, lead, openWorld, type World } from './world.ts';

describe('an excuse', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.db.drop());

  const excusesOf = (subject: string) =>
    world.rows<{ reason: string; exception: boolean }>(
      'SELECT reason, exception_id IS NOT NULL AS exception FROM excuse WHERE subject_id = $1',
      [subject],
    );

  it('goes with the decision that gave it, and leaves those of an exception granted from the same finding', async () => {
    const [first, second] = [await world.item(), await world.item()];
    const id = await world.hit({ subjectId: first });
    await lead(world, id, 'judging');
    await world.act('reviewer', id, 'judge', { verdict: 'not_confirmed', opinion: '保管室改造，暂无法入库' });
    await world.act('legalHead', id, 'grant_exception', {
      exceptionScope: 'unit',
      exceptionUntil: '2026-12-20T00:00:00Z',
      exceptionReason: '保管室改造',
      exceptionOwner: idOf('head'),
    });
    expect(await world.hit({ subjectId: second, dueAt: world.clock.now() })).to.equal('');
    expect(await excusesOf(second)).to.deep.equal([{ reason: '保管室改造', exception: true }]);

    await world.act('legalHead', id, 'reopen', { returnedTo: 'judging', returnReason: '有新的证据' });

    expect(await excusesOf(first)).to.deep.equal([]);
    expect(await excusesOf(second)).to.deep.equal([{ reason: '保管室改造', exception: true }]);
    const [granted] = await world.rows<{ at_unit: number; granted_by: number }>(
      'SELECT at_unit, granted_by FROM exception',
    );
    expect(granted).to.deep.equal({ at_unit: 16, granted_by: idOf('legalHead') });
  });

  it('holds by the due time of the duty, whenever the duty is found broken', async () => {
    await world.rows(
      `INSERT INTO exception (id, rule_id, scope, person_id, owner_id, reason, from_at, until, granted_by, at_unit)
       VALUES ($1, 1, 'person', 2, 4, '抽调专班', '2026-11-23T00:00:00Z', '2026-11-23T02:00:00Z', 8, 16)`,
      [noOccurrence],
    );
    world.clock.set('2026-11-23T02:00:20Z');

    const inTime = await world.hit({ personId: 2, unitId: 10, dueAt: new Date('2026-11-23T01:59:00Z') });
    const afterwards = await world.hit({ personId: 2, unitId: 10, dueAt: new Date('2026-11-23T02:00:10Z') });

    expect(inTime, 'due under the exception, found twenty seconds after its end').to.equal('');
    expect(afterwards).to.not.equal('');
  });
});
