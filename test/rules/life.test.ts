import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { openEngine } from '../../server/engine.ts';
import { newId } from '../../server/kernel/id.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { judgeEverything } from '../../server/rules/everything.ts';
import { settleWith } from '../../server/rules/judge.ts';
import { systemActor } from '../../server/rules/sweep.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { type Client, type TestApi, testApi } from '../support/http.ts';

const shipped = readFileSync(new URL('../../audit-rules/item/PRO-01-hand-over.yml', import.meta.url), 'utf8');
/** The bureau wants seized property within twelve hours, from December on. */
const stricter = shipped
  .replace("in_force: { from: '2013-01-01' }", "in_force: { from: '2026-12-01' }")
  .replace('title: {', '# 本局从严\ntitle: {');
/** Twelve hours instead of a day, with examples that say so. */
const twelve = stricter.replace('h(24)', 'h(12)').replace(
  /^examples:[\s\S]*$/m,
  `examples:
  - { it: 十二小时移交, given: { how: seized, takenAt: '2026-12-03 10:00', handedOverAt: '2026-12-03 22:00' }, gives: met }
  - { it: 没有移交, given: { how: seized, takenAt: '2026-12-03 10:00' }, gives: overdue }
  - { it: 冻结不适用, given: { how: frozen, takenAt: '2026-12-03 10:00' }, gives: nothing }
`,
);

describe('The life of a rule', function () {
  this.timeout(180_000);
  let api: TestApi;
  let drafter: Client;
  let reader: Client;
  let leader: Client;
  beforeEach(async () => {
    api = await testApi({ engine: true });
    [drafter, reader, leader] = await Promise.all([api.as('fazhi'), api.as('fazhizhang'), api.as('lingdao')]);
  });
  afterEach(() => api.close());

  const rows = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    api.db.database.transaction((tx) => tx.sql<Row>(text, values));
  const judged = async (): Promise<void> => {
    const runs = await rows<{ id: string }>(`SELECT id FROM judge_run WHERE state IN ('queued', 'running')`);
    for (const { id } of runs) await judgeEverything(api.app.runtime, api.app.registry, id);
  };
  const entries = async (action: string): Promise<{ code: string }[]> =>
    rows(`SELECT convert_from(body, 'UTF8')::jsonb #>> '{changes,code}' AS code FROM ledger_entry WHERE action = $1`, [
      action,
    ]);
  /** A phone seized some hours ago and not handed over. */
  const phone = async (hours: number, number = 'WH-1'): Promise<string> => {
    const id = newId(api.clock.now());
    await inUnitOfWork(
      api.app.runtime,
      systemActor,
      (uow) =>
        recordSteps(uow, api.app.registry, [
          {
            type: 'item',
            subject: id,
            verb: 'take',
            occurredAt: new Date(api.clock.now().getTime() - hours * 3_600_000),
            facts: { number, unit: 16, how: 'seized', kind: 'phone', name: '手机', takenBy: 1 },
          },
        ]),
      { as: 'engine' },
    );
    return id;
  };
  const draft = async (text = stricter): Promise<{ version: number; text: string; revision: number }> =>
    (await drafter.post('/rules/drafts', { text })).body;
  const go = (who: Client, version: number, act: string, body: object = { remark: '符合规定' }) =>
    who.post(`/rules/PRO-01/versions/${version}/${act}`, body);

  it('drafts an amendment of a shipped rule as a version of the back office, and gives the same text back', async () => {
    const answer = await drafter.post('/rules/drafts', { text: stricter });

    expect(answer.status).to.equal(201);
    expect(answer.body).to.include({ version: 1001, state: 'draft', source: 'office', revision: 1 });
    expect(answer.body.acts.map((one: { act: string; name: string }) => [one.act, one.name])).to.deep.equal([
      ['draft', '徐杰'],
    ]);
    const file = await drafter.get('/rules/PRO-01/versions/1001/yaml');
    expect(file.body).to.equal(stricter.replace(/^(id:.*)$/m, '$1\nversion: 1001'));
    expect((await draft(file.body)).version, 'importing the file makes no second version').to.equal(1001);
    expect((await draft(`${file.body}# 另一稿\n`)).version).to.equal(1002);
  });

  it('says every mistake with line and column, in Chinese, and what was probably meant', async () => {
    const { body } = await drafter.post('/rules/check', { text: stricter.replace('item.takenAt', 'item.takeAt') });

    expect(body.rule).to.equal(null);
    const [mistake] = body.errors;
    const line = stricter.split('\n').findIndex((one) => one.includes('item.takenAt')) + 1;
    expect(mistake).to.include({ line, suggestion: 'takenAt' });
    expect(mistake.zh).to.match(/takeAt.*是否指“takenAt”/);
    const fine = (await drafter.post('/rules/check', { text: stricter })).body;
    expect(fine.errors).to.deep.equal([]);
    expect(fine.rule.sql).to.match(/^SELECT/);
  });

  it('tries every example: a text that contradicts its own is mended before it is tried', async () => {
    const longer = stricter.replace('h(24)', 'h(48)');
    const { body } = await drafter.post('/rules/check', { text: longer });

    expect(body.rule).to.equal(null);
    const line = longer.split('\n').findIndex((one) => one.includes('晚一秒')) + 1;
    expect(body.errors).to.deep.include({
      line,
      column: 1,
      zh: '示例“晚一秒”应为“逾期办结，超 1 秒”，而按本文本判定为“按期办结”',
      en: 'example “晚一秒” promises late by 1 s and is met',
      suggestion: null,
    });
  });

  it('judges one record by a text that is no rule yet', async () => {
    await phone(30);

    const { body } = await drafter.post('/rules/preview', {
      text: stricter,
      subject: 'WH-1',
    });
    expect(body.told.map((one: { verdict: string }) => one.verdict)).to.deep.equal(['overdue']);
    expect(body.told[0].plain.zh).to.match(/[\u4e00-\u9fff]/);
    expect(body.told[0].sentence.zh).to.contain('手机');
    expect((await drafter.post('/rules/preview', { text: shipped, subject: 'WH-404' })).status).to.equal(404);
    const stranger = await api.as('nanfazhi');
    expect((await stranger.post('/rules/preview', { text: shipped, subject: 'WH-1' })).status).to.equal(404);
  });

  it('refuses who drafted and who signed, and tells the ledger', async () => {
    const { version } = await draft();

    expect((await go(drafter, version, 'sign')).body.code).to.equal('rule.own-draft');
    expect((await go(leader, version, 'enact', { goLive: '2026-12-01' })).body.code).to.equal('rule.not-now');
    expect((await go(drafter, version, 'try', {})).status).to.equal(200);
    expect((await go(leader, version, 'enact', { goLive: '2026-12-01' })).body.code).to.equal('rule.not-signed');
    expect((await go(reader, version, 'sign')).status).to.equal(200);
    expect((await go(reader, version, 'enact', { goLive: '2026-12-01' })).body.code).to.equal('rule.second-person');
    expect((await go(drafter, version, 'enact', { goLive: '2026-12-01' })).status).to.equal(403);
    const enacted = await go(leader, version, 'enact', { goLive: '2026-12-01' });
    expect(enacted.body).to.include({ state: 'enacted', goLive: '2026-12-01', signedBy: null });
    expect(enacted.body.acts.map((one: { act: string }) => one.act)).to.deep.equal(['draft', 'try', 'sign', 'enact']);
    expect((await entries('access.refuse')).map((one) => one.code).sort()).to.deep.equal([
      'access.denied',
      'rule.not-now',
      'rule.not-signed',
      'rule.own-draft',
      'rule.second-person',
    ]);
    for (const action of ['rule.draft', 'rule.try', 'rule.sign', 'rule.enact', 'rule.amend'])
      expect(await entries(action), action).to.have.length(1);
  });

  it('takes a signature for the very text that was read', async () => {
    const { version, text, revision } = await draft();
    await go(reader, version, 'sign');

    const changed = await drafter.put(`/rules/PRO-01/versions/${version}`, { text: `${text}# 改\n`, revision });
    expect(changed.body).to.include({ revision: 2, signedBy: null });
    await go(drafter, version, 'try', {});
    expect((await go(leader, version, 'enact', { goLive: '2026-12-01' })).body.code).to.equal('rule.not-signed');
    const stale = await drafter.put(`/rules/PRO-01/versions/${version}`, { text, revision: 2 });
    expect(stale.body.code, 'what is tried is no draft any more').to.equal('rule.not-a-draft');
  });

  it('keeps a draft that does not compile, tells two writers apart, and lets nobody try it', async () => {
    const { version, revision } = await draft(stricter.replace('item.takenAt', 'item.takeAt'));

    const tried = await go(drafter, version, 'try', {});
    expect(tried.status).to.equal(422);
    expect(tried.body.errors[0].suggestion).to.equal('takenAt');
    expect((await drafter.put(`/rules/PRO-01/versions/${version}`, { text: stricter, revision })).status).to.equal(200);
    expect((await reader.put(`/rules/PRO-01/versions/${version}`, { text: shipped, revision })).body).to.deep.include({
      code: 'rule.stale',
    });
  });

  it('tries an amendment beside the version in force: neither hides the other', async () => {
    const id = await phone(18);
    const verdicts = (): Promise<{ code: string; verdict: number; trial: boolean }[]> =>
      rows(
        `SELECT r.code, o.verdict, o.trial FROM obligation o JOIN rule r ON r.id = o.rule_id WHERE subject_id = $1 AND r.code LIKE 'PRO-01%' ORDER BY 1`,
        [id],
      );
    expect(await verdicts()).to.deep.equal([{ code: 'PRO-01', verdict: 1, trial: false }]);

    const { version } = await draft(twelve);
    await go(drafter, version, 'try', {});
    await judged();
    expect(await verdicts()).to.deep.equal([
      { code: 'PRO-01', verdict: 1, trial: false },
      { code: 'PRO-01~1001', verdict: 4, trial: true },
    ]);
    await go(drafter, version, 'stop', { remark: '再改' });
    await judged();
    expect(await verdicts()).to.deep.equal([{ code: 'PRO-01', verdict: 1, trial: false }]);
  });

  it('keeps the numbers of a text that is only tried away from the version in force', async () => {
    const text = readFileSync(new URL('../../audit-rules/alarm/ALM-03-arrive.yml', import.meta.url), 'utf8')
      .replace("'2021-01-01'", "'2026-12-01'")
      .replace(/^params:.*$/m, 'params: { limit: { urban: 8m, suburban: 14m, rural: 30m } }')
      .replace(/gives: \{ late: 2m \}/, 'gives: { late: 3m }');
    const { version } = (await drafter.post('/rules/drafts', { text })).body;
    const tried = await drafter.post(`/rules/ALM-03/versions/${version}/try`, {});
    expect(tried.body.beside, JSON.stringify(tried.body)).to.equal(true);

    const numbers = (code: string) =>
      rows<{ amount: number }>(
        `SELECT amount FROM rule_param WHERE rule_code = $1 AND key = 'suburban' ORDER BY from_on`,
        [code],
      );
    expect((await numbers('ALM-03')).map(({ amount }) => Number(amount))).to.deep.equal([15]);
    expect((await numbers(`ALM-03~${version}`)).map(({ amount }) => Number(amount))).to.deep.equal([14]);
    await reader.post(`/rules/ALM-03/versions/${version}/sign`, { remark: '符合规定' });
    await leader.post(`/rules/ALM-03/versions/${version}/enact`, { goLive: '2026-12-01' });
    expect((await numbers('ALM-03')).map(({ amount }) => Number(amount))).to.deep.equal([15, 14]);
    expect(await numbers(`ALM-03~${version}`)).to.deep.equal([]);
  });

  it('ends the old version where the new one begins; each judges what opened in its time', async () => {
    const { version } = await draft(twelve);
    await go(drafter, version, 'try', {});
    await go(reader, version, 'sign');
    await go(leader, version, 'enact', { goLive: '2026-12-01' });
    await judged();
    const card = (await drafter.get('/rules/PRO-01')).body;
    expect(card.versions.map((one: { version: number; endsOn: string }) => [one.version, one.endsOn])).to.deep.equal([
      [1001, null],
      [1, '2026-12-01'],
    ]);
    const old = await phone(1, 'WH-old');
    api.clock.set('2026-12-02T10:00:00+08:00');
    const fresh = await phone(2, 'WH-new');

    const found = await rows<{ id: string; version: number }>(
      `SELECT o.subject_id AS id, v.version FROM obligation o JOIN rule r ON r.id = o.rule_id JOIN rule_version v ON v.id = o.version_id WHERE r.code = 'PRO-01'`,
    );
    expect(Object.fromEntries(found.map((one) => [one.id, one.version]))).to.deep.equal({ [old]: 1, [fresh]: 1001 });
  });

  it('lets no amendment take over in the past', async () => {
    const { version } = await draft(stricter.replace('2026-12-01', '2026-11-01'));
    await go(drafter, version, 'try', {});
    await go(reader, version, 'sign');

    const answer = await go(leader, version, 'enact', { goLive: '2026-12-01' });
    expect([answer.status, answer.body.code]).to.deep.equal([409, 'rule.takes-over-in-the-past']);
  });

  it('takes a rule out of force by three people alone: proposed, signed, done', async () => {
    const codes = async (answer: ReturnType<typeof go>) => [(await answer).status, (await answer).body.code];
    for (const who of [drafter, reader, leader])
      for (const act of ['try', 'repeal', 'suspend'])
        expect((await go(who, 1, act, { remark: '不想再看到' })).status, act).to.be.oneOf([403, 409]);
    expect((await drafter.get('/rules/PRO-01/versions/1')).body.state).to.equal('enacted');

    const proposed = await go(drafter, 1, 'propose_trial', { remark: '误报较多' });
    expect(proposed.body).to.deep.include({ state: 'enacted' });
    expect(proposed.body.proposal).to.include({ act: 'suspend', by: '徐杰', reason: '误报较多', signedBy: null });
    expect(await codes(go(drafter, 1, 'sign'))).to.deep.equal([403, 'rule.own-proposal']);
    expect(await codes(go(leader, 1, 'suspend'))).to.deep.equal([409, 'rule.not-now']);
    expect((await go(reader, 1, 'sign')).status).to.equal(200);
    expect(await codes(go(reader, 1, 'suspend'))).to.deep.equal([403, 'rule.third-person']);
    expect(await codes(go(leader, 1, 'repeal'))).to.deep.equal([409, 'rule.not-now']);
    const done = await go(leader, 1, 'suspend', { remark: '同意' });
    expect([done.status, done.body.state]).to.deep.equal([200, 'trial']);

    const entries = await rows<{ action: string }>(
      `SELECT action FROM ledger_entry WHERE object_type = 'rule' AND object_id = 'PRO-01' AND action ~ 'propose|sign|suspend' ORDER BY seq`,
    );
    expect(entries.map(({ action }) => action).slice(-3)).to.deep.equal([
      'rule.propose_trial',
      'rule.sign',
      'rule.suspend',
    ]);
  });

  it('stops judging by a repealed version; what was judged stays', async () => {
    const id = await phone(30);
    expect((await go(leader, 1, 'repeal', { remark: '' })).status).to.equal(422);
    await go(drafter, 1, 'propose_repeal', { remark: '与新规定不符' });
    await go(reader, 1, 'sign');
    const repealed = await go(leader, 1, 'repeal', { remark: '与新规定不符' });
    expect(repealed.body.state).to.equal('repealed');
    await judged();
    const later = await phone(30, 'WH-2');

    const found = await rows<{ id: string }>(
      `SELECT subject_id AS id FROM obligation o JOIN rule r ON r.id = o.rule_id WHERE r.code = 'PRO-01' AND subject_id = ANY($1)`,
      [[id, later]],
    );
    expect(found.map((one) => one.id)).to.deep.equal([id]);
  });

  it('is taken up by other processes without a restart', async () => {
    const other = await openEngine(api.db.database, api.app.registry);
    const runtime = { ...api.app.runtime, settle: settleWith(other) };
    await go(drafter, 1, 'propose_repeal', { remark: '停用' });
    await go(reader, 1, 'sign');
    expect((await go(leader, 1, 'repeal', { remark: '停用' })).status).to.equal(200);
    const id = newId(api.clock.now());
    await inUnitOfWork(
      runtime,
      systemActor,
      (uow) =>
        recordSteps(uow, api.app.registry, [
          {
            type: 'item',
            subject: id,
            verb: 'take',
            occurredAt: api.clock.now(),
            facts: { number: 'WH-9', unit: 16, how: 'seized', kind: 'phone', name: '手机', takenBy: 1 },
          },
        ]),
      { as: 'engine' },
    );
    expect(
      await rows(
        `SELECT 1 FROM obligation o JOIN rule r ON r.id = o.rule_id WHERE r.code = 'PRO-01' AND subject_id = $1`,
        [id],
      ),
    ).to.deep.equal([]);
  });

  it('shows drafts and who did what to the legal office alone', async () => {
    await draft();
    const officer = await api.as('chujing');
    expect((await officer.get('/rules/PRO-01/versions/1001')).status).to.equal(404);
    expect(
      (await officer.get('/rules/PRO-01')).body.versions.map((one: { version: number }) => one.version),
    ).to.deep.equal([1]);
    expect((await officer.post('/rules/check', { text: 'x' })).status).to.equal(403);
    const listed = (await drafter.get('/rules')).body.find((one: { code: string }) => one.code === 'PRO-01');
    expect(listed).to.deep.include({ version: 1, drafts: [{ version: 1001, state: 'draft' }] });
  });
});
