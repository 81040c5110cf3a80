import { expect } from 'chai';
import { readChain } from '../../server/figures/chain.ts';
import { readToday } from '../../server/figures/today.ts';
import { escalate } from '../../server/findings/escalation.ts';
import { newId } from '../../server/kernel/id.ts';
import { sweep } from '../../server/rules/sweep.ts';
import { recordSteps, type StepInput } from '../../server/subjects/record.ts';
import { actorOf, idOf, lead, openWorld, registry, type World } from './world.ts';

/** The stolen e-bike: fed back as a dispute, no case, a phone not handed over, the camera silent after the arrival. */
describe('the story of the stolen e-bike, judged by the shipped rules', () => {
  let world: World;
  const alarm = '019aa000-0000-7000-8000-000000000001';
  const item = '019aa000-0000-7000-8000-000000000002';
  const at = (time: string) => new Date(`2026-11-21T${time}+08:00`);
  const findings = async () =>
    new Map(
      (await world.rows<{ rule: string; id: string }>('SELECT rule, id FROM finding ORDER BY rule')).map((row) => [
        row.rule,
        row.id,
      ]),
    );
  const record = (batch: StepInput[]) => world.as(actorOf('officer'), (uow) => recordSteps(uow, registry, batch));
  const pass = async (to: string) => {
    world.clock.set(to);
    await sweep(world.runtime, registry);
  };
  const duty = async (rule: string) =>
    (
      await world.rows<{ verdict: number; due_at: Date; met_at: Date | null }>(
        'SELECT o.* FROM obligation o JOIN rule r ON r.id = o.rule_id WHERE r.code = $1 AND o.verdict <> 1',
        [rule],
      )
    )[0];

  before(async function () {
    this.timeout(60_000);
    world = await openWorld({ engine: true });
    world.clock.set(at('22:10'));
    const dispatch = newId(at('21:11'));
    await record([
      {
        type: 'alarm',
        subject: alarm,
        verb: 'receive',
        occurredAt: at('21:10'),
        facts: {
          number: '990102000000202611210187',
          channel: 'call_110',
          unit: 16,
          intakeCategory: 'public_order',
          topic: '电动自行车被盗',
          priority: 'normal',
          area: 'urban',
          caller: '王小明',
          place: '北门路12号',
          receivedBy: 2,
        },
      },
      {
        type: 'alarm',
        subject: alarm,
        verb: 'dispatch',
        part: dispatch,
        occurredAt: at('21:11'),
        facts: { unit: 16, officer: 1 },
      },
      { type: 'alarm', subject: alarm, verb: 'arrive', part: dispatch, occurredAt: at('21:18') },
      {
        type: 'recording',
        subject: newId(at('21:32')),
        verb: 'register',
        occurredAt: at('21:32'),
        facts: {
          number: 'BWC-1',
          source: 'camera',
          wearer: 1,
          unit: 16,
          endedAt: at('22:05'),
          uploadedAt: at('22:08'),
        },
      },
      {
        type: 'item',
        subject: item,
        verb: 'take',
        occurredAt: at('21:40'),
        facts: {
          number: 'WH-涉财-2026-000001',
          unit: 16,
          how: 'registered',
          kind: 'phone',
          name: '手机1部',
          takenBy: 1,
          alarm,
          administrative: true,
        },
      },
      {
        type: 'item',
        subject: item,
        verb: 'list',
        occurredAt: at('21:45'),
        facts: { listNumber: 'QD-1', listCopies: 2, signedByHolder: true, witness: '李某' },
      },
      { type: 'alarm', subject: alarm, verb: 'handle', part: dispatch, occurredAt: at('22:05') },
      { type: 'alarm', subject: alarm, verb: 'feed_back', part: dispatch, occurredAt: at('22:06') },
      {
        type: 'alarm',
        subject: alarm,
        verb: 'dispose',
        occurredAt: at('22:05'),
        facts: { disposition: 'settled', feedbackCategory: 'dispute' },
      },
    ]);
  });
  after(() => world.db.drop());

  it('raises three findings by the time alone, each with one official sentence', async () => {
    // the lesser category shows at once; it becomes part of the greater matter when no case follows
    expect([...(await findings()).keys()]).to.deep.equal(['ALM-10']);
    await pass('2026-11-22T18:06:00+08:00');
    expect([...(await findings()).keys()]).to.deep.equal(['ALM-10']);
    const told = await world.rows<{ person_id: number; zh: string }>(
      `SELECT person_id, text ->> 'zh' AS zh FROM notice WHERE cause LIKE 'due %' ORDER BY 2, 1`,
    );
    expect(told).to.deep.include({
      person_id: idOf('officer'),
      zh: '临期预警：涉案财物移交保管超时，应于11-22 21:40前办理',
    });
    expect(told.map((one) => one.person_id)).to.include(idOf('legalOfficer'));

    await pass('2026-11-22T22:10:00+08:00');

    const raised = await findings();
    expect([...raised.keys()]).to.include.members(['ALM-09', 'BWC-02', 'PRO-01']);
    expect((await world.read(raised.get('ALM-10') ?? '')).finding.state).to.equal('merged');
    const { finding } = await world.read(raised.get('ALM-09') ?? '');
    expect(finding).to.include({ severity: 'serious', unit: 16, person: 1, subjectType: 'alarm', department: 'legal' });
    expect(finding.sentence).to.contain('电动自行车被盗').and.contain('反馈类别为“纠纷”');
    expect((await world.read(raised.get('BWC-02') ?? '')).finding.department).to.equal('inspection');
    await sweep(world.runtime, registry);
    expect(await findings()).to.deep.equal(raised);
  });

  it('shows the chain with its three holes and who owes them', async () => {
    const chain = await world.as(
      {
        ...actorOf('manager'),
        posts: [{ role: 'case-management-officer', unitId: 11, subtree: [11], bureau: [10, 11, 16] }],
      },
      (uow) => readChain(uow, registry, { type: 'alarm', id: alarm }),
    );
    expect(chain.nodes.map((node) => node.type)).to.deep.equal(['alarm', 'item', 'recording']);
    expect(chain.nodes[0]).to.include({ title: '电动自行车被盗', unit: '北门所', state: '现场处置完毕' });
    expect(chain.holes.map((hole) => [hole.type, hole.rule, hole.unit, hole.person])).to.have.deep.members([
      ['case', 'ALM-09', '北门所', '张建国'],
      ['item', 'PRO-01', '北门所', '张建国'],
      ['recording', 'BWC-02', '北门所', '张建国'],
    ]);
    expect(chain.holes.every((hole) => hole.findingId !== null && hole.sentence !== null)).to.equal(true);
  });

  it('excuses the camera duty by the verdict, and the rate moves by itself', async () => {
    const id = (await findings()).get('BWC-02') ?? '';
    expect(await duty('BWC-02')).to.include({ verdict: 4 });
    await lead(world, id, 'judging');
    await world.act('reviewer', id, 'judge', { verdict: 'not_confirmed', opinion: '执法记录仪故障，说明属实' });

    expect(await duty('BWC-02')).to.include({ verdict: 5 });
    expect((await world.read(id)).finding).to.include({ state: 'dismissed', factsChangedAt: null });
    await world.act('legalHead', id, 'reopen', { returnedTo: 'judging', returnReason: '复看录像' });
    expect(await duty('BWC-02')).to.include({ verdict: 4 });
    await world.act('reviewer', id, 'judge', { verdict: 'not_confirmed', opinion: '维持原意见' });
    expect(await duty('BWC-02')).to.include({ verdict: 5 });
  });

  it('re-reads the fact when the phone is handed over, and closes with it', async () => {
    const id = (await findings()).get('PRO-01') ?? '';
    await lead(world, id, 'rectifying');
    await pass('2026-11-23T16:20:00+08:00');
    await record([
      {
        type: 'item',
        subject: item,
        verb: 'hand_over',
        occurredAt: world.clock.now(),
        facts: { custodian: 2, storeroom: 'centre' },
      },
    ]);
    await world.act('officer', id, 'rectify', {
      rectifiedHow: ['procedure'],
      rectification: '已移交涉案财物管理中心',
      notBackDated: true,
    });
    const { finding } = await world.act('manager', id, 'recheck', { recheckPassed: true });

    expect(finding.systemRecheck).to.equal(
      '系统复核：涉案财物WH-涉财-2026-000001已于2026年11月23日16时20分登记“移交保管”，逾期办结。',
    );
    await world.act('manager', id, 'close');
    expect((await world.read(id)).finding).to.include({ state: 'closed', factsChangedAt: null });
    expect(await duty('PRO-01')).to.include({ verdict: 3 });
  });

  it('marks the facts changed when a correction makes the duty met, and withdraws nothing', async () => {
    const id = (await findings()).get('ALM-09') ?? '';
    await lead(world, id, 'issued');
    await record([
      {
        type: 'alarm',
        subject: alarm,
        verb: 'state_no_case',
        occurredAt: at('22:30'),
        facts: { noCaseReason: 'no_facts' },
      },
    ]);
    expect((await world.read(id)).finding).to.include({ state: 'issued' });
    expect((await world.read(id)).finding.factsChange).to.have.nested.property('before.verdict', 4);
    await world.act('head', id, 'confirm_facts', { factsConfirmation: '当晚已告知，补登记' });
    expect(await world.rows('SELECT 1 FROM step WHERE subject_id = $1 AND verb = 28', [id])).to.have.length(1);
  });

  it('proposes a reminder after one day over, an order after three, a listed order after seven, once each', async () => {
    const id = (await findings()).get('ALM-09') ?? '';
    const due = (await world.read(id)).finding.dueAt;
    const daysOver = (days: number) => new Date(Date.parse(String(due)) + days * 86_400_000);
    const levels = async () =>
      (
        await world.rows<{ level: string }>(
          'SELECT level FROM escalation WHERE finding_id = $1 ORDER BY proposed_at, level',
          [id],
        )
      ).map((row) => row.level);
    world.clock.set(daysOver(0.9));
    await escalate(world.runtime);
    expect(await levels()).to.deep.equal([]);
    world.clock.set(daysOver(1));
    await escalate(world.runtime);
    expect(await escalate(world.runtime)).to.equal(0);
    expect(await levels()).to.deep.equal(['urge']);
    await world.act('manager', id, 'urge', { escalationNote: '请于今日签收' });
    world.clock.set(daysOver(7.1));
    await escalate(world.runtime);
    expect(await levels()).to.deep.equal(['urge', 'list', 'supervise']);
    expect(
      await world.rows('SELECT 1 FROM escalation WHERE finding_id = $1 AND settled_at IS NULL', [id]),
    ).to.have.length(2);
    const told = await world.rows<{ person_id: number }>(
      `SELECT person_id FROM notice WHERE link = $1 AND text ->> 'zh' LIKE '%挂牌%'`,
      [`/findings/${id}`],
    );
    expect(told.map((row) => row.person_id)).to.deep.equal([idOf('leader')]);
  });

  it('adds up the day of the station', async () => {
    const head = {
      ...actorOf('head'),
      posts: [{ role: 'unit-head', unitId: 16, subtree: [16], bureau: [10, 11, 16] }],
    };
    world.clock.set('2026-11-28T09:00:00+08:00');
    const today = await world.as(head, (uow) => readToday(uow, { registry }, 16));
    expect(today.rate).to.include({ late: 1 });
    expect(today.counters.find((one) => one.key === 'issued')).to.include({ count: 1, overdue: 1 });
  });
});
