import { expect } from 'chai';
import { noOccurrence } from '../../server/kernel/id.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import type { Explanation } from '../../server/rules/explanation.ts';
import { sweep, systemActor } from '../../server/rules/sweep.ts';
import { type TestApi, testApi } from '../support/http.ts';

describe('A duty explains itself over HTTP', () => {
  let api: TestApi;
  let alarm: string;
  let dispatch: string;
  before(async function () {
    this.timeout(60_000);
    api = await testApi({ engine: true });
    const desk = await api.as('jiejing');
    const opened = await desk.post('/alarms', {
      verb: 'receive',
      occurredAt: '2026-11-23T08:00:00+08:00',
      facts: {
        number: '990102000000202611230001',
        channel: 'call_110',
        priority: 'urgent',
        area: 'urban',
        unit: 16,
        topic: '打架',
        place: '北门区文化路12号3单元402',
        caller: '张小明',
        callerPhone: '13812345678',
        narrative: '张小明称有人打架',
      },
    });
    expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
    alarm = opened.body.id;
    const sent = await desk.post(`/alarms/${alarm}/steps`, {
      verb: 'dispatch',
      occurredAt: '2026-11-23T08:02:00+08:00',
      facts: { unit: 16 },
    });
    expect(sent.status, JSON.stringify(sent.body)).to.equal(200);
    dispatch = sent.body.partId;
    const officer = await api.as('chujing');
    for (const [verb, at, facts] of [
      ['acknowledge', '08:03', { officer: 1 }],
      ['arrive', '08:19', {}],
    ] as const) {
      const answer = await officer.post(`/alarms/${alarm}/steps`, {
        verb,
        partId: dispatch,
        occurredAt: `2026-11-23T${at}:00+08:00`,
        facts,
        confirmed: true,
      });
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    }
    await sweep(api.app.runtime, api.app.registry);
  });
  after(() => api.close());

  const path = (rule: string, occurrence: string, id = alarm) =>
    `/duties/${rule}/alarm/${id}/${occurrence}/explanation`;

  it('says why it applies, what it read and who told it, the arithmetic and the verdict', async () => {
    const officer = await api.as('chujing');
    const { status, body } = await officer.get(path('ALM-03', dispatch));
    expect(status, JSON.stringify(body)).to.equal(200);
    const told = body as Explanation;
    expect(told.verdict).to.equal('late');
    expect(told.plain.zh).to.equal(
      '2026年11月23日08时02分起算，应于2026年11月23日08时10分前办结，2026年11月23日08时19分办结，超过期限9分钟。',
    );
    expect(told.conditions.map(({ text, holds }) => [text.zh, holds])).to.deep.include(['警情等级为紧急', true]);
    expect(told.due.steps.map(({ text }) => text.zh)).to.deep.equal([
      '自2026年11月23日08时02分起算',
      '规定时限8分钟',
      '满8分钟为2026年11月23日08时10分',
      '期限于2026年11月23日08时10分届满，含本时点',
    ]);
    const arrived = told.values.find(({ fact }) => fact === 'arrivedAt');
    expect(arrived?.label.zh).to.equal('派警 · 到场时间');
    expect(arrived?.origin).to.include({ by: '王强', unit: '北门派出所' });
    expect(arrived?.origin?.label.zh).to.equal('到场');
    expect(told.params).to.have.length(1);
    expect(told.params[0]).to.deep.include({
      name: 'limit',
      key: 'urban',
      source: 'rule',
      text: { zh: '8分钟', en: '8 min' },
    });
    expect(JSON.stringify(told)).to.not.include('张小明');
  });

  it('says why a rule does not apply', async () => {
    const { body } = await (await api.as('fazhi')).get(path('ALM-09', noOccurrence));
    expect(body.verdict).to.equal('nothing');
    expect(body.plain.zh).to.match(/^不适用：/);
  });

  it('is closed to those who may not read the record', async () => {
    expect((await (await api.as('yunbu')).get(path('ALM-03', dispatch))).status).to.equal(404);
    expect((await (await api.as('guanli')).get(path('ALM-03', dispatch))).status).to.be.oneOf([403, 404]);
    expect((await (await api.as('chujing')).get(path('ALM-99', dispatch))).status).to.equal(404);
    expect((await (await api.as('chujing')).get(path('ALM-03', 'x'))).status).to.equal(422);
  });

  it('is kept in the finding, and still told when the rule is gone', async () => {
    const [finding] = await inUnitOfWork(
      api.app.runtime,
      systemActor,
      (uow) => uow.sql<{ id: string }>(`SELECT id FROM finding WHERE rule = 'ALM-03' AND subject_id = $1`, [alarm]),
      { as: 'engine' },
    );
    await inUnitOfWork(
      api.app.runtime,
      systemActor,
      (uow) =>
        uow.sql(
          `UPDATE rule_version SET state = 'repealed', text = '' WHERE rule_id = (SELECT id FROM rule WHERE code = 'ALM-03')`,
        ),
      { as: 'engine' },
    );
    const { body } = await (await api.as('anguan')).get(`/findings/${finding?.id}`);
    const told = body.snapshot.explanation as Explanation;
    expect(told.rule).to.deep.include({ code: 'ALM-03', version: 1 });
    expect(told.due.steps.at(-1)?.at).to.equal('2026-11-23T00:10:00.000Z');
    // raised before the arrival was entered
    expect(told.verdict).to.equal('overdue');
    expect(told.values.find(({ fact }) => fact === 'sentAt')?.origin?.by).to.equal('郭佳');
  });
});
