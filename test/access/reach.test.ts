import { expect } from 'chai';
import { type TestApi, testApi } from '../support/http.ts';

/** Acts that may name no unit: asked by an office of one county, none may concern another. */
describe('an act that names no unit', () => {
  let api: TestApi;
  before(async () => {
    api = await testApi({ engine: true });
  });
  after(() => api.close());

  const rows = <Row extends object>(text: string) => api.db.database.transaction((tx) => tx.sql<Row>(text));

  it('stops a feed for the actor’s own bureau, not for the city', async () => {
    const county = await api.as('anguan');

    const stopped = await county.post('/feeds/dispatch/stop', {
      unitId: null,
      at: api.clock.now(),
      reason: '线路中断',
    });

    expect(stopped.status, JSON.stringify(stopped.body)).to.equal(200);
    const ended = await rows<{ unit: number | null }>(
      `SELECT DISTINCT unit_id AS unit FROM feed_interval WHERE feed = 'dispatch' AND to_at IS NOT NULL`,
    );
    expect(ended).to.deep.equal([{ unit: 10 }]);
  });

  it('sets a reminder of the actor’s own bureau, not the city’s', async () => {
    const county = await api.as('fazhizhang');
    const off = { rule: '*', unitId: null, level: 3, lead: 0, roles: ['unit-head'] };

    expect((await county.put('/reminders', off)).body).to.include({ unitId: 10 });
    expect((await (await api.as('shifazhi')).put('/reminders', { ...off, lead: 30 })).body).to.include({
      unitId: null,
    });

    expect(
      await rows(`SELECT unit_id, lead FROM reminder WHERE rule_code = '*' AND level = 3 ORDER BY unit_id NULLS FIRST`),
    ).to.deep.equal([
      { unit_id: null, lead: 30 },
      { unit_id: 10, lead: 0 },
    ]);
  });

  it('makes no second top of the tree', async () => {
    const unit = {
      code: '990200000000',
      name: '第二市公安局',
      short: '二公',
      kind: 'city',
      parentId: null,
      area: null,
    };

    const told = await (await api.as('xitong')).post('/units', unit);

    expect([told.status, told.body.code]).to.deep.equal([422, 'unit.second-top']);
  });

  it('sets no number that counts for every bureau', async () => {
    const budget = { share: 0.1, judged: 1 };
    expect((await (await api.as('fazhizhang')).put('/precision-budget', budget)).status).to.equal(403);
    expect((await (await api.as('shifazhi')).put('/precision-budget', budget)).status).to.equal(200);
  });

  it('grants no post to somebody of another county', async () => {
    const told = await (await api.as('anquan')).post('/posts', {
      personId: 16,
      unitId: 16,
      role: 'case-officer',
      reason: '调整',
    });

    expect(told.status).to.equal(404);
  });

  it('excuses neither the actor, nor his unit, nor what he answers for', async () => {
    const head = await api.as('fazhizhang');
    const exception = { rule: 'PRO-01', ownerId: 5, reason: '保管室改造', until: '2027-01-01T00:00:00Z' };
    for (const own of [
      { scope: 'person', personId: 10 },
      { scope: 'unit', unitId: 11 },
      { scope: 'unit', unitId: 16, ownerId: 10 },
    ]) {
      const told = await head.post('/exceptions', {
        ...exception,
        until: new Date(api.clock.now().getTime() + 86_400_000),
        ...own,
      });
      expect([told.status, told.body.code], JSON.stringify(own)).to.deep.equal([403, 'exception.own']);
    }
  });

  it('makes no auxiliary of somebody who holds the posts of an officer', async () => {
    const admin = await api.as('xitong');
    const person = (await admin.get('/people/1')).body;
    const { id: _id, version, unitName: _u, disabledAt: _d, ...fields } = person;

    const told = await admin.put('/people/1', { ...pick(fields), kind: 'auxiliary' }, { version });

    expect([told.status, told.body.code], JSON.stringify(told.body)).to.deep.equal([409, 'person.holds-police-posts']);
  });
});

const pick = (fields: Record<string, unknown>) =>
  Object.fromEntries(
    ['number', 'name', 'kind', 'qualification', 'gender', 'unitId', 'phone', 'login'].map((name) => [
      name,
      fields[name] ?? null,
    ]),
  );
