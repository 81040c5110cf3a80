import { expect } from 'chai';
import { readTodos } from '../../server/findings/todos.ts';
import { withClient } from '../../server/kernel/roles.ts';
import type { Actor, Post } from '../../server/kernel/unit-of-work.ts';
import { actorOf, lead, type Name, openWorld, registry, type World } from './world.ts';

describe('to-dos', function () {
  this.timeout(40_000);
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.db.drop());

  const signedIn = (who: Name): Actor => {
    const actor = actorOf(who);
    const unitId = actor.unitId ?? 0;
    const bureau: Post['bureau'] = unitId === 2 ? 'all' : unitId === 21 ? [20, 21] : [10, 11, 16];
    return { ...actor, posts: [{ role: actor.role, unitId, subtree: [unitId], bureau }] };
  };
  const todos = (who: Name) => world.as(signedIn(who), (uow) => readTodos(uow, { registry, verbs: {} }));

  it('are cut after they are mine: six hundred more urgent findings of others hide none of them', async () => {
    const [mine, others] = [await world.hit(), await world.hit()];
    await lead(world, mine, 'judging');
    await lead(world, others, 'explaining');
    // the same finding again and again, in a state that waits for somebody else, and more urgent than mine
    await withClient(world.db.superUrl, async (client) => {
      const { rows } = await client.query<{ names: string }>(
        `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
          WHERE table_name = 'finding' AND column_name NOT IN ('id', 'occurrence', 'number', 'due_at')`,
      );
      const names = rows[0]?.names ?? '';
      await client.query(
        `INSERT INTO finding (id, occurrence, number, due_at, ${names})
         SELECT gen_random_uuid(), gen_random_uuid(), 'X' || n, '2026-01-01Z', ${names} FROM finding, generate_series(1, 600) n WHERE id = $1`,
        [others],
      );
    });

    const found = await todos('reviewer');

    expect(found.map(({ id, kind }) => [id, kind])).to.deep.equal([[mine, 'judge']]);
    expect(await todos('officer'), 'as many as anybody reads').to.have.length(500);
  });

  it('of the city are what was given to it by name, however much waits in the counties', async () => {
    expect(await todos('city')).to.deep.equal([]);
  });
});
