import { expect } from 'chai';
import { identityHash } from '../../server/organisation/identity.ts';
import { testPassword } from '../support/bureau.ts';
import { type Client, request, signIn, type TestApi, testApi, testIdentityKey } from '../support/http.ts';

const hour = 3_600_000;

describe('a new password', () => {
  let api: TestApi;
  let system: Client;
  let security: Client;
  let auditor: Client;
  before(async () => {
    api = await testApi();
    system = await api.as('xitong');
    security = await api.as('anquan');
    auditor = await api.as('shenji');
  });
  after(() => api.close());

  const propose = (who: Client, person: number) =>
    who.post(`/people/${person}/reset-password`, { reason: '本人忘记密码' });
  const release = (who: Client, id: string) => who.post(`/password-resets/${id}/release`, {});
  const tryIn = (login: string, password: string) => request(api.url, 'POST', '/session', { login, password }, {});
  const sql = (text: string, values: unknown[] = []) => api.db.database.transaction((tx) => tx.sql(text, values));

  it('is proposed by one, released by another, and set by its owner, who alone holds both halves', async () => {
    const old = await signIn(api.url, 'hedongsuozhang');
    const proposed = await propose(system, 7);
    expect(proposed.status, JSON.stringify(proposed.body)).to.equal(200);
    expect(proposed.body.half).to.match(/^[a-z2-9]{4}-[a-z2-9]{4}$/);
    expect((await old.get('/session')).status).to.equal(200, 'nothing has changed yet');
    expect((await tryIn('hedongsuozhang', proposed.body.half)).status).to.equal(401);

    const listed = await security.get('/password-resets');
    expect(listed.body).to.have.length(1);
    expect(listed.body[0]).to.include({ personName: '吴斌', proposedByName: '罗宇', mayRelease: true });
    expect(JSON.stringify(listed.body)).to.not.contain(proposed.body.half);
    const released = await release(security, proposed.body.id);
    expect(released.status, JSON.stringify(released.body)).to.equal(200);
    expect((await old.get('/session')).status).to.equal(401, 'sessions end');
    for (const half of [proposed.body.half, released.body.half, `${released.body.half}-${proposed.body.half}`])
      expect((await tryIn('hedongsuozhang', half)).status, half).to.equal(401);
    expect((await tryIn('hedongsuozhang', testPassword)).status).to.equal(401, 'the old one is gone');

    const code = `${proposed.body.half}-${released.body.half}`;
    const owner = await signIn(api.url, 'hedongsuozhang', code);
    expect(owner.session.mustChangePassword).to.equal(true);
    expect((await owner.get('/alarms')).status).to.equal(403);
    expect((await owner.post('/session/password', { current: code, next: code })).status).to.equal(422);
    const set = await owner.post('/session/password', { current: code, next: 'Qingshan-lvshui-7' });
    expect(set.status, JSON.stringify(set.body)).to.equal(200);
    expect((await tryIn('hedongsuozhang', code)).status).to.equal(401, 'once');
    expect((await release(security, proposed.body.id)).body.code).to.equal('reset.settled');
  });

  it('is never in one hand, nor in its owner’s', async () => {
    const { body } = await propose(system, 6);
    expect((await release(system, body.id)).status).to.equal(403);
    expect((await release(auditor, body.id)).body.code).to.equal('reset.other-office');
    expect((await propose(system, 18)).body.code).to.equal('person.own');
    expect((await propose(security, 6)).body.code).to.equal('reset.other-office');
    expect((await propose(auditor, 18)).status).to.equal(403);
    expect((await propose(system, 17)).status).to.equal(404, '澜南 lies outside of his bureau');

    // the security administrator's second account proposed it: that is he himself
    await sql('UPDATE person SET identity_hash = $1 WHERE id IN (18, 19)', [
      identityHash(testIdentityKey, 'one human'),
    ]);
    expect((await release(security, body.id)).body.code).to.equal('reset.second-person');
    const inDatabase = await sql('UPDATE password_reset SET released_by = 19 WHERE id = $1', [body.id]).catch(
      (error: { code: string }) => error.code,
    );
    expect(inDatabase).to.equal('MJ403');
    await sql('UPDATE person SET identity_hash = NULL WHERE id IN (18, 19)');
    expect((await release(security, body.id)).status).to.equal(200);
  });

  it('of each of the three administrators passes through the other two', async () => {
    const hands: [Client, number, Client, Client[]][] = [
      [security, 18, auditor, [security, system]],
      [system, 19, auditor, [security, system]],
      [system, 20, security, [auditor, system]],
    ];
    for (const [proposer, person, releaser, refused] of hands) {
      const proposed = await propose(proposer, person);
      expect(proposed.status, `${person} ${JSON.stringify(proposed.body)}`).to.equal(200);
      for (const one of refused) expect((await release(one, proposed.body.id)).status, `${person}`).to.equal(403);
      const [row] = (await releaser.get('/password-resets')).body;
      expect(row).to.include({ id: proposed.body.id, mayRelease: true });
      // taken back, so that everybody stays signed in
      expect(
        (await releaser.post(`/password-resets/${proposed.body.id}/refuse`, { reason: '本人想起来了' })).status,
      ).to.equal(200);
      expect((await release(releaser, proposed.body.id)).body.code).to.equal('reset.settled');
    }
  });

  it('lapses after three days, before the release and after it', async () => {
    const late = await propose(system, 5);
    const { body } = await propose(system, 6);
    const released = await release(security, body.id);
    api.clock.pass(72 * hour);
    expect((await tryIn('hedong', `${body.half}-${released.body.half}`)).status).to.equal(401);
    const again = await signIn(api.url, 'anquan');
    expect((await release(again, late.body.id)).body.code).to.equal('reset.settled');
  });

  it('of a new account is released too: whoever made it cannot be it', async () => {
    const maker = await signIn(api.url, 'xitong');
    const made = await maker.post('/people', {
      number: '994501',
      name: '钱进',
      kind: 'police',
      unitId: 16,
      login: 'qianjin',
    });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect(made.body).to.have.property('half');
    expect(made.body).to.not.have.property('password');
    const second = await signIn(api.url, 'anquan');
    const [{ id }] = (await second.get('/password-resets')).body;
    const { half } = (await release(second, id)).body;
    expect((await tryIn('qianjin', `${made.body.half}-${half}`)).body.mustChangePassword).to.equal(true);
  });

  it('leaves an entry of each hand', async () => {
    const rows = await sql(
      `SELECT action, count(*)::int AS n FROM ledger_entry WHERE object_type = 'person' GROUP BY action`,
    );
    const actions = rows.map(({ action }) => action);
    expect(actions).to.include.members(['person.reset', 'person.release', 'person.keep-password']);
    const [refused] = await sql(`SELECT count(*)::int AS n FROM ledger_entry WHERE action = 'access.refuse'`);
    expect(refused?.['n']).to.be.greaterThan(5);
  });
});
