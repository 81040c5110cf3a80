import { expect } from 'chai';
import { finding } from '../../server/findings/finding.ts';
import { independentReviewers } from '../../server/findings/independence.ts';
import { abilitiesOf } from '../../server/findings/loop.ts';
import { newId } from '../../server/kernel/id.ts';
import { withClient } from '../../server/kernel/roles.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { actorOf, idOf, lead, openWorld, registry, system, type World } from './world.ts';

/** A case that the legal office reviewed and whose item became a finding. */
async function reviewedCase(world: World): Promise<string> {
  const caseId = newId(world.clock.now());
  const at = new Date(world.clock.now().getTime() - 86_400_000);
  await world.as(actorOf('other'), (uow) =>
    recordSteps(uow, registry, [
      {
        type: 'case',
        subject: caseId,
        verb: 'report',
        occurredAt: at,
        facts: { number: `A${caseId}`, kind: 'public_order', unit: 16, lead: 2 },
      },
    ]),
  );
  await world.as(actorOf('reviewer'), (uow) =>
    recordSteps(uow, registry, [
      { type: 'case', subject: caseId, verb: 'review', occurredAt: at, facts: { legalReview: 'agreed' } },
    ]),
  );
  return caseId;
}

describe('independence of those who decide', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.db.drop());

  it('makes parties of everybody whom the subject and its case name and of those who recorded their steps', async () => {
    const caseId = await reviewedCase(world);
    const item = await world.item();
    await world.as(actorOf('officer'), (uow) =>
      recordSteps(uow, registry, [
        { type: 'item', subject: item, verb: 'link_case', occurredAt: world.clock.now(), facts: { case: caseId } },
      ]),
    );
    const id = await world.hit({ subjectId: item });

    const rows = await world.rows<{ person_id: number; part: string }>(
      'SELECT person_id, part FROM finding_party WHERE finding_id = $1 ORDER BY 1, 2',
      [id],
    );
    expect(rows).to.deep.equal([
      { person_id: idOf('officer'), part: 'handler' },
      { person_id: idOf('other'), part: 'handler' },
      { person_id: idOf('reviewer'), part: 'reviewer' },
    ]);
  });

  it('keeps the reviewer of the case from judging, and another one judges', async () => {
    const caseId = await reviewedCase(world);
    const id = await world.hit({ subjectType: 'case', subjectId: caseId });
    await lead(world, id, 'judging');
    const verdict = { verdict: 'confirmed', opinion: '问题成立', rectifyHow: ['filing'] };

    const problem = await world.refused(world.act('reviewer', id, 'judge', verdict));
    expect(problem).to.include({ status: 403, code: 'finding.reviewer-is-concerned' });
    expect(problem.zh).to.contain('审核人').and.contain('回避');
    expect(await world.as(actorOf('reviewer'), async (uow) => abilitiesOf(uow, await world.read(id)))).to.not.include(
      'judge',
    );
    const left = await world.as(actorOf('legalHead'), (uow) =>
      independentReviewers(uow, id, ['legal-reviewer', 'legal-head']),
    );
    expect(left.map((one) => one.name)).to.deep.equal(['杨帆', '黄磊', '吴强']);

    await world.act('second', id, 'judge', verdict);
    expect((await world.read(id)).finding.judge).to.equal(idOf('second'));
  });

  it('refuses it in the database too: a step of a decision, a name on the verdict, a party taken away', async () => {
    const caseId = await reviewedCase(world);
    const id = await world.hit({ subjectType: 'case', subjectId: caseId });
    await lead(world, id, 'judging');
    const decide = (verb: string, person: number) =>
      world.rows(
        `INSERT INTO step (id, subject_type, subject_id, seq, verb, occurred_at, recorded_at, facts, person_id, person_name, role_name, unit_name)
         VALUES ($1, 20, $2, 900, $3, now(), now(), '{}', $4, '', '', '')`,
        [newId(world.clock.now()), id, finding.steps[verb]?.code, person],
      );
    for (const verb of ['screen', 'judge', 'recheck', 'close', 're_review', 'grant_exception']) {
      expect(await sqlState(decide(verb, idOf('reviewer'))), verb).to.equal('MJ403');
    }
    expect(
      await sqlState(world.rows('UPDATE finding SET judge_id = $2 WHERE id = $1', [id, idOf('reviewer')])),
    ).to.equal('MJ403');
    expect(await sqlState(world.rows('DELETE FROM finding_party WHERE finding_id = $1', [id]))).to.equal('42501');
    expect(
      await sqlState(
        withClient(world.db.url, (client) =>
          client.query('UPDATE finding_party SET person_id = 2 WHERE finding_id = $1', [id]),
        ),
      ),
    ).to.equal('42501');

    // the control: somebody else passes
    expect(await sqlState(decide('judge', idOf('second')))).to.equal('');
  });

  it('covers every verb that decides in the trigger', async () => {
    const [row] = await world.rows<{ definition: string }>(
      `SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE tgname = 'step_independence'`,
    );
    const { transitions } = await import('../../server/findings/finding.ts');
    const codes = Object.values(transitions).flatMap((one) =>
      'decides' in one && one.decides === true ? [one.code] : [],
    );
    expect(row?.definition).to.match(new RegExp(`\\{?${codes.join(',\\s*')}`));
    // what an office returns; a unit head returns an explanation to its author
    expect(row?.definition).to.match(/verb = 11\b.*role_name <> 'unit-head'/);
  });

  it('makes whoever explains, signs off or rectifies a party as well', async () => {
    const id = await world.hit();
    await lead(world, id, 'rechecking');
    const rows = await world.rows<{ person_id: number }>(
      `SELECT person_id FROM finding_party WHERE finding_id = $1 AND part = 'named' ORDER BY 1`,
      [id],
    );
    expect(rows.map((row) => row.person_id)).to.deep.equal([idOf('officer'), idOf('head')]);
    expect(system.personId).to.equal(null);
  });
});

async function sqlState(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
