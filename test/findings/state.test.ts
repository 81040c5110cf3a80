import { expect } from 'chai';
import { finding } from '../../server/findings/finding.ts';
import { wholeRow } from '../../server/subjects/fold.ts';
import { columnOf, tableOf } from '../../server/subjects/registry.ts';
import { foldAll, type StoredStep } from '../../server/subjects/state.ts';
import { idOf, lead, openWorld, registry, type World } from './world.ts';

describe('the state row of a finding', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.db.drop());

  it('has a column for each fact of the declaration', async () => {
    const rows = await world.rows<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'finding'`,
    );
    const declared = Object.entries(finding.facts).map(([name, fact]) => columnOf(name, fact));
    expect(rows.map((row) => row.name)).to.have.members([
      'id',
      'version',
      'created_at',
      'updated_at',
      'source_row',
      ...declared,
    ]);
  });

  it('is what its steps say, whatever way it went', async () => {
    const closed = await world.hit();
    await lead(world, closed, 'closed');
    const around = await world.hit({ severity: 1 });
    await lead(world, around, 'rectifying');
    await world.act('head', around, 'object', { objection: '有异议' });
    await world.act('second', around, 're_review', { reReview: 'changed', reReviewOpinion: '变更', verdict: 'partly' });
    await world.act('manager', around, 'return', { returnedTo: 'explaining', returnReason: '补充' });
    await world.act('manager', around, 'suspend', { suspendReason: '住院', suspendUntil: '2026-12-20T00:00:00Z' });
    await world.act('manager', around, 'resume');
    await world.act('head', around, 'assign', { person: idOf('other') });

    for (const id of [closed, around]) {
      const steps = await world.rows<StoredStep>(
        'SELECT id, subject_type, subject_id, part_id, seq, verb, facts, replaces FROM step WHERE subject_id = $1',
        [id],
      );
      const [folded] = [...foldAll(registry, steps).values()];
      expect(wholeRow(tableOf(finding), folded?.[2] ?? {})).to.deep.equal((await world.read(id)).finding);
    }
  });
});
