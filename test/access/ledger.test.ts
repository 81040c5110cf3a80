import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { withClient } from '../../server/kernel/roles.ts';
import { type Client, type TestApi, testApi } from '../support/http.ts';

describe('the auditor', () => {
  let api: TestApi;
  let auditor: Client;
  before(async () => {
    api = await testApi();
    auditor = await api.as('shenji');
    const security = await api.as('anquan');
    const granted = await security.post('/posts', {
      personId: 1,
      unitId: 16,
      role: 'area-clerk',
      reason: '轮岗 13812345678',
    });
    expect(granted.status).to.equal(201);
    expect((await (await api.as('chujing2')).get('/posts')).status).to.equal(403);
    // elsewhere in the city
    expect((await (await api.as('yunbu')).get('/posts')).status).to.equal(403);
  });
  after(() => api.close());

  const read = (filter: object = {}, range = [0, 24]) =>
    auditor.get(`/ledger?filter=${encodeURIComponent(JSON.stringify(filter))}&range=${JSON.stringify(range)}`);

  it('reads who did what, newest first, in his own bureau alone', async () => {
    const { status, body } = await read({}, [0, 99]);
    expect(status).to.equal(200);
    const seqs = body.map((one: { seq: number }) => one.seq);
    expect(seqs).to.deep.equal([...seqs].sort((a, b) => b - a));
    const grant = body.find((one: { action: string }) => one.action === 'post.grant');
    expect(grant).to.deep.include({ object: { type: 'person', id: '1', version: null } });
    expect(grant.actor).to.include({ name: '郑浩', role: 'security-administrator' });
    expect(grant.changes).to.include({ role: 'area-clerk' });
    expect(grant.reason).to.contain('轮岗').and.not.contain('13812345678');
    expect(body.filter((one: { actor: { personId: number } }) => one.actor.personId === 16)).to.deep.equal([]);
  });

  it('finds by person, kind, object, time and refusal, and pages without moving', async () => {
    const refused = await read({ refused: true });
    expect(refused.body.map((one: { actor: { name: string } }) => one.actor.name)).to.deep.equal(['李磊']);
    expect(refused.body[0].changes).to.include({ action: 'post.read', code: 'access.denied' });
    const by = await read({ personId: 19 });
    expect(new Set(by.body.map((one: { actor: { personId: number } }) => one.actor.personId))).to.deep.equal(
      new Set([19]),
    );
    const grants = await read({ action: 'post.grant', objectType: 'person', objectId: '1' });
    expect(grants.body).to.have.length(1);
    expect((await read({ to: '2026-11-23T00:00:00Z' })).body).to.deep.equal([]);
    expect((await read({ from: '2026-11-24T00:00:00Z' })).body).to.deep.equal([]);
    expect((await read({ from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' })).body).to.not.deep.equal([]);
    const first = await read({}, [0, 1]);
    const next = await read({ before: first.body[1].seq }, [0, 1]);
    expect(next.body[0].seq).to.be.lessThan(first.body[1].seq);
  });

  it('leaves an entry of every look, and nobody else looks', async () => {
    await read({ personId: 4 });
    const looks = await read({ action: 'ledger.read', personId: 20 });
    expect(looks.body[0].changes).to.deep.equal({ filter: { personId: 4 } });
    for (const login of ['xitong', 'anquan', 'lingdao', 'fazhizhang', 'chujing'])
      for (const path of ['/ledger', '/ledger/verification'])
        expect((await (await api.as(login)).get(path)).status, `${login} ${path}`).to.equal(403);
  });

  it('is told of a record what was changed and never what it says', async () => {
    const officer = await api.as('chujing');
    const filed = await officer.post('/cases', {
      verb: 'report',
      occurredAt: '2026-11-23T09:00:00+08:00',
      facts: { number: 'LG1', kind: 'criminal', cause: '抢夺', unit: 16, lead: 1, summary: '赵某人电话13900001111' },
    });
    expect(filed.status, JSON.stringify(filed.body)).to.equal(201);

    const { body } = await read({ objectId: filed.body.id });
    expect(body.map((one: { action: string }) => one.action)).to.include('case.report');
    for (const one of body) expect(one).to.not.have.property('changes');
    expect(JSON.stringify(body)).to.not.contain('13900001111').and.not.contain('赵某人');
  });

  it('verifies the log while others write, and an altered entry is named', async () => {
    const verify = async () => {
      const started = await auditor.post('/ledger/verification', {});
      expect(started.status).to.equal(202);
      for (;;) {
        const { body } = await auditor.get('/ledger/verification');
        if (body.endedAt) return body;
        await setTimeout(20);
      }
    };

    const sound = await verify();
    expect(sound.verdict).to.include({ ok: true });
    expect(sound.verdict.size).to.be.greaterThan(5);
    const told = await read({ action: 'ledger.verify' });
    expect(told.body[0].changes).to.include({ ok: true, size: sound.verdict.size });

    await withClient(api.db.superUrl, (client) =>
      client.query(
        `ALTER TABLE ledger_entry DISABLE TRIGGER ALL;
         UPDATE ledger_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '轮岗', '调岗'), 'UTF8') WHERE action = 'post.grant';
         ALTER TABLE ledger_entry ENABLE TRIGGER ALL`,
      ),
    );
    const broken = await verify();
    expect(broken.verdict).to.include({ ok: false });
    expect(broken.verdict.firstBad).to.have.property('why', 'the body is not the one that was hashed');
  });
});
