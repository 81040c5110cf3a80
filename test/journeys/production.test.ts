import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { start, temporaryHome } from '../support/start.ts';
import { type Browser, needChromium, openBrowser, patience, shoot } from './browser.ts';
import { Person } from './person.ts';

const password = 'Lanchuan-2026-zhengshi';

/** Who works in the bureau that is entered by hand: [name, police number, unit, kind, role]. */
const staff = {
  anquan: ['郑浩', '990101', '望河分局', '民警', '安全保密管理员'],
  jiejing: ['郭佳', '990102', '望河分局', '文职', '接警员'],
  chujing: ['王强', '990103', '北门派出所', '民警', '处警民警'],
  suozhang: ['刘军', '990104', '北门派出所', '民警', '单位负责人'],
  guanli: ['马超', '990105', '财物管理中心', '民警', '涉案财物管理员'],
} as const;
type Login = keyof typeof staff;

describe('an empty production database, entered by hand', function () {
  this.timeout(4 * patience);
  const place = temporaryHome();
  const people = new Map<string, Person>();
  let server: ReturnType<typeof start>;
  let browser: Browser;
  let first: { login: string; password: string };
  const passwords = new Map<string, string>();

  before(async function () {
    needChromium(this);
    server = start(['start', '--production'], { MINGJING_HOME: place.home });
    const [, url = ''] = await server.said(/(http:\/\/localhost:\d+)/);
    const [, login = '', file = ''] = await server.said(/administrator\s+(\S+)\s+.*one-time password in\s+(\S+)/);
    first = { login, password: readFileSync(file, 'utf8').trim().split(' ').at(-1) ?? '' };
    browser = await openBrowser(url);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    for (const [login, { page }] of people) if (!page.isClosed()) await shoot(page, `failed-production-${login}`);
  });
  after(async () => {
    await browser?.close();
    server?.child.kill('SIGTERM');
    await server?.ended;
    place.remove();
  });

  /** Signs in with the one-time password the first time, and sets one of his own. */
  const as = async (login: string): Promise<Person> => {
    const known = people.get(login);
    if (known) return known;
    const once = passwords.get(login) ?? '';
    const person = await Person.signIn(browser, login, once);
    people.set(login, person);
    await person.see('首次登录请先设置自己的密码');
    await person.type('当前密码', once);
    await person.type('新密码（至少 12 位）', password);
    await person.type('再次输入新密码', password);
    if (people.size === 1) await person.look('51-first-password');
    await person.press('确定修改');
    await person.page.getByRole('menuitem').first().waitFor();
    await person.settled();
    return person;
  };
  const row = (person: Person, text: string) => person.page.getByRole('row').filter({ hasText: text }).first();
  /** A further step, by the menu of the record. */
  const step = async (person: Person, name: string, values: Parameters<Person['fill']>[0] = {}) => {
    await person.press('登记环节');
    await person.page.getByRole('menuitem', { name, exact: true }).click();
    await person.fill(values);
    await person.confirm('登记');
    await person.see(`已登记：${name}`);
  };
  /** A new record by the button of its list. */
  const open = async (person: Person, page: string, name: string, values: Parameters<Person['fill']>[0]) => {
    await person.go(page);
    await person.press(name);
    await person.proposeNumber();
    await person.fill(values);
  };

  it('lets the administrator in with the printed password, once', async () => {
    passwords.set(first.login, first.password);
    const administrator = await as(first.login);
    await administrator.see('人员');
    await administrator.look('52-empty-people', [first.login]);
    expect(await administrator.page.getByText('演示').count()).to.equal(0);
  });

  it('takes units and people from him', async () => {
    const administrator = await as(first.login);
    await administrator.go('单位');
    await row(administrator, '本局').getByRole('button', { name: '修改' }).click();
    await administrator.fill({ 单位代码: '990100000000', 单位名称: '澜川市公安局', 简称: '澜公' });
    await administrator.confirm('保存');
    for (const [name, short, code, kind, area] of [
      ['望河分局', '望公', '990102000000', '县（市、区）局、分局', ''],
      ['北门派出所', '北门所', '990102510000', '派出所', '城区'],
      ['财物管理中心', '望财物', '990102220400', '涉案财物管理中心', ''],
    ] as const) {
      await administrator.press('新建单位');
      await administrator.fill({
        单位代码: code,
        单位名称: name,
        简称: short,
        单位类型: kind,
        上级单位: kind.startsWith('县') ? '澜川市公安局' : '望河分局',
        ...(area ? { 区域类别: area } : {}),
      });
      await administrator.confirm('保存');
    }
    await administrator.look('53-units');
    await administrator.go('人员');
    for (const [login, [name, number, unit, kind]] of Object.entries(staff)) {
      await administrator.press('新建人员');
      await administrator.fill({ 姓名: name, 警号: number, 人员类别: kind, 所属单位: unit, 登录名: login });
      if (kind === '文职') await administrator.fill({ 执法资格: '无' });
      await administrator.dialog.getByRole('button', { name: '保存', exact: true }).click();
      await administrator.see('请当面交给本人');
      const told = await administrator.dialog.innerText();
      passwords.set(login, /\n([!-~]{10,})\n/.exec(told)?.[1] ?? '');
      await administrator.confirm('已交给本人');
    }
    expect([...passwords.values()].every((one) => one.length >= 10)).to.equal(true);
    await administrator.look('54-people', [first.login, ...Object.keys(staff)]);
  });

  it('has the administrator name the security administrator, and him everybody else', async () => {
    const administrator = await as(first.login);
    const grant = async (person: Person, login: Login, role: string) => {
      const [name, , unit] = staff[login];
      await person.go('任职');
      await person.press('授予角色');
      await person.fill({ 人员: name, 任职单位: unit, 角色: role, 授予理由: '岗位任命' });
      await person.confirm('保存');
      await person.see(`${name} ${staff[login][1]}`);
    };
    await grant(administrator, 'anquan', '安全保密管理员');
    const security = await as('anquan');
    for (const login of ['jiejing', 'chujing', 'suozhang', 'guanli'] as const)
      await grant(security, login, staff[login][4]);
    await grant(security, 'chujing', '办案民警');
    await security.look('55-posts');
  });

  it('receives an alarm and dispatches it', async () => {
    const taker = await as('jiejing');
    await taker.go('警情');
    await taker.look('56-no-alarms-yet');
    await open(taker, '警情', '接警', {
      报警方式: '110 电话',
      管辖单位: '北门派出所',
      接警类别: '治安',
      警情内容: '手机被盗',
      警情等级: '一般',
      区域类别: '城区',
      报警人: '李建',
      报警电话: '19900000001',
      案发地点: '北门大街1号',
      报警内容: '报警人称手机在店内被盗。',
    });
    await taker.look('57-receive-alarm');
    await taker.confirm('登记');
    if (await row(taker, '手机被盗').count()) await row(taker, '手机被盗').click();
    await taker.see('处置中');
    await step(taker, '派警', { 处警单位: '北门派出所', 带队民警: '王强' });
    await taker.look('58-dispatched');
  });

  it('is handled by the officer: he arrives, handles, disposes', async () => {
    const officer = await as('chujing');
    await officer.go('警情');
    await row(officer, '手机被盗').click();
    for (const name of ['签收', '到场', '现场处置完毕', '反馈']) await step(officer, name);
    await step(officer, '填写处置结果', { 处置结果: '受案(立案)', 反馈类别: '治安' });
    await officer.see('已处置');
    await officer.look('59-alarm-handled');
  });

  it('becomes a case with an act and a measure', async () => {
    const officer = await as('chujing');
    await officer.press('由此警情立（受）案');
    await officer.proposeNumber();
    await officer.confirm('登记');
    await officer.see('待受（立）案');
    await step(officer, '受案', { 受案文号: '望公（北）受案字〔2026〕1号' });
    await step(officer, '登记办案活动', { 活动类型: '询(讯)问', 办案民警: ['王强'], 地点: '北门派出所' });
    await step(officer, '采取强制措施', { 措施类型: '传唤', 文书号: '望公（北）行传字〔2026〕1号' });
    await step(officer, '登记涉案人员', { 身份: '被侵害人(被害人)', '姓名(名称)': '李建' });
    await officer.page.getByRole('tab', { name: '活动与措施' }).click();
    await officer.see('传唤');
    await officer.look('60-case');
  });

  it('takes an item, lists it and hands it to the custodian', async () => {
    const officer = await as('chujing');
    await officer.press('提取财物');
    await officer.proposeNumber();
    await officer.fill({ 提取方式: '扣押', 财物类别: '手机', 名称: '手机', 数量: '1', 计量单位: '部', 持有人: '赵某' });
    await officer.look('61-take-item');
    await officer.confirm('登记');
    await officer.go('涉案财物');
    await row(officer, '手机').click();
    await step(officer, '开列清单', { 清单编号: '扣押清单1', 清单份数: '2', 持有人签名: true });
    const custodian = await as('guanli');
    await custodian.go('涉案财物');
    await row(custodian, '手机').click();
    await step(custodian, '移交保管', { 涉案财物管理员: '马超', 保管场所: '涉案财物管理中心' });
    await step(custodian, '登记流转', { 流转类型: '入库', 数量: '1' });
    await custodian.see('保管中');
    await custodian.look('62-in-custody');
  });

  it('plans a shift and registers a recording', async () => {
    const head = await as('suozhang');
    await open(head, '勤务', '排班', { 执勤人员: '王强', 勤务类型: '接处警', 执法记录仪: 'DSJ990103' });
    await head.fill({ 计划下岗时间: later(await head.dialog.getByLabel(/^计划上岗时间/).inputValue(), 8) });
    await head.look('63-plan-shift');
    await head.confirm('登记');
    await head.see('待上岗');
    await head.look('64-shifts');

    const officer = await as('chujing');
    await open(officer, '执法音视频', '登记音视频', { 来源: '执法记录仪', 佩戴人: '王强', 所属单位: '北门派出所' });
    await officer.look('65-register-recording');
    await officer.confirm('登记');
    await officer.see('王强');
    await officer.look('66-recordings');
    await head.go('本所今日');
    await head.look('67-today');
  });

  it('has shown no error, no English and no code name on any page', async () => {
    for (const person of people.values()) await person.leave();
  });
});

/** 2026-11-23 21:10:05, some hours later. */
function later(text: string, hours: number): string {
  const at = new Date(new Date(`${text.replace(' ', 'T')}Z`).getTime() + hours * 3_600_000);
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
