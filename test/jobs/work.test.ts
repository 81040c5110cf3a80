import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createApp } from '../../server/app.ts';
import { openEvents } from '../../server/jobs/events.ts';
import { jobList } from '../../server/jobs/index.ts';
import type { ImportOutcome, JobWork } from '../../server/jobs/work.ts';
import { newId } from '../../server/kernel/id.ts';
import { type Jobs, openJobs } from '../../server/kernel/job.ts';
import { type Actor, inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { closeAside } from '../../server/reports/render-aside.ts';
import { type TestApi, testApi } from '../support/http.ts';

const system: Actor = { personId: null, name: '系统', unitId: null, unitName: '', role: 'system', roles: ['system'] };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the jobs over HTTP', function () {
  this.timeout(40_000);
  let api: TestApi;
  let jobs: Jobs;
  let sweeps = 0;
  let importing: (file: string) => ImportOutcome = () => ({ rows: 3, in: 2, wrong: 1 });

  before(async () => {
    api = await testApi();
    const work: JobWork = {
      reports: { registry: api.app.registry, zone: 'Asia/Shanghai', demo: true },
      remind: async () => {},
      escalate: async () => {},
      sweep: async () => {
        sweeps += 1;
      },
      importRun: async (_runtime, run, { progress }) => {
        await progress(1);
        return importing(run.file);
      },
    };
    jobs = await openJobs({ databaseUrl: api.db.url, zone: 'Asia/Shanghai' }, api.app.runtime, jobList(work), {
      report: () => {},
    });
  });
  after(async () => {
    await jobs.close();
    await closeAside();
    await api.close();
  });

  const sql = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    inUnitOfWork(api.app.runtime, system, (uow) => uow.sql<Row>(text, values), { as: 'engine' });
  async function until<T>(read: () => Promise<T | undefined | false>): Promise<T> {
    for (let waited = 0; waited < 20_000; waited += 100) {
      const value = await read();
      if (value) return value;
      await pause(100);
    }
    throw new Error('it did not happen in time');
  }
  const drawn = (client: { get(path: string): Promise<{ body: { state: string } }> }, id: string) =>
    until(async () => (await client.get(`/reports/${id}`)).body.state === 'done');

  it('draws an ordered paper and hands it out, with an entry in the ledger before the answer', async () => {
    const head = await api.as('suozhang');
    const ordered = await head.post('/reports', { kind: 'unit-scorecard', params: { unitId: 16, month: '2026-11' } });
    expect(ordered.status).to.equal(201);
    await drawn(head, ordered.body.id);
    const pdf = await head.get(`/reports/${ordered.body.id}/pdf`);
    expect(pdf.status).to.equal(200);
    expect(pdf.headers.get('content-type')).to.equal('application/pdf');
    expect(String(pdf.body).slice(0, 5)).to.equal('%PDF-');
    const entries = await sql<{ body: Buffer }>('SELECT body FROM ledger_entry WHERE object_id = $1 ORDER BY seq', [
      ordered.body.id,
    ]);
    expect(entries.map(({ body }) => (JSON.parse(body.toString()) as { action: string }).action)).to.deep.equal([
      'report.create',
      'report.render',
      'report.download',
    ]);
  });

  it('makes one paper of an order that is sent twice', async () => {
    const head = await api.as('suozhang');
    const body = { kind: 'unit-scorecard', params: { unitId: 16, from: '2026-10', to: '2026-11' } };
    const [one, two] = [
      await head.post('/reports', body, { key: 'same-order-1' }),
      await head.post('/reports', body, { key: 'same-order-1' }),
    ];
    expect(two.body).to.deep.equal(one.body);
  });

  it('tells nobody of a paper that lies outside of his scope, and refuses bad orders', async () => {
    const head = await api.as('suozhang');
    const { body } = await head.post('/reports', { kind: 'unit-scorecard', params: { unitId: 16, month: '2026-11' } });
    for (const path of ['', '/pdf'])
      expect((await (await api.as('hedongsuozhang')).get(`/reports/${body.id}${path}`)).status).to.equal(404);
    expect(
      (await head.post('/reports', { kind: 'unit-scorecard', params: { unitId: 17, month: '2026-11' } })).status,
    ).to.equal(403);
    expect(
      (await head.post('/reports', { kind: 'unit-scorecard', params: { unitId: 16, month: '2026-13' } })).status,
    ).to.equal(422);
    expect(
      (await head.post('/reports', { kind: 'unit-scorecard', params: { unitId: 16, month: '2026-11', extra: 1 } }))
        .status,
    ).to.equal(422);
    expect((await head.post('/reports', { kind: 'telegram' })).status).to.equal(422);
    expect((await head.post('/reports', { kind: 'case-audit' })).status).to.equal(404);
    expect((await head.post('/reports', { kind: 'case-audit', subjectId: newId(api.clock.now()) })).status).to.equal(
      404,
    );
  });

  it('is one’s own paper no longer where the record lies out of one’s reach, and tells nobody that there is one', async () => {
    const head = await api.as('suozhang');
    const { body } = await head.post('/reports', { kind: 'unit-scorecard', params: { unitId: 16, month: '2026-11' } });
    const foreign = newId(api.clock.now());
    await sql(
      `UPDATE report SET subject_type = 'alarm', subject_id = $2, kind = 'case-audit', person_id = 5 WHERE id = $1`,
      [body.id, foreign],
    );

    expect((await head.get(`/reports/${body.id}`)).status).to.equal(404);
    const asked = (id: string) => head.get(`/reports?filter=${encodeURIComponent(JSON.stringify({ subjectId: id }))}`);
    const [there, absent] = [await asked(foreign), await asked(newId(api.clock.now()))];
    expect([there.status, there.body]).to.deep.equal([absent.status, absent.body]);
  });

  it('gives a reader who may not issue the paper a copy stamped with his name', async () => {
    const officer = await api.as('fazhi');
    const { body } = await officer.post('/reports', {
      kind: 'unit-scorecard',
      params: { unitId: 16, month: '2026-11' },
    });
    await drawn(officer, body.id);
    const own = await officer.get(`/reports/${body.id}/pdf`);
    const copy = await (await api.as('jiejing')).get(`/reports/${body.id}/pdf`);
    expect(copy.status).to.equal(200);
    expect(copy.body).to.not.equal(own.body);
  });

  it('holds no connection while copies are drawn: whoever asks for a list meanwhile has it before them', async () => {
    const officer = await api.as('suozhang');
    const { body } = await officer.post('/reports', {
      kind: 'unit-scorecard',
      params: { unitId: 16, month: '2026-11' },
    });
    await drawn(officer, body.id);
    const readers = await Promise.all(['jiejing', 'suozhang'].map((login) => api.as(login)));
    const order: string[] = [];
    const copies = [...readers, ...readers].map(async (reader) => {
      const answer = await reader.get(`/reports/${body.id}/pdf?copy=viewing`);
      order.push(`copy ${answer.status}`);
    });
    // the four are under way: each has asked the database, of whose connections there are four
    await until(async () => (await sql('SELECT 1 AS x')).length > 0);
    const list = (await api.as('chujing')).get('/alarms').then(({ status }) => order.push(`list ${status}`));
    await Promise.all([...copies, list]);

    expect(order).to.have.members(['copy 200', 'copy 200', 'copy 200', 'copy 200', 'list 200']);
    expect(order.indexOf('list 200'), order.join()).to.be.below(3);
  });

  it('pushes a new notice to the browser of whom it concerns, and to nobody else', async () => {
    const events = await openEvents(api.db.url, () => {});
    const heard: number[] = [];
    events.subscribe(5, { notice: () => void heard.push(5), ended: () => {} });
    events.subscribe(7, { notice: () => void heard.push(7), ended: () => {} });
    const id = newId(api.clock.now());
    await sql('INSERT INTO notice (id, person_id, text, at) VALUES ($1, 5, $2, $3)', [
      id,
      JSON.stringify({ zh: '请审签', en: 'Please sign off' }),
      api.clock.now(),
    ]);
    await until(async () => heard.length > 0);
    await events.close();
    expect(heard).to.deep.equal([5]);
    const head = await api.as('suozhang');
    const list = await head.get('/notices');
    expect(list.body[0]).to.include({ id, readAt: null });
    expect((await head.post(`/notices/${id}/read`, {})).status).to.equal(200);
    expect((await (await api.as('hedongsuozhang')).post(`/notices/${id}/read`, {})).status).to.equal(404);
    expect((await head.get('/notices')).body[0].readAt).to.not.equal(null);
  });

  it('keeps a stream open to the browser that says when there is a notice', async () => {
    const events = await openEvents(api.db.url, () => {});
    const { koa } = createApp({ database: api.db.database, clock: api.clock, publicUrl: 'http://localhost', events });
    const server = createServer(koa.callback());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/events`;
    expect((await fetch(address)).status).to.equal(401);
    const leave = new AbortController();
    const { cookie } = await api.as('suozhang');
    const answer = await fetch(address, { headers: { cookie }, signal: leave.signal });
    expect(answer.headers.get('content-type')).to.match(/^text\/event-stream/);
    const reader = answer.body?.getReader();
    let heard = '';
    const listening = (async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        heard += Buffer.from(part.value).toString();
    })().catch(() => undefined);
    await sql(`INSERT INTO notice (id, person_id, text, at) VALUES ($1, 5, '{"zh":"催办","en":"Reminder"}', $2)`, [
      newId(api.clock.now()),
      api.clock.now(),
    ]);
    await until(async () => heard.includes('event: notice'));
    leave.abort();
    await listening;
    await events.close();
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  });

  it('runs an import that waits, gives up after three attempts, shows it and tries again when asked', async () => {
    const queue = async (file: string): Promise<string> => {
      const id = newId(api.clock.now());
      await sql(`INSERT INTO import_run (id, mapping, file, created_at) VALUES ($1, 'alarms', $2, $3)`, [
        id,
        file,
        api.clock.now(),
      ]);
      return id;
    };
    const state = async (id: string) =>
      (
        await sql<{ state: string; rows_in: number; rows_wrong: number; attempts: number }>(
          'SELECT state, rows_in, rows_wrong, attempts FROM import_run WHERE id = $1',
          [id],
        )
      )[0];
    const good = await queue('good.csv');
    await until(async () => (await state(good))?.state === 'done');
    expect(await state(good)).to.include({ rows_in: 2, rows_wrong: 1 });

    importing = () => {
      throw new Error('the disk is full');
    };
    const bad = await queue('bad.csv');
    await until(async () => {
      api.clock.pass(60_000);
      await jobs.wake('import');
      return (await state(bad))?.state === 'failed';
    });
    const admin = await api.as('xitong');
    const failed = await admin.get('/jobs/failed');
    expect(failed.body.find((one: { id: string }) => one.id === bad)).to.include({
      kind: 'import',
      attempts: 3,
      lastError: 'the disk is full',
    });
    importing = () => ({ rows: 1, in: 1, wrong: 0 });
    expect((await admin.post(`/jobs/import/${bad}/retry`, {})).status).to.equal(200);
    await until(async () => (await state(bad))?.state === 'done');
    expect((await admin.get('/jobs/failed')).body.find((one: { id: string }) => one.id === bad)).to.equal(undefined);
    expect((await admin.post(`/jobs/import/${good}/retry`, {})).status).to.equal(404);
    expect((await (await api.as('suozhang')).get('/jobs/failed')).status).to.equal(403);
  });

  it('shows and retries every kind of work that failed, and nothing that did not', async () => {
    const admin = await api.as('xitong');
    const id = newId(api.clock.now());
    await sql(
      `INSERT INTO set_aside (subject_id, subject_type, attempts, last_error, at, until) VALUES ($1, 'alarm', 1, 'a fault', $2, $2::timestamptz + interval '1 day')`,
      [id, api.clock.now()],
    );
    await sql(
      `INSERT INTO judge_run (id, reason, types, state, attempts, last_error, created_at, claimed_at) VALUES ($1, 'feed dispatch', '{}', 'failed', 3, 'a fault', $2, $2)`,
      [newId(api.clock.now()), api.clock.now()],
    );
    await sql(
      `INSERT INTO backtest (id, code, title, subject, text, from_on, to_on, as_of, seed, state, attempts, last_error, person_id, person_name, created_at)
       VALUES ($1, 'ALM-03', '{}', 'alarm', '', '2026-01-01', '2026-01-31', $2, '', 'failed', 3, 'a fault', 5, '刘军', $2)`,
      [newId(api.clock.now()), api.clock.now()],
    );
    const { body: failed } = await admin.get('/jobs/failed');
    const kinds = failed.map((one: { kind: string }) => one.kind).sort();
    expect(kinds).to.include.members(['aside', 'backtest', 'judge']);

    for (const one of failed.filter(({ kind }: { kind: string }) => ['aside', 'backtest', 'judge'].includes(kind)))
      expect((await admin.post(`/jobs/${one.kind}/${one.id}/retry`, {})).status, one.kind).to.equal(200);
    for (const kind of ['__proto__', 'toString', 'remind', 'sweep'])
      expect((await admin.post(`/jobs/${kind}/run-0/retry`, {})).status, kind).to.equal(404);
    expect((await admin.post('/jobs/__proto__/x/retry', {})).status).to.equal(404);
    const [aside] = await sql<{ open: boolean }>('SELECT until <= at AS open FROM set_aside WHERE subject_id = $1', [
      id,
    ]);
    expect(aside?.open).to.equal(true);
  });

  it('sweeps by itself', () => {
    expect(sweeps).to.be.greaterThan(0);
  });
});
