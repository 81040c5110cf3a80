import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkDigit, identityHash, identityKeyOf, identityNumber } from '../../server/organisation/identity.ts';
import { areExclusive, exclusivePosts } from '../../server/organisation/roles.ts';
import { type Client, type TestApi, testApi, testIdentityKey } from '../support/http.ts';

const numberOf = (serial: number): string => {
  const body = `9901021980010${String(serial).padStart(4, '0')}`;
  return body + checkDigit(body);
};

describe('one human', () => {
  let api: TestApi;
  let system: Client;
  let security: Client;
  before(async () => {
    api = await testApi();
    system = await api.as('xitong');
    security = await api.as('anquan');
  });
  after(() => api.close());

  const person = { name: '钱进', kind: 'police', unitId: 16 };
  let made = 0;
  const create = async (identity: string | null) => {
    made += 1;
    const answer = await system.post('/people', { ...person, number: `99${4000 + made}`, identity });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body;
  };
  const grant = (personId: number, role: string) =>
    security.post('/posts', { personId, unitId: 16, role, reason: '任命' });
  const rows = (sql: string, values: unknown[] = []) => api.db.database.transaction((tx) => tx.sql(sql, values));

  it('is known by a keyed hash of the identity number, however it was typed, and by nothing else', async () => {
    const number = numberOf(1001);
    const one = await create(number);
    const typed = `${number.slice(0, 6)} ${number.slice(6, 14)}-${number.slice(14)}`.replace('9', '９');
    const other = await create(typed);

    expect(other.hasIdentity).to.equal(true);
    expect(other.sameHuman).to.deep.equal([{ id: one.id, number: one.number, name: '钱进' }]);
    const [stored] = await rows('SELECT identity_hash AS hash FROM person WHERE id = $1', [one.id]);
    expect(stored?.hash).to.deep.equal(identityHash(testIdentityKey, number));
    const told = await rows(
      `SELECT 1 FROM ledger_entry WHERE position($1::bytea in body) > 0
       UNION ALL SELECT 1 FROM person p WHERE p::text LIKE '%' || $2 || '%'
       UNION ALL SELECT 1 FROM idempotency i WHERE i::text LIKE '%' || $2 || '%'`,
      [Buffer.from(number), number],
    );
    expect(told).to.deep.equal([]);
  });

  it('has a number of eighteen whose check digit is right', async () => {
    const right = numberOf(1002);
    const wrong = right.slice(0, 17) + (right.endsWith('1') ? '2' : '1');
    expect(identityNumber.safeParse(right).success).to.equal(true);
    for (const text of [wrong, right.slice(1), '', '99010219801301001X', '一二三'])
      expect(identityNumber.safeParse(text).success, text).to.equal(false);

    const refused = await system.post('/people', { ...person, number: '994999', identity: wrong });
    expect(refused.status).to.equal(422);
    expect(JSON.stringify(refused.body)).to.not.contain(wrong);
  });

  it('never unites posts that exclude one another, in either order, under one account or two', async () => {
    for (const [i, [first, second]] of exclusivePosts.entries()) {
      for (const [one, other] of [
        [first, second],
        [second, first],
      ] as const) {
        const number = numberOf(2000 + i * 10 + (one === first ? 0 : 1));
        const [a, b] = [await create(number), await create(number)];
        expect((await grant(a.id, one)).status).to.equal(201);
        expect((await grant(a.id, other)).body.code, `${one} then ${other}`).to.equal('post.kept-apart');
        expect((await grant(b.id, other)).body.code, `${one} then ${other}, second account`).to.equal(
          'post.kept-apart',
        );
      }
    }
    expect(areExclusive('unit-head', 'unit-head')).to.equal(false);
    expect(areExclusive('security-auditor', 'auxiliary')).to.equal(true);
  });

  it('is told of posts that become one human’s by his identity, and a refused attempt stays in the ledger', async () => {
    const [a, b] = [await create(numberOf(3001)), await create(null)];
    await grant(a.id, 'unit-head');
    await grant(b.id, 'unit-legal-officer');

    const change = { ...person, number: b.number, identity: numberOf(3001) };
    const refused = await system.put(`/people/${b.id}`, change);

    expect(refused.status).to.equal(409);
    expect(refused.body.code).to.equal('post.kept-apart');
    const told = await rows(
      `SELECT 1 FROM ledger_entry WHERE action = 'access.refuse' AND position($1::bytea in body) > 0`,
      [Buffer.from('post.kept-apart')],
    );
    expect(told.length).to.be.greaterThan(0);
    expect((await system.get(`/people/${b.id}`)).body.hasIdentity).to.equal(false);
  });

  it('is one when two grants meet', async () => {
    const number = numberOf(3101);
    const [a, b] = [await create(number), await create(number)];
    const answers = await Promise.all([grant(a.id, 'unit-head'), grant(b.id, 'unit-legal-officer')]);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
  });

  it('grants nothing to himself under his other account, and keeps the identity when a form leaves it empty', async () => {
    const number = numberOf(3201);
    const other = await create(number);
    await rows('UPDATE person SET identity_hash = $1 WHERE id = 19', [identityHash(testIdentityKey, number)]);

    expect((await grant(other.id, 'case-officer')).body.code).to.equal('post.own');
    expect((await security.post(`/people/${other.id}/disable`, { reason: 'x' })).body.code).to.equal('person.own');
    const changed = await system.put(`/people/${other.id}`, { ...person, number: other.number, identity: null });
    expect(changed.body.hasIdentity).to.equal(true);
    await rows('UPDATE person SET identity_hash = NULL WHERE id = 19');
  });

  it('has a key of its own in the folder of the installation, which nobody else reads', () => {
    const home = mkdtempSync(join(tmpdir(), 'mingjing-key-'));
    try {
      const key = identityKeyOf({ home, mode: 'production' });
      expect(identityKeyOf({ home, mode: 'production' }).equals(key)).to.equal(true);
      expect(statSync(join(home, 'identity.key')).mode & 0o777).to.equal(0o600);
      expect(readFileSync(join(home, 'identity.key'))).to.have.length(32);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('is hashed under one key: a server with another says so', async () => {
    await rows(`UPDATE setting SET value = '"another"' WHERE key = 'identity-key'`);
    const answer = await system.post('/people', { ...person, number: '994998', identity: numberOf(1003) });
    expect(answer.body.code).to.equal('identity.other-key');
  });
});
