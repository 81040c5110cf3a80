import { expect } from 'chai';
import { openEngine } from '../../server/engine.ts';
import { remind } from '../../server/findings/reminders.ts';
import { newId } from '../../server/kernel/id.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { sweep, systemActor } from '../../server/rules/sweep.ts';
import { recordSteps, type StepInput } from '../../server/subjects/record.ts';
import { signIn, type TestApi, testApi } from '../support/http.ts';

const hour = 3_600_000;

describe('What keeps rules from flooding people', () => {
  let api: TestApi;
  before(async () => {
    api = await testApi({ engine: true });
  });
  after(() => api.close());

  // the clock moves by days: nobody stays signed in
  const as = (login: string) => signIn(api.url, login);
  let serial = 0;
  /** A seized phone: PRO-01 gives it 24 hours to reach the custodian. */
  const item = async (more: Record<string, unknown> = {}, type = 'item'): Promise<string> => {
    const subject = newId(api.clock.now());
    serial += 1;
    const step: StepInput = {
      type,
      subject,
      verb: 'take',
      occurredAt: api.clock.now(),
      facts: {
        number: `WH-涉财-2026-9${serial}`,
        unit: 16,
        how: 'seized',
        kind: 'phone',
        name: '手机',
        takenBy: 1,
        ...more,
      },
    };
    await inUnitOfWork(api.app.runtime, systemActor, (uow) => recordSteps(uow, api.app.registry, [step]), {
      as: 'engine',
    });
    return subject;
  };
  const rows = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    inUnitOfWork(api.app.runtime, systemActor, (uow) => uow.sql<Row>(text, values), { as: 'engine' });
  const verdictOf = async (rule: string, id: string): Promise<number | undefined> =>
    (
      await rows<{ verdict: number }>(
        'SELECT o.verdict FROM obligation o JOIN rule r ON r.id = o.rule_id WHERE r.code = $1 AND o.subject_id = $2',
        [rule, id],
      )
    )[0]?.verdict;
  const findingsOf = (id: string, rule: string) =>
    rows<{ id: string }>('SELECT id FROM finding WHERE subject_id = $1 AND rule = $2', [id, rule]);
  const later = async (ms: number): Promise<void> => {
    api.clock.pass(ms);
    await sweep(api.app.runtime, api.app.registry);
  };
  const until = (ms: number): string => new Date(api.clock.now().getTime() + ms).toISOString();

  it('an exception granted beforehand excuses what it covers, until a person ends it', async () => {
    const head = await as('fazhizhang');
    const covered = await item();
    const granted = await head.post('/exceptions', {
      rule: 'PRO-01',
      scope: 'unit',
      unitId: 16,
      ownerId: 5,
      reason: '保管室改造期间暂存分局中心',
      until: until(10 * 24 * hour),
    });
    expect(granted.status, JSON.stringify(granted.body)).to.equal(201);

    await later(25 * hour);
    expect(await verdictOf('PRO-01', covered)).to.equal(5);
    expect(await findingsOf(covered, 'PRO-01')).to.deep.equal([]);
    const again = await as('fazhizhang');
    const listed = await again.get('/exceptions');
    expect(listed.body[0]).to.include({ rule: 'PRO-01', scope: 'unit', unitName: '北门派出所', excused: 1 });

    expect((await again.post(`/exceptions/${granted.body.id}/end`, { reason: '改造完成' })).status).to.equal(200);
    expect((await again.post(`/exceptions/${granted.body.id}/end`, { reason: '再次' })).status).to.equal(409);
    const open = await item();
    await later(25 * hour);
    expect(await verdictOf('PRO-01', open)).to.equal(4);
    expect(await findingsOf(open, 'PRO-01')).to.have.length(1);
  });

  it('an exception names a rule, somebody who answers for it, and an end within a year', async () => {
    const head = await as('fazhizhang');
    const good = { rule: 'PRO-01', scope: 'unit', unitId: 16, ownerId: 5, reason: '暂存分局中心', until: until(hour) };
    for (const [field, wrong] of [
      ['rule', { rule: 'XXX-99' }],
      ['unitId', { unitId: null }],
      ['ownerId', { ownerId: 99_999 }],
      ['until', { until: until(-hour) }],
      ['until', { until: until(400 * 24 * hour) }],
      ['subjectNumber', { scope: 'subject', subjectNumber: '没有这件' }],
    ] as const) {
      const answer = await head.post('/exceptions', { ...good, ...wrong });
      expect(answer.status, field).to.equal(422);
      expect(answer.body.fields[0].path).to.equal(`body.${field}`);
    }
    expect((await (await as('chujing')).post('/exceptions', good)).status).to.equal(403);
    const elsewhere = await (await as('fazhizhang')).post('/exceptions', { ...good, unitId: 22 });
    expect(elsewhere.status).to.equal(404);
  });

  it('an emergency mode excuses what falls due in it under the number of its order, and nothing after its end', async () => {
    const head = await as('fazhizhang');
    const inside = await item();
    const declared = await head.post('/emergencies', {
      orderNumber: '望公安保〔2026〕7号',
      reason: '重大活动安保',
      units: [10],
      rules: ['PRO'],
      fromAt: until(0),
      until: until(30 * hour),
    });
    expect(declared.status, JSON.stringify(declared.body)).to.equal(201);
    await later(10 * hour);
    const outside = await item();
    await later(25 * hour);

    expect(await verdictOf('PRO-01', inside)).to.equal(5);
    expect(await verdictOf('PRO-01', outside)).to.equal(4);
    const [excuse] = await rows<{ reason: string }>('SELECT reason FROM excuse WHERE subject_id = $1', [inside]);
    expect(excuse?.reason).to.equal('应急模式 望公安保〔2026〕7号');
    const after = await as('fazhizhang');
    expect((await after.get('/emergencies')).body[0]).to.include({ orderNumber: '望公安保〔2026〕7号' });
    const again = await after.post('/emergencies', {
      orderNumber: '望公安保〔2026〕7号',
      reason: '重复',
      units: [10],
      rules: ['ALM-03'],
      fromAt: until(0),
      until: until(hour),
    });
    expect(again.status).to.equal(409);
  });

  it('what ends, ends once, however many end it at the same moment', async () => {
    const head = await as('fazhizhang');
    const granted = await head.post('/exceptions', {
      rule: 'PRO-01',
      scope: 'unit',
      unitId: 16,
      ownerId: 5,
      reason: '保管室改造期间暂存',
      until: until(24 * hour),
    });
    const declared = await head.post('/emergencies', {
      orderNumber: '望公安保〔2026〕11号',
      reason: '重大活动安保',
      units: [10],
      rules: ['ALM-03'],
      fromAt: until(0),
      until: until(hour),
    });
    const manager = await as('anguan');
    const atOnce = async (post: () => Promise<{ status: number }>): Promise<number[]> =>
      (await Promise.all(Array.from({ length: 6 }, post))).map(({ status }) => status).sort();
    const reason = '提前结束';
    const stop = { unitId: 17, at: until(0), reason: '采集站故障' };
    for (const [what, post] of [
      ['exception', () => head.post(`/exceptions/${granted.body.id}/end`, { reason })],
      ['emergency', () => head.post(`/emergencies/${declared.body.id}/end`, { reason })],
      ['outage', () => manager.post('/feeds/camera_dock/stop', stop)],
      ['outage over', () => manager.post('/feeds/camera_dock/resume', { unitId: 17, at: until(0) })],
    ] as const)
      expect(await atOnce(post), what).to.deep.equal([200, 409, 409, 409, 409, 409]);
  });

  it('what excuses the past waits for a second person, who learns whom it spares', async () => {
    const broken = await item();
    await later(25 * hour);
    expect(await verdictOf('PRO-01', broken)).to.equal(4);
    const past = {
      orderNumber: '望公安保〔2026〕9号',
      reason: '追认安保期间',
      units: [10],
      rules: ['PRO'],
      fromAt: until(-30 * hour),
      until: until(hour),
    };
    const declared = await (await as('lingdao')).post('/emergencies', past);
    expect([declared.status, declared.body.waits], JSON.stringify(declared.body)).to.deep.equal([201, true]);
    /** How many of those who may release it were told. */
    const heard = async (cause: string): Promise<number> =>
      (await rows('SELECT person_id FROM notice WHERE cause LIKE $1', [`${cause} %`])).length;
    expect(await heard(`emergency ${declared.body.id}`)).to.be.greaterThan(0);
    const judge = () =>
      inUnitOfWork(api.app.runtime, systemActor, async (uow) => uow.changed([{ type: 'item', id: broken }]), {
        as: 'engine',
      });
    await judge();
    expect(await verdictOf('PRO-01', broken), 'nothing before it is released').to.equal(4);
    const own = await (await as('lingdao')).post(`/emergencies/${declared.body.id}/release`, { reason: '同意' });
    expect([own.status, own.body.code]).to.deep.equal([403, 'release.own']);
    const released = await (await as('fazhizhang')).post(`/emergencies/${declared.body.id}/release`, {
      reason: '属实',
    });
    expect(released.status, JSON.stringify(released.body)).to.equal(200);
    expect(released.body.spared.duties).to.be.greaterThan(0);

    const manager = await as('anguan');
    const asked = await manager.post('/feeds/camera_dock/stop', {
      unitId: 16,
      at: until(-48 * hour),
      reason: '采集站故障',
    });
    expect([asked.status, asked.body.stopped], JSON.stringify(asked.body)).to.deep.equal([202, false]);
    expect(await heard(`feed request ${asked.body.request}`)).to.be.greaterThan(0);
    const request = `/feeds/requests/${asked.body.request}/release`;
    expect((await manager.post(request, { reason: '同意' })).status, 'not by whoever asked').to.equal(403);
    const done = await (await as('fazhizhang')).post(request, { reason: '已核实维修单' });
    expect([done.status, done.body.stopped], JSON.stringify(done.body)).to.deep.equal([200, true]);
    expect((await (await as('fazhizhang')).post(request, { reason: '再次' })).status).to.equal(409);
  });

  it('more flaws of a rule than the daily cap go into the weekly list, from where a person takes one up', async () => {
    await rows(
      `INSERT INTO setting (key, value) VALUES ('daily-cap', '2') ON CONFLICT (key) DO UPDATE SET value = '2'`,
    );
    // ALM-01 is a flaw: the main facts of these alarms are missing
    const alarms: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      const subject = newId(api.clock.now());
      serial += 1;
      await inUnitOfWork(
        api.app.runtime,
        systemActor,
        (uow) =>
          recordSteps(uow, api.app.registry, [
            {
              type: 'alarm',
              subject,
              verb: 'receive',
              occurredAt: api.clock.now(),
              facts: { number: `9901020000002026112300${100 + serial}`, unit: 16, channel: 'call_110', receivedBy: 14 },
            },
          ]),
        { as: 'engine' },
      );
      alarms.push(subject);
    }
    await later(26 * hour);
    const raised = await Promise.all(alarms.map((id) => findingsOf(id, 'ALM-01')));
    expect(raised.filter((found) => found.length > 0)).to.have.length(2);

    const manager = await as('anguan');
    const { body: listed } = await manager.get('/weekly');
    expect(listed).to.have.length(2);
    expect(listed[0]).to.include({ rule: 'ALM-01', unitName: '北门派出所', findingId: null });
    const { rule, subjectId, occurrence } = listed[0];
    const taken = await manager.post('/weekly/take', { rule, subjectId, occurrence });
    expect(taken.status, JSON.stringify(taken.body)).to.equal(200);
    expect(await findingsOf(subjectId, 'ALM-01')).to.have.length(1);
    expect((await manager.post('/weekly/take', { rule, subjectId, occurrence })).status).to.equal(409);

    const { subjectId: healed, occurrence: duty } = listed[1];
    await rows('UPDATE obligation SET verdict = 2 WHERE subject_id = $1', [healed]);
    const { body: then } = await manager.get('/weekly');
    expect(then.map((one: { healed: boolean }) => one.healed).sort()).to.deep.equal([false, true]);
    const refused = await manager.post('/weekly/take', { rule, subjectId: healed, occurrence: duty });
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'weekly.healed']);
    expect(await findingsOf(healed, 'ALM-01')).to.have.length(0);
    await rows(`DELETE FROM setting WHERE key = 'daily-cap'`);
  });

  it('reminds the people named for the rule so long before the due time, once', async () => {
    const head = await as('fazhizhang');
    const set = { rule: 'PRO-01', unitId: null, level: 3, lead: 120, roles: ['unit-head'] };
    expect((await head.put('/reminders', set)).status).to.equal(200);
    await item();
    await later(21 * hour);
    const before = await remind(api.app.runtime, api.app.registry);
    await later(1.5 * hour);
    expect(await remind(api.app.runtime, api.app.registry)).to.equal(before + 1);
    expect(await remind(api.app.runtime, api.app.registry)).to.equal(0);
    const notices = await rows<{ person_id: number; text: { zh: string } }>(
      `SELECT person_id, text FROM notice WHERE cause LIKE 'remind 3 %'`,
    );
    expect(notices.map((notice) => notice.person_id)).to.deep.equal([5]);
    expect(notices[0]?.text.zh).to.match(/^到期在即：.*尚未办结$/);
  });

  it('an outage makes the duties of one unit undecidable, tells of it once, and they are judged when the data is back', async () => {
    const manager = await as('anguan');
    const engine = await openEngine(api.app.runtime.database, api.app.registry);
    expect(engine.rules.some(({ rule }) => rule.needs.includes('dispatch'))).to.equal(true);
    const stopped = await manager.post('/feeds/dispatch/stop', { unitId: 16, at: until(-hour), reason: '专线中断' });
    expect(stopped.status, JSON.stringify(stopped.body)).to.equal(200);
    expect((await manager.post('/feeds/dispatch/stop', { unitId: 16, at: until(0), reason: '再报' })).status).to.equal(
      409,
    );
    const notices = await rows<{ person_id: number }>(
      `SELECT person_id FROM notice WHERE cause LIKE 'feed dispatch 16 %' ORDER BY 1`,
    );
    expect(notices.map((notice) => notice.person_id)).to.deep.equal([4, 5]);

    const urgent = async (unit: number): Promise<string> => {
      const subject = newId(api.clock.now());
      serial += 1;
      await inUnitOfWork(
        api.app.runtime,
        systemActor,
        (uow) =>
          recordSteps(uow, api.app.registry, [
            {
              type: 'alarm',
              subject,
              verb: 'receive',
              occurredAt: api.clock.now(),
              facts: {
                number: `99010200000020261124000${serial}`,
                unit,
                channel: 'call_110',
                priority: 'urgent',
                receivedBy: 14,
              },
            },
          ]),
        { as: 'engine' },
      );
      return subject;
    };
    const [here, elsewhere] = [await urgent(16), await urgent(17)];
    await later(hour);
    expect(await verdictOf('ALM-02', here)).to.equal(6);
    expect(await verdictOf('ALM-02', elsewhere)).to.equal(4);
    const afterwards = await as('anguan');
    const { body: seen } = await afterwards.get('/feeds');
    const feed = seen.find((one: { id: string }) => one.id === 'dispatch');
    expect(feed.undecided).to.be.greaterThan(0);
    expect(feed.units.find((one: { unitId: number | null }) => one.unitId === 16)).to.include({ delivers: false });

    expect(
      (await afterwards.post('/feeds/dispatch/resume', { unitId: 16, at: until(0), caughtUp: true })).status,
    ).to.equal(200);
    expect(await verdictOf('ALM-02', here)).to.equal(4);
    expect((await afterwards.post('/feeds/dispatch/resume', { unitId: 16, at: until(0) })).status).to.equal(409);
  });
});
