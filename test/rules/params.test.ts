import { expect } from 'chai';
import { newId } from '../../server/kernel/id.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { judgeEverything } from '../../server/rules/everything.ts';
import { systemActor } from '../../server/rules/sweep.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { type Client, type TestApi, testApi } from '../support/http.ts';

describe('Parameters of a rule', function () {
  this.timeout(180_000);
  let api: TestApi;
  let head: Client;
  let city: Client;
  before(async () => {
    api = await testApi({ engine: true });
    [head, city] = await Promise.all([api.as('fazhizhang'), api.as('shifazhi')]);
  });
  after(() => api.close());

  const rows = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    api.db.database.transaction((tx) => tx.sql<Row>(text, values));
  const set = (who: Client, more: object = {}) =>
    who.post('/rules/ALM-03/params', {
      name: 'limit',
      key: 'urban',
      unitId: 16,
      amount: 5,
      from: '2026-11-23',
      reason: '辖区面积小',
      ...more,
    });
  /** An urgent alarm in town that was reached after six minutes. */
  const alarm = async (unit: number): Promise<string> => {
    const [id, dispatch] = [newId(api.clock.now()), newId(api.clock.now())];
    const at = (minute: number) => new Date(Date.parse('2026-11-23T09:00:00+08:00') + minute * 60_000);
    await inUnitOfWork(
      api.app.runtime,
      systemActor,
      (uow) =>
        recordSteps(uow, api.app.registry, [
          {
            type: 'alarm',
            subject: id,
            verb: 'receive',
            occurredAt: at(0),
            facts: {
              number: `J${unit}${id.slice(-6)}`,
              channel: 'call_110',
              unit,
              intakeCategory: 'dispute',
              priority: 'urgent',
              area: 'urban',
              topic: '打架',
              caller: '王小明',
              place: '北门路12号',
            },
          },
          { type: 'alarm', subject: id, verb: 'report', occurredAt: at(1) },
          {
            type: 'alarm',
            subject: id,
            verb: 'dispatch',
            part: dispatch,
            occurredAt: at(1),
            facts: { unit, officer: 1 },
          },
          { type: 'alarm', subject: id, verb: 'arrive', part: dispatch, occurredAt: at(7) },
        ]),
      { as: 'engine' },
    );
    return id;
  };
  const verdicts = async (ids: string[]): Promise<number[]> => {
    for (const { id } of await rows<{ id: string }>(`SELECT id FROM judge_run WHERE state IN ('queued', 'running')`))
      await judgeEverything(api.app.runtime, api.app.registry, id);
    const found = await rows<{ id: string; verdict: number }>(
      `SELECT o.subject_id AS id, o.verdict FROM obligation o JOIN rule r ON r.id = o.rule_id WHERE r.code = 'ALM-03'`,
    );
    return ids.map((id) => found.find((one) => one.id === id)?.verdict ?? 0);
  };

  it('are set for a unit from a day on, and what they reach is judged anew', async () => {
    const [north, east] = [await alarm(16), await alarm(17)];
    expect(await verdicts([north, east])).to.deep.equal([2, 2]);

    expect((await set(head)).status).to.equal(201);
    expect(await verdicts([north, east])).to.deep.equal([3, 2]);
    const own = (await head.get('/rules/ALM-03')).body.params.find((one: { unitId: number }) => one.unitId === 16);
    expect(own).to.include({ amount: 5, unit: 'm', fromOn: '2026-11-23', setBy: '孙华', reason: '辖区面积小' });
  });

  it('are copied to other units, and ended', async () => {
    const [north, east] = [await alarm(16), await alarm(17)];
    const copy = { unitId: 16, to: [17], from: '2026-11-23', reason: '同一城区' };
    expect((await head.post('/rules/ALM-03/params/copy', copy)).body).to.deep.include({ copied: 1 });
    expect(await verdicts([north, east])).to.deep.equal([3, 3]);

    const end = { name: 'limit', key: 'urban', unitId: 17, from: '2026-11-23', to: '2026-11-24', reason: '试点结束' };
    expect((await head.post('/rules/ALM-03/params/end', end)).status).to.equal(200);
    expect((await head.post('/rules/ALM-03/params/end', end)).status, 'once').to.equal(404);
    expect(await verdicts([north, east]), 'what opened in its time stays').to.deep.equal([3, 3]);
  });

  it('are refused out of bounds, for the past, for other bureaus, and for everybody by a county', async () => {
    const codes = async (answer: ReturnType<typeof set>) => [(await answer).status, (await answer).body.code];
    expect(await codes(set(head, { amount: 0 }))).to.deep.equal([422, 'rule.bad-limit']);
    expect(await codes(set(head, { amount: 2.5 }))).to.deep.equal([422, 'rule.bad-limit']);
    expect(await codes(set(head, { key: 'moon' }))).to.deep.equal([422, 'rule.unknown-parameter']);
    expect(await codes(set(head, { from: '2026-11-01' }))).to.deep.equal([409, 'rule.param-in-the-past']);
    expect(await codes(set(head, { to: '2026-11-23' }))).to.deep.equal([422, 'rule.param-dates']);
    expect(await codes(set(head, { unitId: 22 }))).to.deep.equal([404, 'request.not-found']);
    expect(await codes(set(head, { unitId: null }))).to.deep.equal([403, 'rule.param-for-all']);
    expect(await codes(set(await api.as('fazhi')))).to.deep.equal([403, 'access.denied']);
    expect((await set(city, { unitId: null, from: '2026-12-01' })).status).to.equal(201);
  });
});

describe('Go-live dates of units', function () {
  this.timeout(180_000);
  let api: TestApi;
  before(async () => {
    api = await testApi({ engine: true });
  });
  after(() => api.close());

  it('lie ahead, and what has begun stays so', async () => {
    const head = await api.as('fazhizhang');
    const set = async (more: object): Promise<[number, string]> => {
      const answer = await head.put('/rules/PRO-01/go-live', {
        unitId: 16,
        from: '2026-12-15',
        reason: '培训后起算',
        ...more,
      });
      return [answer.status, answer.body.code];
    };
    expect(await set({}), 'it counts since 2020').to.deep.equal([409, 'rule.go-live-in-the-past']);

    await api.db.database.transaction((tx) =>
      tx.sql(
        `UPDATE rule_version v SET go_live = '2026-12-01' FROM rule r WHERE r.id = v.rule_id AND r.code = 'PRO-01'`,
      ),
    );
    await api.db.database.transaction((tx) => tx.sql('SELECT rule_set_change()'));
    expect(await set({ from: '2026-11-01' })).to.deep.equal([409, 'rule.go-live-in-the-past']);
    expect(await set({ unitId: 22 })).to.deep.equal([404, 'request.not-found']);
    expect(await set({})).to.deep.equal([200, 'PRO-01']);
    expect((await head.get('/rules/PRO-01/go-live')).body).to.deep.equal([
      { unitId: 16, unit: '北门派出所', from: '2026-12-15' },
    ]);
    const run = async (): Promise<{ id: string; state: string }> =>
      (await head.get('/rules/runs')).body.find((one: { reason: string }) => one.reason === 'go-live of PRO-01');
    const { id, state } = await run();
    expect(state).to.equal('queued');
    expect((await head.post(`/rules/runs/${id}/cancel`, {})).status).to.equal(200);
    expect((await run()).state).to.equal('cancelled');
    expect(await set({ from: null })).to.deep.equal([200, 'PRO-01']);
    expect((await head.get('/rules/PRO-01/go-live')).body).to.deep.equal([]);
  });
});
