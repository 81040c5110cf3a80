import { expect } from 'chai';
import { maskAddress, maskIdentity, maskName, maskNarrative, maskPhone, minorName } from '../../server/access/masks.ts';
import { type Client, type TestApi, testApi } from '../support/http.ts';

describe('masks', () => {
  it('keep the surname, the middle of a number out, the street', () => {
    expect(['王明', '王小明', '欧阳小明', '阿'].map(maskName)).to.deep.equal(['王某', '王某某', '欧某某', '某某']);
    expect(maskName('澜川兴旺商贸有限公司')).to.equal('澜川某某');
    expect(['13812345678', '110', '8888123'].map(maskPhone)).to.deep.equal(['138****5678', '*10', '*****23']);
    expect(maskIdentity('990102199001011234')).to.equal('**************1234');
    expect(['北门区文化路12号3单元402', '文化路', '3号楼'].map(maskAddress)).to.deep.equal([
      '北门区文化路***',
      '文化路',
      '3号***',
    ]);
    expect([0, 1, 11].map(minorName)).to.deep.equal(['未成年人甲', '未成年人乙', '未成年人12']);
  });

  it('clean free text of names that the record knows, telephone, identity, card numbers and plates', () => {
    const text =
      '张小明（990102199001011234）称13812345678来电，卡号6222021234567890123，车牌澜A·12345被盗，固话0990-8812345。';
    expect(maskNarrative(text, ['张小明'])).to.equal(
      '张某某（**************1234）称138****5678来电，卡号***************0123，车牌澜A***45被盗，固话0990-881****。',
    );
  });

  describe('over HTTP', () => {
    let api: TestApi;
    let alarm: string;
    let file: string;
    const caller = {
      caller: '张小明',
      callerPhone: '13812345678',
      place: '北门区文化路12号3单元402',
      narrative: '张小明称其手机13812345678被抢',
    };

    before(async () => {
      api = await testApi();
      const desk = await api.as('jiejing');
      const opened = await desk.post('/alarms', {
        verb: 'receive',
        occurredAt: '2026-11-23T08:00:00+08:00',
        facts: { number: '1', channel: 'call_110', unit: 16, ...caller },
      });
      alarm = opened.body.id;
      await desk.post(`/alarms/${alarm}/steps`, {
        verb: 'dispatch',
        occurredAt: '2026-11-23T08:01:00+08:00',
        facts: { unit: 16, officer: 1 },
      });
      const officer = await api.as('chujing');
      const filed = await officer.post('/cases', {
        verb: 'report',
        occurredAt: '2026-11-23T09:00:00+08:00',
        facts: { number: 'A1', kind: 'criminal', cause: '抢夺', unit: 16, lead: 1, summary: '李大壮、小红参与' },
      });
      file = filed.body.id;
      const person = (role: string, name: string, ageClass: string) =>
        officer.post(`/cases/${file}/steps`, {
          verb: 'add_person',
          occurredAt: '2026-11-23T09:10:00+08:00',
          facts: { role, name, identity: '990102199001011234', ageClass },
        });
      expect((await person('suspect', '李大壮', 'adult')).status).to.equal(200);
      expect((await person('victim', '小红', 'under14')).status).to.equal(200);
    });
    after(() => api.close());

    const seen = async (who: Client) => (await who.get(`/alarms/${alarm}`)).body;

    it('the officer sees his own alarm in full, and the ledger knows', async () => {
      const body = await seen(await api.as('chujing'));
      expect(body).to.include(caller);
      expect(body.masked).to.deep.equal([]);
      const ledger = await (await api.as('fazhiyuan')).get(`/alarms/${alarm}/ledger`);
      expect(ledger.body.at(-1)).to.deep.include({ action: 'alarm.read' });
      expect(ledger.body.at(-1).changes.shown).to.have.members(['caller', 'callerPhone', 'place', 'narrative']);
    });

    it('a colleague, the station head, the case-management officer and the leader see what domain.md allows them', async () => {
      expect(await seen(await api.as('chujing2'))).to.include({
        caller: '张某某',
        callerPhone: null,
        place: '北门区文化路***',
        narrative: '张某某称其手机138****5678被抢',
      });
      expect(await seen(await api.as('suozhang'))).to.include({
        caller: '张小明',
        callerPhone: '138****5678',
        place: caller.place,
      });
      expect(await seen(await api.as('anguan'))).to.include({
        caller: '张某某',
        callerPhone: '138****5678',
        narrative: '张某某称其手机138****5678被抢',
      });
      expect(await seen(await api.as('lingdao'))).to.include({ caller: '张某某' });
    });

    it('a list never shows more than the masked form, nor any narrative', async () => {
      const [row] = (await (await api.as('chujing')).get('/alarms')).body;
      expect(row).to.include({ caller: '张某某', callerPhone: '138****5678', narrative: null });
    });

    it('a stated purpose reveals, and the ledger keeps the purpose', async () => {
      const manager = await api.as('anguan');
      expect((await manager.post(`/alarms/${alarm}/reveal`, {})).status).to.equal(422);
      const revealed = await manager.post(`/alarms/${alarm}/reveal`, { purpose: '核查报警人反映' });
      expect(revealed.body).to.include(caller);
      const ledger = await manager.get(`/alarms/${alarm}/ledger`);
      expect(ledger.body.at(-1)).to.include({ action: 'alarm.reveal', reason: '核查报警人反映' });
      expect((await (await api.as('ducha')).post(`/alarms/${alarm}/reveal`, { purpose: 'x' })).status).to.equal(403);
    });

    it('somebody under eighteen is 未成年人甲 wherever the name stands, steps included', async () => {
      const manager = await api.as('anguan');
      const { body } = await manager.get(`/cases/${file}`);
      expect(body.parts.people.map((one: { name: string }) => one.name)).to.deep.equal(['李某某', '未成年人甲']);
      expect(body.parts.people[0].identity).to.equal('**************1234');
      expect(body.summary).to.equal('李某某、未成年人甲参与');
      const timeline = await manager.get(`/cases/${file}/timeline`);
      expect(JSON.stringify(timeline.body)).to.not.contain('小红').and.not.contain('大壮');
      const own = await (await api.as('chujing')).get(`/cases/${file}`);
      expect(own.body.parts.people[1].name).to.equal('小红');
    });
  });
});
