import { expect } from 'chai';
import { may, type Standing } from '../../server/access/actor.ts';
import type { Actor } from '../../server/kernel/unit-of-work.ts';
import { type Answer, type TestApi, testApi } from '../support/http.ts';

const actor = (role: string): Actor => ({
  personId: 1,
  name: '王强',
  unitId: 16,
  unitName: '北门派出所',
  role,
  roles: [role],
  posts: [{ role, unitId: 16, subtree: [16], bureau: [10, 16, 17] }],
});
const at = (unit: number, isOwn = false): Standing => ({ units: [unit], isOwn, isConcerned: false, state: '*' });

describe('stay', () => {
  let api: TestApi;
  let girl: string;
  let serial = 0;
  const opened = (answer: Answer): string => {
    expect(answer.status, JSON.stringify(answer.body)).to.be.within(200, 201);
    return answer.body.id;
  };
  const arrives = async (facts: Record<string, unknown>, time = '08:00'): Promise<string> => {
    serial += 1;
    const officer = await api.as('chujing');
    return opened(
      await officer.post('/stays', {
        verb: 'arrive',
        occurredAt: `2026-11-23T${time}:00+08:00`,
        facts: { number: `990102-区-${serial}`, unit: 16, basis: 'oral_summons', role: 'offender', lead: 1, ...facts },
      }),
    );
  };
  const step = async (id: string, verb: string, time: string, facts: Record<string, unknown> = {}, more = {}) =>
    (await api.as('chujing')).post(`/stays/${id}/steps`, {
      verb,
      occurredAt: `2026-11-23T${time}:00+08:00`,
      facts,
      ...more,
    });

  before(async () => {
    api = await testApi();
    girl = await arrives({ name: '赵小红', identity: '990102201101011234', gender: 'female', ageClass: 'under16' });
  });
  after(() => api.close());

  it('shows somebody under eighteen as 未成年人甲 to whoever has no part in it, in steps and lists too', async () => {
    const reviewer = await api.as('fazhi');
    const seen = await reviewer.get(`/stays/${girl}`);
    expect(seen.body).to.include({ name: '未成年人甲', identity: '**************1234' });
    expect(JSON.stringify((await reviewer.get(`/stays/${girl}/timeline`)).body)).to.not.contain('小红');
    expect(JSON.stringify((await reviewer.get('/stays')).body))
      .to.contain('未成年人甲')
      .and.not.contain('小红');
    expect((await (await api.as('chujing')).get(`/stays/${girl}`)).body.name).to.equal('赵小红');
  });

  it('is nobody’s business at the property centre, nor at another station', async () => {
    expect((await (await api.as('guanli')).get('/stays')).status).to.equal(403);
    expect((await (await api.as('hedong')).get(`/stays/${girl}`)).status).to.equal(404);
    expect(may(actor('custodian'), 'stay.read', at(16))).to.equal(false);
  });

  it('is recorded by the area clerk; whoever handles the case neither lists belongings nor lengthens the hours', () => {
    for (const verb of ['enter', 'search', 'watch', 'deposit', 'give_back', 'leave'])
      expect(may(actor('area-clerk'), `stay.${verb}`, at(17)), verb).to.equal(true);
    for (const verb of ['deposit', 'give_back', 'extend'])
      expect(may(actor('case-officer'), `stay.${verb}`, at(16, true)), verb).to.equal(false);
    expect(may(actor('unit-head'), 'stay.extend', at(16))).to.equal(true);
  });

  it('asks for a reason when the way in lies before the arrival', async () => {
    const id = await arrives({ name: '李四' }, '09:00');
    const refused = await step(id, 'enter', '08:30');
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'step.needs-confirmation']);
    expect((await step(id, 'enter', '09:05')).status).to.equal(200);
    expect((await step(id, 'enter', '09:06')).body.code).to.equal('stay.second-enter');
  });

  it('takes the files of a room by its recorder, and knows whoever is in the same waiting room', async () => {
    const [a, b] = [await arrives({ gender: 'male' }), await arrives({ gender: 'female' })];
    for (const id of [a, b]) {
      await step(id, 'enter', '08:05');
      expect((await step(id, 'wait', '08:30', { waitingRoom: '候问室-1' })).status).to.equal(200);
    }
    const interview = await step(a, 'interview', '09:00', {
      kind: 'inquiry',
      officers: [1, 2],
      placeKind: 'inquiry_room',
      recorder: '录像机-1',
    });
    expect(interview.status, JSON.stringify(interview.body)).to.equal(200);
    await api.db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      const pairs = await tx.sql<{ own_id: string; their_id: string }>(
        'SELECT own_id, their_id FROM link WHERE relation = 11',
      );
      expect(pairs.map((one) => [one.own_id, one.their_id].sort())).to.deep.equal([[a, b].sort(), [a, b].sort()]);
    });
    const part = (await (await api.as('chujing')).get(`/stays/${a}`)).body.parts.interviews[0].id;
    const file = await (await api.as('chujing')).post('/recordings', {
      verb: 'register',
      occurredAt: '2026-11-23T08:59:00+08:00',
      facts: { number: 'AV-1', source: 'area', device: '录像机-1', unit: 16, endedAt: '2026-11-23T09:30:00+08:00' },
    });
    await api.db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      const links = await tx.sql<{ their_id: string }>(
        'SELECT their_id FROM link WHERE relation = 10 AND own_id = $1',
        [part],
      );
      expect(links.map((one) => one.their_id)).to.deep.equal([opened(file)]);
    });
  });
});
