import { expect } from 'chai';
import { raise } from '../../server/findings/raise.ts';
import { newId, noOccurrence } from '../../server/kernel/id.ts';
import { type Actor, inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { type TestApi, testApi } from '../support/http.ts';

const system: Actor = { personId: null, name: '系统', unitId: null, unitName: '', role: 'system', roles: ['system'] };
/** The smallest PNG there is. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('findings over HTTP', () => {
  let api: TestApi;
  before(async () => {
    api = await testApi();
    await inUnitOfWork(
      api.app.runtime,
      system,
      async (uow) => {
        await uow.sql(`INSERT INTO rule (id, code) VALUES (900, 'PRO-01x') ON CONFLICT DO NOTHING`);
      },
      { as: 'engine' },
    );
  });
  after(() => api.close());

  let serial = 0;
  const hit = async (severity = 2) => {
    const at = new Date(api.clock.now().getTime() - 2 * 86_400_000);
    serial += 1;
    return inUnitOfWork(
      api.app.runtime,
      system,
      async (uow) => {
        const subjectId = newId(uow.now);
        await recordSteps(uow, api.app.registry, [
          {
            type: 'item',
            subject: subjectId,
            verb: 'take',
            occurredAt: at,
            facts: { number: `WH-${serial}`, unit: 16, how: 'seized', kind: 'phone', name: '手机', takenBy: 1 },
          },
        ]);
        const [id] = await raise(uow, api.app.registry, [
          {
            rule: {
              id: 900,
              code: 'PRO-01x',
              versionId: 900,
              version: 1,
              title: { zh: '涉案财物移交保管超时', en: 'Item handed over late' },
              absorbs: [],
            },
            subjectType: 'item',
            subjectId,
            occurrence: noOccurrence,
            unitId: 16,
            personId: 1,
            openedAt: at,
            dueAt: new Date(at.getTime() + 86_400_000),
            metAt: null,
            verdict: 'overdue',
            severity,
            sentence: { zh: '提取手机1部，截至目前未见入库登记。', en: 'A phone is not in store.' },
            snapshot: { facts: {} },
          },
        ]);
        return { id: id ?? '', subjectId };
      },
      { as: 'engine' },
    );
  };

  it('plays the loop, each verb its own address, with the abilities of whoever looks', async () => {
    const { id } = await hit();
    const path = `/findings/${id}`;
    const by = async (login: string) => api.as(login);
    const [anguan, fazhiyuan, suozhang, chujing, fazhi] = await Promise.all(
      ['anguan', 'fazhiyuan', 'suozhang', 'chujing', 'fazhi'].map(by),
    );

    const first = await anguan!.get(path);
    expect(first.status).to.equal(200);
    expect(first.body).to.include({ state: 'screening', sentence: '提取手机1部，截至目前未见入库登记。', guard: null });
    expect(first.body.subject).to.include({ type: 'item', plural: 'items', readable: true });
    expect(first.body.abilities).to.include.members(['screen', 'urge', 'ledger']).and.not.include('judge');
    expect((await anguan!.get('/todos')).body.map((todo: { kind: string }) => todo.kind)).to.include('screen');

    const does = async (who: typeof anguan, verb: string, body: unknown = {}) => {
      const answer = await who!.post(`${path}/${verb}`, body);
      expect(answer.status, `${verb}: ${JSON.stringify(answer.body)}`).to.equal(200);
      return answer.body;
    };
    await does(anguan, 'screen', { screening: 'suspected' });
    await does(anguan, 'issue');
    expect((await fazhiyuan!.get('/todos')).body).to.have.nested.property('[0].kind', 'acknowledge');
    await does(fazhiyuan, 'acknowledge');
    await does(suozhang, 'assign', { person: 1 });
    const file = await chujing!.post(
      `/attachments?name=${encodeURIComponent('现场照片.png')}&type=image%2Fpng`,
      photo,
      { headers: { 'content-type': 'image/png' } },
    );
    expect(file.status, JSON.stringify(file.body)).to.equal(201);
    await does(chujing, 'explain', {
      explanationReason: 'equipment',
      explanation: '家中老人住院',
      explanationPrivate: true,
      explanationFiles: { files: [file.body.id] },
    });
    await does(suozhang, 'sign_off', { signOffOpinion: '属实' });

    const seen = await fazhi!.get(path);
    expect(seen.body).to.include({ explanation: '家中老人住院' });
    expect(seen.body.files).to.have.length(1);
    expect((await fazhi!.get(`/attachments/${file.body.id}`)).headers.get('content-type')).to.equal('image/png');
    const hidden = await anguan!.get(path);
    expect(hidden.body).to.include({ explanation: null });
    expect(JSON.stringify(hidden.body)).to.not.contain('老人住院');
    expect((await anguan!.get(`/attachments/${file.body.id}`)).status).to.equal(404);

    await does(fazhi, 'judge', { verdict: 'confirmed', opinion: '问题成立', rectifyHow: ['procedure'] });
    await does(chujing, 'rectify', { rectifiedHow: ['procedure'], rectification: '已移交', notBackDated: true });
    await does(anguan, 'recheck', { recheckPassed: true });
    const closed = await does(anguan, 'close', { closeOpinion: '已核实入库' });
    expect(closed).to.include({ state: 'closed', closure: 'rectified' });
    expect(closed.steps).to.have.length(11);
    expect((await anguan!.get(`${path}/ledger`)).body.length).to.be.greaterThan(9);
  });

  it('knows no way to post a status, and no verb that nobody has', async () => {
    const { id } = await hit();
    const anguan = await api.as('anguan');
    for (const answer of [
      await anguan.post(`/findings/${id}/screen`, { screening: 'suspected', state: 'closed' }),
      await anguan.post(`/findings/${id}/steps`, {
        verb: 'screen',
        occurredAt: '2026-11-23T00:00:00Z',
        facts: { state: 'closed' },
      }),
      await anguan.put(`/findings/${id}`, { state: 'closed' }),
      await anguan.post(`/findings/${id}/mark_facts_changed`, { factsChange: {} }),
    ])
      expect(answer.status).to.be.oneOf([404, 405, 422]);
    expect((await anguan.get(`/findings/${id}`)).body.state).to.equal('screening');
  });

  it('tells another station nothing, another role why not, and a stale form both values', async () => {
    const { id } = await hit();
    expect((await (await api.as('hedongsuozhang')).get(`/findings/${id}`)).status).to.equal(404);
    expect(
      (await (await api.as('nanfazhi')).post(`/findings/${id}/screen`, { screening: 'suspected' })).status,
    ).to.equal(404);
    expect(
      (await (await api.as('chujing')).post(`/findings/${id}/screen`, { screening: 'suspected' })).status,
    ).to.equal(403);
    const anguan = await api.as('anguan');
    await anguan.post(`/findings/${id}/screen`, { screening: 'suspected', screenOpinion: '甲' });
    const stale = await anguan.post(`/findings/${id}/issue`, { urgent: true }, { version: 1 });
    expect(stale.status).to.equal(409);
    expect(stale.body).to.have.nested.property('current.screening', 'suspected');
    expect(stale.body.yours).to.deep.equal({ urgent: true });
    const bad = await anguan.post(`/findings/${id}/return`, { returnedTo: 'nowhere' });
    expect(bad.status).to.equal(422);
    expect(bad.body.fields.map((field: { path: string }) => field.path)).to.include('returnedTo');
  });

  it('enters a finding by hand about a record in reach, and logs who was refused', async () => {
    const { subjectId } = await hit();
    const anguan = await api.as('anguan');
    const body = {
      subjectType: 'item',
      subjectId,
      unit: 16,
      severity: 'flaw',
      title: '封装不规范',
      sentence: '每日巡查发现，该手机封装袋未见签名。',
    };
    const made = await anguan.post('/findings', body);
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect(made.body).to.include({
      origin: 'manual',
      state: 'screening',
      subjectNumber: `WH-${serial}`,
      department: 'legal',
    });
    expect((await anguan.post('/findings', { ...body, subjectId: newId(new Date(0)) })).status).to.equal(404);
    expect((await anguan.post('/findings', { ...body, state: 'closed' })).status).to.equal(422);
    expect((await (await api.as('chujing')).post('/findings', body)).status).to.equal(403);
  });

  it('lets a reviewer of another bureau re-review what was given to him by name, and see nothing else', async () => {
    const { id } = await hit();
    const does = async (login: string, verb: string, body: unknown = {}) => {
      const answer = await (await api.as(login)).post(`/findings/${id}/${verb}`, body);
      expect(answer.status, `${verb}: ${JSON.stringify(answer.body)}`).to.equal(200);
      return answer.body;
    };
    await does('anguan', 'screen', { screening: 'suspected' });
    await does('anguan', 'issue');
    await does('fazhiyuan', 'acknowledge');
    await does('chujing', 'explain', { explanationReason: 'oversight', explanation: '疏忽' });
    await does('suozhang', 'sign_off');
    await does('fazhi', 'judge', { verdict: 'confirmed', opinion: '成立', rectifyHow: ['reminder'] });
    await does('suozhang', 'object', { objection: '请求复核' });
    const nanfazhi = await api.as('nanfazhi');
    expect((await nanfazhi.get(`/findings/${id}`)).status).to.equal(404);
    const named = await does('fazhizhang', 'name_reviewer', { reviewer: 17 });
    expect(named.abilities).to.not.include('re_review');
    expect((await nanfazhi.get('/todos')).body.map((todo: { kind: string }) => todo.kind)).to.deep.equal(['re_review']);
    const done = await does('nanfazhi', 're_review', { reReview: 'overturned', reReviewOpinion: '理由充分' });
    expect(done).to.include({ state: 'dismissed', verdict: 'not_confirmed' });
  });

  it('refuses whoever has a part in the matter, says why, and keeps the attempt in the ledger', async () => {
    const { id } = await hit();
    await inUnitOfWork(
      api.app.runtime,
      system,
      (uow) => uow.sql(`INSERT INTO finding_party (finding_id, person_id, part) VALUES ($1, 8, 'reviewer')`, [id]),
      { as: 'engine' },
    );
    const anguan = await api.as('anguan');
    const refused = await anguan.post(`/findings/${id}/screen`, { screening: 'false_alarm' });
    expect(refused.status).to.equal(403);
    expect(refused.body.code).to.equal('finding.reviewer-is-concerned');
    const detail = await anguan.get(`/findings/${id}`);
    expect(detail.body.abilities).to.not.include('screen');
    expect(detail.body.guard.zh).to.contain('审核人').and.contain('回避');
    expect(detail.body.reviewers.map((one: { name: string }) => one.name)).to.include('徐杰');
    const entries = await inUnitOfWork(
      api.app.runtime,
      system,
      (uow) =>
        uow.sql<{ body: Buffer }>('SELECT body FROM ledger_entry WHERE object_id = $1 ORDER BY seq DESC LIMIT 1', [id]),
      { as: 'engine' },
    );
    expect(String(entries[0]?.body)).to.contain('access.refuse').and.contain('finding.reviewer-is-concerned');
  });

  it('refuses an upload that is not what it says, and a foreign file in an explanation', async () => {
    const chujing = await api.as('chujing');
    const wrong = await chujing.post('/attachments?name=a.png&type=image%2Fpng', Buffer.from('<html>'), {
      headers: { 'content-type': 'image/png' },
    });
    expect(wrong.body.code).to.equal('attachment.wrong-content');
  });

  it('shows the station head the day, and an officer not', async () => {
    const suozhang = await api.as('suozhang');
    await hit(1);
    const today = await suozhang.get('/today');
    expect(today.status, JSON.stringify(today.body)).to.equal(200);
    expect(today.body.unit).to.deep.equal({ id: 16, name: '北门派出所', short: '北门所' });
    expect(today.body.counters.find((one: { key: string }) => one.key === 'self_correct').count).to.be.greaterThan(0);
    expect(today.body.selfCorrectable[0].until).to.be.a('string');
    expect((await (await api.as('chujing')).get('/today')).status).to.equal(403);
    const queues = await suozhang.get('/findings/queues');
    expect(queues.body.find((one: { state: string }) => one.state === 'screening').count).to.be.greaterThan(0);
  });

  it('draws the chain from the alarm over the item to who owes what', async () => {
    const { subjectId } = await hit();
    const chain = await (await api.as('anguan')).get(`/items/${subjectId}/chain`);
    expect(chain.status, JSON.stringify(chain.body)).to.equal(200);
    expect(chain.body.nodes.map((node: { type: string }) => node.type)).to.deep.equal(['item']);
  });
});
