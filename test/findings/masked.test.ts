import { expect } from 'chai';
import { newId } from '../../server/kernel/id.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { sweep, systemActor } from '../../server/rules/sweep.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { type TestApi, testApi } from '../support/http.ts';

/** What an alarm masks, and no role but its own people may read. */
const secrets = {
  caller: '古丽扎尔',
  callerPhone: '13812345678',
  place: '北门区文化路12号3单元402',
  narrative: '古丽扎尔称其邻居阿卜杜拉（13987654321）深夜敲门',
};
const raw = ['古丽扎尔', '13812345678', '12号3单元402', '阿卜杜拉', '13987654321'];

describe('what a record masks', () => {
  let api: TestApi;
  let alarm = '';
  before(async () => {
    api = await testApi({ engine: true });
    alarm = newId(api.clock.now());
    // no intake category and no topic: ALM-01 is broken at once, and reads who called, from where, about what
    await inUnitOfWork(
      api.app.runtime,
      systemActor,
      (uow) =>
        recordSteps(uow, api.app.registry, [
          {
            type: 'alarm',
            subject: alarm,
            verb: 'receive',
            occurredAt: api.clock.now(),
            facts: { number: 'J1', channel: 'call_110', unit: 16, receivedBy: 14, ...secrets },
          },
        ]),
      { as: 'engine' },
    );
    api.clock.pass(26 * 3_600_000);
    await sweep(api.app.runtime, api.app.registry);
  });
  after(() => api.close());

  const rows = <Row extends object>(text: string, values: unknown[] = []) =>
    inUnitOfWork(api.app.runtime, systemActor, (uow) => uow.sql<Row>(text, values), { as: 'engine' });
  const told = (answer: unknown): string[] => raw.filter((secret) => JSON.stringify(answer).includes(secret));

  it('stands in no finding about it, in the list nor on its page, for whoever reads them', async () => {
    const [found] = await rows<{ id: string; snapshot: { facts: Record<string, unknown> } }>(
      'SELECT id, snapshot FROM finding WHERE subject_id = $1',
      [alarm],
    );
    expect(found, 'a finding that has read the caller').to.not.equal(undefined);
    expect(Object.keys(found!.snapshot.facts)).to.include('caller');

    for (const login of ['lingdao', 'ducha', 'anguan', 'fazhi', 'suozhang', 'chujing']) {
      const reader = await api.as(login);
      const list = await reader.get('/findings?range=[0,99]');
      const page = await reader.get(`/findings/${found!.id}`);
      expect(told([list.body, page.body]), login).to.deep.equal([]);
    }
  });

  it('enters the ledger as a commitment that the salt proves, and nothing else does', async () => {
    const entries = await rows<{ action: string; body: Buffer }>('SELECT action, body FROM ledger_entry');
    expect(entries.map(({ action }) => action)).to.include('finding.raise');
    for (const { action, body } of entries) expect(told(body.toString()), action).to.deep.equal([]);

    const [kept] = await rows<{ salt: string; sha256: string }>(
      `SELECT s.salt, f.snapshot -> 'facts' -> 'caller' ->> 'sha256' AS sha256 FROM finding f JOIN finding_salt s ON s.finding_id = f.id WHERE f.subject_id = $1`,
      [alarm],
    );
    const { createHash } = await import('node:crypto');
    const of = (value: string) =>
      createHash('sha256')
        .update(`${kept!.salt}${JSON.stringify(value)}`)
        .digest('hex');
    expect(kept!.sha256).to.equal(of(secrets.caller));
    expect(kept!.sha256).to.not.equal(of('别人'));
  });

  it('is not found out by searching for it', async () => {
    const hits = async (login: string, q: string) =>
      ((await (await api.as(login)).get(`/search?q=${encodeURIComponent(q)}`)).body as { id: string }[]).filter(
        ({ id }) => id === alarm,
      ).length;

    for (const login of ['lingdao', 'ducha', 'anguan', 'fazhi'])
      for (const secret of raw) expect(await hits(login, secret), `${login} ${secret}`).to.equal(0);
    expect(await hits('lingdao', 'J1'), 'its number is no secret').to.equal(1);
    expect(await hits('jiejing', '12号3单元402'), 'whoever sees it in full finds it').to.equal(1);
  });
});
