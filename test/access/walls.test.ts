import { expect } from 'chai';
import { withReach } from '../../server/access/actor.ts';
import { withClient } from '../../server/kernel/roles.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { actorOfPerson } from '../../server/organisation/session.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { tableOf } from '../../server/subjects/registry.ts';
import { type Client, type TestApi, testApi } from '../support/http.ts';

/** What must never reach 北门所: a word in every text of 河东所 and 云埠所. */
const canary = 'KANALIENVOGEL';

describe('what other units have', function () {
  this.timeout(60_000);
  let api: TestApi;
  const ids: Record<string, string> = {};

  before(async () => {
    api = await testApi();
    const desk = await api.as('jiejing');
    for (const [unit, at] of [
      [16, 1],
      [17, 2],
      [22, 3],
    ] as const) {
      const word = unit === 16 ? '' : canary;
      const opened = await desk.post('/alarms', {
        verb: 'receive',
        occurredAt: '2026-11-23T08:00:00+08:00',
        facts: {
          number: `${word}A${unit}`,
          channel: 'call_110',
          unit,
          topic: `${word}纠纷`,
          caller: word || '张三',
          place: `${word}路`,
          narrative: `${word}叙述`,
        },
      });
      ids[`alarm${unit}`] = opened.body.id;
      await desk.post(`/alarms/${opened.body.id}/steps`, {
        verb: 'dispatch',
        occurredAt: `2026-11-23T08:0${at}:00+08:00`,
        facts: { unit, number: `${word}D${unit}` },
      });
    }
    const officer = await api.as('hedong');
    const filed = await officer.post('/cases', {
      verb: 'report',
      occurredAt: '2026-11-23T09:00:00+08:00',
      facts: { number: `${canary}C`, kind: 'criminal', cause: `${canary}盗窃`, unit: 17, lead: 6, summary: canary },
    });
    ids['case17'] = filed.body.id;
    await officer.post(`/cases/${ids['case17']}/steps`, {
      verb: 'add_person',
      occurredAt: '2026-11-23T09:10:00+08:00',
      facts: { role: 'suspect', name: canary },
    });
    await officer.post('/items', {
      verb: 'take',
      occurredAt: '2026-11-23T09:20:00+08:00',
      facts: {
        number: `${canary}I`,
        unit: 17,
        how: 'seized',
        kind: 'phone',
        name: canary,
        case: ids['case17'],
        takenBy: 6,
      },
    });
    await officer.post('/recordings', {
      verb: 'register',
      occurredAt: '2026-11-23T08:02:00+08:00',
      facts: { number: `${canary}R`, source: 'camera', wearer: 6, unit: 17, device: canary },
    });
    await (await api.as('hedongsuozhang')).post('/shifts', {
      verb: 'plan',
      occurredAt: '2026-11-23T08:00:00+08:00',
      facts: {
        number: `${canary}S`,
        officer: 6,
        unit: 17,
        kind: 'patrol',
        plannedEnd: '2026-11-23T20:00:00+08:00',
        device: canary,
      },
    });
  });
  after(() => api.close());

  /** Everything that somebody of 北门所 can ask for. */
  async function crawl(who: Client): Promise<string> {
    const heard: string[] = [];
    const ask = async (path: string) => {
      const { status, body, headers } = await who.get(path);
      expect(status, `${path} ${JSON.stringify(body)}`).to.be.oneOf([200, 403, 404, 422]);
      heard.push(JSON.stringify(body), headers.get('content-range') ?? '');
      return body;
    };
    for (const { name: type, plural, facts } of subjectTypes) {
      await ask(`/${plural}?range=[0,999]`);
      await ask(`/${plural}?filter=${encodeURIComponent(JSON.stringify({ q: canary.slice(2, 8) }))}`);
      await ask(`/${plural}?filter=${encodeURIComponent(JSON.stringify({ unitId: [17, 22, 1] }))}`);
      await ask(`/${plural}?filter=${encodeURIComponent(JSON.stringify({ id: Object.values(ids) }))}`);
      for (const name of Object.keys(facts).slice(0, 3))
        await ask(`/${plural}?sort=${encodeURIComponent(JSON.stringify([name, 'ASC']))}`);
      for (const [what, id] of Object.entries(ids)) {
        if (what.startsWith(type))
          for (const page of ['', '/timeline', '/duties', '/ledger', '/chain']) await ask(`/${plural}/${id}${page}`);
      }
    }
    await ask(`/search?q=${canary}`);
    await ask('/findings');
    return heard.join('\n');
  }

  it('never reaches a sibling station: lists, counts, searches, sorts, details, ledgers', async () => {
    for (const login of ['chujing', 'fujing', 'fazhiyuan', 'suozhang']) {
      expect(await crawl(await api.as(login)), login).to.not.contain(canary);
    }
    const { headers } = await (await api.as('suozhang')).get('/alarms');
    expect(headers.get('content-range')).to.equal('alarms 0-0/1');
  });

  it('another unit’s record answers exactly as one that is not there', async () => {
    const who = await api.as('chujing');
    const absent = '01930000-0000-7000-8000-000000000000';
    for (const path of ['', '/timeline', '/duties', '/ledger']) {
      const [theirs, none] = [
        await who.get(`/alarms/${ids['alarm17']}${path}`),
        await who.get(`/alarms/${absent}${path}`),
      ];
      expect([theirs.status, { ...theirs.body, requestId: 0 }], path).to.deep.equal([
        none.status,
        { ...none.body, requestId: 0 },
      ]);
    }
    const step = {
      verb: 'dispose',
      occurredAt: '2026-11-23T09:00:00+08:00',
      facts: { disposition: 'no_facts', feedbackCategory: 'dispute' },
    };
    expect((await who.post(`/alarms/${ids['alarm17']}/steps`, step)).status).to.equal(404);
    expect(
      (
        await who.post(`/alarms/${ids['alarm16']}/steps`, {
          verb: 'link_case',
          occurredAt: '2026-11-23T09:30:00+08:00',
          facts: { case: ids['case17'] },
        })
      ).status,
    ).to.be.oneOf([403, 422]);
  });

  it('is seen by the bureau of that unit and by the city, and by no other bureau', async () => {
    const seen = async (login: string) =>
      (await (await api.as(login)).get('/alarms')).headers.get('content-range')?.split('/')[1];
    expect(await seen('anguan')).to.equal('2');
    expect(await seen('nanfazhi')).to.equal('1');
    expect(await seen('shifazhi')).to.equal('3');
    expect(await seen('jiejing')).to.equal('3');
    for (const login of ['xitong', 'anquan', 'shenji'])
      expect((await (await api.as(login)).get('/alarms')).status, login).to.equal(403);
  });

  it('a dispatch makes the alarm the business of the unit it went to', async () => {
    const desk = await api.as('jiejing');
    await desk.post(`/alarms/${ids['alarm22']}/steps`, {
      verb: 'dispatch',
      occurredAt: '2026-11-23T08:30:00+08:00',
      facts: { unit: 17 },
    });
    expect((await (await api.as('hedongsuozhang')).get(`/alarms/${ids['alarm22']}`)).status).to.equal(200);
    expect((await (await api.as('suozhang')).get(`/alarms/${ids['alarm22']}`)).status).to.equal(404);
  });

  it('keeps the units that take part beside the alarm, whatever changes', async () => {
    await withClient(api.db.superUrl, async (client) => {
      const also = async () =>
        (await client.query('SELECT also_units FROM alarm WHERE id = $1', [ids['alarm22']])).rows[0].also_units;
      expect(await also()).to.deep.equal([17]);
      await client.query('UPDATE alarm_dispatch SET unit_id = 14 WHERE alarm_id = $1 AND unit_id = 17', [
        ids['alarm22'],
      ]);
      expect(await also()).to.deep.equal([14]);
      await client.query('UPDATE alarm SET unit_id = 14 WHERE id = $1', [ids['alarm22']]);
      expect(await also()).to.deep.equal([22]);
      await client.query('UPDATE alarm SET unit_id = 22 WHERE id = $1', [ids['alarm22']]);
      await client.query('UPDATE alarm_dispatch SET unit_id = 22 WHERE alarm_id = $1', [ids['alarm22']]);
      expect(await also()).to.equal(null);
    });
  });

  it('leaks nothing when the filter is taken away: the database keeps its wall', async () => {
    for (const [login, person] of [
      ['chujing', 1],
      ['fujing', 3],
      ['suozhang', 5],
    ] as const) {
      const actor = await api.db.database.transaction((tx) => actorOfPerson(tx, person, api.clock.now()));
      if (!actor) throw new Error(login);
      const types = subjectTypes.map((type) => type.name);
      const rows = await inUnitOfWork(api.app.runtime, withReach(actor, types), async (uow) => {
        const found: unknown[] = [];
        for (const type of subjectTypes) {
          for (const part of [null, ...Object.keys(type.parts)])
            found.push(...(await uow.sql(`SELECT t::text AS row FROM "${tableOf(type, part).name}" t`)));
        }
        return found;
      });
      expect(JSON.stringify(rows), login).to.not.contain(canary);
    }
  });

  it('shows nobody a row when no unit of work says who asks', async () => {
    await withClient(api.db.url, async (client) => {
      for (const type of subjectTypes)
        expect((await client.query(`SELECT count(*) FROM "${type.name}"`)).rows[0].count, type.name).to.equal('0');
      await client.query(`SET ROLE mingjing_engine`);
      expect(Number((await client.query('SELECT count(*) FROM alarm')).rows[0].count)).to.equal(3);
    });
  });

  it('leaks nothing when the wall is torn down: the filter holds alone', async () => {
    await withClient(api.db.superUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relrowsecurity AND relkind = 'r'`,
      );
      expect(rows.length).to.be.greaterThan(15);
      for (const { name } of rows)
        await client.query(`ALTER TABLE ${client.escapeIdentifier(name)} DISABLE ROW LEVEL SECURITY`);
    });
    for (const login of ['chujing', 'fujing', 'suozhang'])
      expect(await crawl(await api.as(login)), login).to.not.contain(canary);
  });
});
