import { expect } from 'chai';
import { raise } from '../../server/findings/raise.ts';
import { proposeTrials } from '../../server/jobs/precision.ts';
import { newId } from '../../server/kernel/id.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { systemActor } from '../../server/rules/sweep.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { type TestApi, testApi } from '../support/http.ts';

describe('The scoreboard of rules', () => {
  let api: TestApi;
  let serial = 0;
  before(async function () {
    this.timeout(60_000);
    api = await testApi({ engine: true });
  });
  after(() => api.close());

  /** A finding of ALM-03, raised some days ago and brought to an end by a step that the loop itself would write. */
  const finding = async (daysAgo: number, end: Record<string, unknown>): Promise<void> => {
    serial += 1;
    const now = api.clock.now();
    api.clock.set(new Date(now.getTime() - daysAgo * 86_400_000));
    let raised = '';
    await inUnitOfWork(
      api.app.runtime,
      systemActor,
      async (uow) => {
        const [rule] = await uow.sql<{ id: number; version: number }>(
          `SELECT r.id, v.id AS version FROM rule r JOIN rule_version v ON v.rule_id = r.id WHERE r.code = 'ALM-03'`,
        );
        const [id] = await raise(uow, api.app.registry, [
          {
            rule: {
              id: rule?.id ?? 0,
              code: 'ALM-03',
              versionId: rule?.version ?? 0,
              version: 1,
              title: { zh: '处警到场超时', en: 'Late arrival' },
              absorbs: [],
            },
            subjectType: 'alarm',
            subjectId: newId(uow.now),
            occurrence: newId(uow.now),
            unitId: 16,
            personId: 1,
            openedAt: uow.now,
            dueAt: uow.now,
            metAt: null,
            verdict: 'overdue',
            severity: 2,
            sentence: { zh: `第${serial}项`, en: `no. ${serial}` },
            snapshot: {},
          },
        ]);
        raised = id ?? '';
      },
      { as: 'engine' },
    );
    api.clock.pass(6 * 3_600_000);
    await inUnitOfWork(
      api.app.runtime,
      systemActor,
      async (uow) => {
        await recordSteps(uow, api.app.registry, [
          {
            type: 'finding',
            subject: raised,
            verb: 'judge',
            occurredAt: uow.now,
            by: { personId: 9, name: '徐杰', role: 'legal-reviewer', unitId: 11, unitName: '望河分局法制大队' },
            facts: { opinion: '经核查', judgedAt: uow.now, verdictAt: uow.now, stateAt: uow.now, dueAt: null, ...end },
          },
        ]);
      },
      { as: 'engine' },
    );
    api.clock.set(now);
  };

  it('counts what people said of each rule, and proposes a trial below the budget', async () => {
    for (let i = 0; i < 6; i += 1) await finding(40, { verdict: 'confirmed', state: 'rectifying' });
    await finding(3, { verdict: 'partly', state: 'rectifying' });
    await finding(3, { verdict: 'not_confirmed', state: 'dismissed' });
    for (let i = 0; i < 2; i += 1) await finding(3, { verdict: 'false_alarm', state: 'false_alarm' });

    const head = await api.as('fazhizhang');
    const { status, body } = await head.get('/rules/scoreboard');
    expect(status, JSON.stringify(body)).to.equal(200);
    const score = body.find((one: { rule: string }) => one.rule === 'ALM-03');
    expect(score).to.deep.include({
      fired: 10,
      fired30: 4,
      excused: 0,
      confirmed: 7,
      notConfirmed: 1,
      falseAlarms: 2,
      overturned: 0,
      judged: 10,
      precision: 0.7,
      medianHours: 6,
      overall: { judged: 10, precision: 0.7 },
      belowBudget: true,
      proposed: true,
    });
    expect(score.title.zh).to.equal('处警到场超时');

    // in another branch nothing was raised, though the rule is as good or bad as it is
    expect((await (await api.as('nanfazhi')).get('/rules/scoreboard')).body).to.deep.equal([]);

    // every number opens its list
    const list = (filter: object) =>
      head.get(`/findings?filter=${encodeURIComponent(JSON.stringify({ rule: 'ALM-03', ...filter }))}&range=[0,99]`);
    expect((await list({})).body).to.have.length(score.fired);
    expect((await list({ verdict: ['confirmed', 'partly'] })).body).to.have.length(score.confirmed);
    expect((await list({ state: 'dismissed' })).body).to.have.length(score.notConfirmed);
    expect((await list({ state: 'false_alarm' })).body).to.have.length(score.falseAlarms);
    expect((await list({ reReview: 'overturned' })).body).to.have.length(score.overturned);
  });

  it('tells the legal heads once, and a person decides', async () => {
    expect(await proposeTrials(api.app.runtime)).to.deep.equal(['ALM-03']);
    await proposeTrials(api.app.runtime);
    for (const login of ['fazhizhang', 'shifazhi']) {
      const { body } = await (await api.as(login)).get('/notices');
      const told = body.filter((one: { link: string }) => one.link === '/rules/ALM-03/show');
      expect(told).to.have.length(1);
      expect(told[0].text.zh).to.equal('规则“处警到场超时”判定 10 项，准确率 70%，低于 80%，建议转为试运行，请决定');
    }
    const [version] = await api.db.database.transaction((tx) =>
      tx.sql<{ state: string }>(
        `SELECT v.state FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE r.code = 'ALM-03'`,
      ),
    );
    expect(version?.state).to.equal('enacted');
  });

  it('goes by a budget that the legal head sets', async () => {
    const head = await api.as('fazhizhang');
    expect((await head.get('/precision-budget')).body).to.deep.equal({ share: 0.8, judged: 10 });
    expect((await (await api.as('chujing')).put('/precision-budget', { share: 0.1, judged: 1 })).status).to.equal(403);
    expect((await head.put('/precision-budget', { share: 1.5, judged: 1 })).status).to.equal(422);
    expect((await head.put('/precision-budget', { share: 0.6, judged: 10 })).status, 'of every county').to.equal(403);
    const city = await api.as('shifazhi');
    expect((await city.put('/precision-budget', { share: 0.6, judged: 10 })).status).to.equal(200);
    const score = (await head.get('/rules/scoreboard')).body.find((one: { rule: string }) => one.rule === 'ALM-03');
    expect(score).to.include({ belowBudget: false, proposed: false });
  });

  it('is counted from one index', async () => {
    const plan = await inUnitOfWork(
      api.app.runtime,
      systemActor,
      async (uow) => {
        await uow.sql('SET LOCAL enable_seqscan = off');
        return uow.sql<Record<string, string>>(
          `EXPLAIN SELECT rule, count(*) FILTER (WHERE raised_at > now()), count(*) FILTER (WHERE verdict = 'confirmed' OR state = 'x' OR re_review = 'x' OR judged_at > screened_at) FROM finding WHERE origin = 'rule' GROUP BY rule`,
        );
      },
      { as: 'engine' },
    );
    expect(JSON.stringify(plan)).to.include('Index Only Scan using finding_rule');
  });
});
