import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { demoPassword } from '../../server/demo/found.ts';
import { demoPeople } from '../../server/demo/people.ts';
import { type Browser, needChromium, openBrowser, patience, shoot, shotPath } from './browser.ts';
import { type Bureau, openBureau } from './bureau.ts';
import { Person } from './person.ts';

const titles = {
  noCase: '案件类警情未受（立）案',
  late: '涉案财物移交保管超时',
  camera: '现场执法音视频不完整',
} as const;
interface Rate {
  owed: number;
  excused: number;
  rate: string;
}
type Issue = keyof typeof titles;
const issues = Object.keys(titles) as Issue[];

const nameOf = (login: string): string => demoPeople(7, 60).find((one) => one.login === login)?.name ?? '';

/** A photo of a broken camera: one grey pixel does. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOspm8AAAKFAYHcYSU8AAAAAElFTkSuQmCC',
  'base64',
);

describe('the story of the stolen e-bike, in the browser', function () {
  this.timeout(20 * patience);
  let bureau: Bureau;
  let browser: Browser;
  const people = new Map<string, Person>();
  const addresses = new Map<Issue, string>();
  let alarm = '';

  /** Everybody keeps the desk he signed in at. */
  const as = async (login: string): Promise<Person> => {
    const known = people.get(login) ?? (await Person.signIn(browser, login, demoPassword));
    people.set(login, known);
    return known;
  };
  const openIssue = async (person: Person, issue: Issue) => {
    await person.page.goto(addresses.get(issue) ?? '');
    await person.see(titles[issue]);
    await person.settled();
  };
  /** Does what is due on the page of an issue, by the form of that act. */
  const act = async (person: Person, name: string, values: Parameters<Person['fill']>[0], submit = name) => {
    const panel = person.page.getByRole('region', { name: '办理', exact: true });
    const heading = panel.getByRole('heading', { name, exact: true });
    await panel.waitFor();
    if (!(await heading.count())) await person.press(name, panel);
    await heading.waitFor();
    await person.fill(values, panel);
    await person.press(submit, panel);
    await person.see(`已${name}`);
    await person.settled();
  };
  const row = (person: Person, name: string) => person.page.getByRole('row').filter({ hasText: name }).first();

  before(async function () {
    needChromium(this);
    bureau = await openBureau();
    browser = await openBrowser(bureau.url);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    for (const [login, { page }] of people) if (!page.isClosed()) await shoot(page, `failed-${login}`);
  });
  after(async () => {
    await browser?.close();
    await bureau?.close();
  });

  let first: Rate;
  /** What a leader reads on the row of the rule, for 北门派出所. */
  const cameraRate = async (): Promise<Rate> => {
    const leader = await as('lingdao');
    await leader.page.goto('/#/figures');
    await leader.see('按期办结率');
    await leader.page.reload();
    await leader.see('按期办结率');
    await leader.fill({ 单位: '望河分局北门派出所' }, leader.page.locator('main'));
    await leader.see('望河分局北门派出所 · 数据截至');
    await leader.settled();
    const cells = await row(leader, titles.camera).getByRole('cell').allInnerTexts();
    return { owed: Number(cells[2]), excused: Number(cells[5]), rate: cells[1] ?? '' };
  };

  it('shows a leader the rates of the station over what was owed', async () => {
    first = await cameraRate();
    expect(first.owed).to.be.greaterThan(0);
    const leader = await as('lingdao');
    await leader.look('01-leader-before');
  });

  it('lays the three findings before the case-management officer', async () => {
    const manager = await as('anguan');
    await manager.see('我的待办');
    await manager.look('02-todos-of-manager');
    await manager.go('执法问题');
    await manager.page.getByPlaceholder('问题编号').fill('000187');
    await manager.see('共 3 条');
    for (const issue of issues) {
      await manager.see(titles[issue]);
    }
    await manager.look('03-findings-to-screen');
    for (const issue of issues) {
      await row(manager, titles[issue]).click();
      await manager.see('依据的监督规则');
      addresses.set(issue, manager.page.url());
      await manager.page.goBack();
      await manager.see('共 3 条');
    }
  });

  it('shows him the chain with its three holes, the sentence and the article', async () => {
    const manager = await as('anguan');
    await openIssue(manager, 'noCase');
    await manager.see(
      /接报“电动自行车被盗”警情（接警单\d+000187）.*反馈类别为“纠纷”，截至10月21日21时30分未见受（立）案/,
    );
    await manager.see('《关于改革完善受案立案制度的意见》（公通字〔2015〕32号） 受案立案审查期限');
    const chain = manager.page.getByRole('region', { name: '全链', exact: true });
    await manager.see('3 处缺口', chain);
    expect(await chain.getByText(/^未见/).count()).to.be.greaterThan(2);
    expect(await chain.getByText(/应由 北门所 \S+ 办理/).count()).to.equal(3);
    await manager.look('04-finding-no-case');
    await manager.open(/^\d+000187$/);
    await manager.see('办理环节');
    alarm = manager.page.url();
    await manager.look('05-alarm-with-chain');
    await manager.page.getByRole('tab', { name: '处警与录像' }).click();
    await manager.see('最长缺录 14 分');
    await manager.look('06-alarm-recordings');
  });

  it('lets him screen and issue all three', async () => {
    const manager = await as('anguan');
    for (const issue of issues) {
      await openIssue(manager, issue);
      await act(manager, '核查', { 核查意见: '拟交办', 核查说明: '已核对接警单、处警录像和财物台账，情况属实。' });
      await act(manager, '交办', {});
      await manager.see('待签收');
    }
    await manager.look('07-issued');
  });

  it('reaches the legal officer of the station, who acknowledges', async () => {
    const officer = await as('fazhiyuan');
    await officer.see(titles.noCase);
    await officer.look('08-todos-of-legal-officer');
    for (const issue of issues) {
      await openIssue(officer, issue);
      await act(officer, '签收', {});
    }
    await officer.look('09-acknowledged');
  });

  it('asks the officer, who explains the camera with a photo', async () => {
    const officer = await as('chujing');
    await officer.see(titles.camera);
    await officer.look('10-todos-of-officer');
    await openIssue(officer, 'camera');
    await officer.page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '执法记录仪故障.png', mimeType: 'image/png', buffer: photo });
    await officer.see('执法记录仪故障.png');
    await act(
      officer,
      '说明情况',
      { 情况说明类别: '装备故障', 情况说明: '到场时执法记录仪无法开机，更换电池后恢复，附故障照片。' },
      '提交说明',
    );
    await officer.look('11-explained');
    await openIssue(officer, 'noCase');
    await act(officer, '说明情况', { 情况说明类别: '工作疏漏', 情况说明: '现场按纠纷处理，未及时受案。' }, '提交说明');
    await openIssue(officer, 'late');
    await act(
      officer,
      '说明情况',
      { 情况说明类别: '工作疏漏', 情况说明: '手机存放在办公室，未及时移交。' },
      '提交说明',
    );
  });

  it('has the head sign off from his page of today', async () => {
    const head = await as('suozhang');
    await head.see('待我审签');
    await head.look('12-today-of-head');
    for (const issue of issues) {
      await openIssue(head, issue);
      await act(head, '审签', { 审签意见: '情况属实，同意上报。' });
    }
  });

  it('is judged: the camera is not confirmed and excused, the other two are confirmed', async () => {
    const reviewer = await as('fazhi');
    await openIssue(reviewer, 'camera');
    await reviewer.see('执法记录仪故障.png');
    await act(
      reviewer,
      '认定',
      { 认定结论: '问题不成立', 认定意见: '装备故障属实，有照片佐证，不计入本人。' },
      '认定问题不成立',
    );
    await reviewer.see('核准例外');
    await reviewer.look('13-camera-excused');
    for (const [issue, how] of [
      ['noCase', '立案或者撤案'],
      ['late', '当场纠正'],
    ] as const) {
      await openIssue(reviewer, issue);
      await act(
        reviewer,
        '认定',
        { 认定结论: '问题成立', 认定意见: '事实清楚，限期整改。', 要求整改方式: [how] },
        '认定问题成立',
      );
      await reviewer.see('整改中');
    }
    await reviewer.look('14-late-confirmed');
  });

  it('prints the 执法监督通知书 with stub, original and receipt', async () => {
    const reviewer = await as('fazhi');
    await openIssue(reviewer, 'noCase');
    await reviewer.press('打印');
    await reviewer.page.getByRole('menuitem', { name: /执法监督通知书/ }).click();
    const link = reviewer.dialog.getByRole('link', { name: '打开文书' });
    await link.waitFor();
    await reviewer.look('15-paper-ready');
    const address = new URL((await link.getAttribute('href')) ?? '', bureau.url).href;
    const pdf = await reviewer.page.request.get(address);
    expect(pdf.headers()['content-type']).to.equal('application/pdf');
    const text = textOf(await pdf.body(), 'supervision-notice.pdf');
    for (const words of [
      '执法监督通知书',
      '存根',
      '正本',
      '回执',
      '000187',
      '北门派出所',
      '电动自行车被盗',
      '演示数据',
    ])
      if (text !== undefined) expect(text).to.contain(words);
    await reviewer.press('关闭', reviewer.dialog);
    await reviewer.page.reload();
    await reviewer.see(/已出具文书/);
    await reviewer.look('16-finding-with-paper');
  });

  it('is put right: a case is opened from the alarm and the phone goes to the custodian', async () => {
    const officer = await as('chujing');
    await officer.page.goto(alarm);
    await officer.press('由此警情立（受）案');
    await officer.proposeNumber();
    await officer.look('17-open-case');
    await officer.confirm('登记');
    await officer.see('待受（立）案');
    await officer.press('受案');
    await officer.fill({ 受案文号: '望公（北）受案字〔2026〕326号' });
    await officer.confirm('登记');
    await officer.see('已受案');
    await officer.look('18-case-accepted');

    const custodian = await as('guanli');
    await custodian.go('涉案财物');
    await custodian.page.getByPlaceholder('财物编号').fill('000187');
    await custodian.see('共 1 条');
    await row(custodian, '华为手机').click();
    await custodian.see('待移交保管');
    await custodian.press('移交保管');
    await custodian.fill({ 涉案财物管理员: nameOf('guanli'), 保管场所: '涉案财物管理中心', 库位: '甲-03-12' });
    await custodian.look('19-hand-over');
    await custodian.confirm('登记');
    await custodian.see('保管中');
    await custodian.look('20-in-custody');

    for (const [issue, how, told] of [
      ['noCase', '立案或者撤案', '已受案，案件正在办理。'],
      ['late', '当场纠正', '已移交涉案财物管理中心。'],
    ] as const) {
      await openIssue(officer, issue);
      await officer.see('未见缺口');
      await act(officer, '提交整改', { 整改方式: [how], 整改情况: told });
    }
    await officer.look('21-rectified');
  });

  it('is re-read by the engine and closed', async () => {
    const manager = await as('anguan');
    for (const [issue, fact] of [
      ['noCase', /^系统复核：警情\d+000187已于2026年10月22日.*办理，逾期办结/],
      ['late', /^系统复核：涉案财物.*000187已于2026年10月22日.*登记“移交保管”，逾期办结/],
    ] as const) {
      await openIssue(manager, issue);
      await act(manager, '复查', { 复查通过: true }, '复查通过');
      await manager.see(fact);
      await act(manager, '销号', {});
      await manager.see('已销号');
    }
    await manager.look('22-closed');
    await manager.page.goto(alarm);
    await manager.see('未见缺口');
    await manager.look('23-chain-whole');
  });

  it('moves the rate of the station over its denominator', async () => {
    const now = await cameraRate();
    expect(now.owed).to.equal(first.owed - 1);
    expect(now.excused).to.equal(first.excused + 1);
    const leader = await as('lingdao');
    await leader.look('24-leader-after');
    await row(leader, titles.camera).getByRole('link').nth(0).click();
    await leader.see(`共 ${now.owed} 项`);
    await leader.look('25-duties-behind');
  });

  it('lets an officer record an arrival live and see the duty met', async () => {
    const taker = await as('jiejing');
    await taker.go('警情');
    await taker.press('接警');
    await taker.proposeNumber();
    await taker.fill({
      报警方式: '110 电话',
      管辖单位: '望河分局北门派出所',
      接警类别: '治安',
      警情内容: '商户门前有人打架',
      警情等级: '紧急',
      区域类别: '城区',
      报警人: '王小明',
      案发地点: '北门大街15号',
    });
    await taker.look('26-receive');
    await taker.confirm('登记');
    await row(taker, '商户门前有人打架').click();
    await taker.press('登记环节');
    await taker.page.getByRole('menuitem', { name: '派警' }).click();
    await taker.fill({ 处警单位: '望河分局北门派出所', 带队民警: nameOf('chujing') });
    await taker.confirm('登记');
    await taker.see('到场');

    const officer = await as('chujing');
    await officer.go('我的待办');
    await officer.page.reload();
    await officer.open(/处警到场/);
    await officer.see('商户门前有人打架');
    await officer.press('登记环节');
    await officer.page.getByRole('menuitem', { name: '到场' }).click();
    await officer.confirm('登记');
    const duties = officer.page.getByRole('region', { name: '应办事项' });
    await officer.page.getByRole('button', { name: /项监督未见问题/ }).click();
    await officer.see('处警到场超时', duties);
    await officer.look('27-arrival-met');
  });

  it('has said on every page that the data are invented', async () => {
    for (const person of people.values()) await person.see('演示数据，人物、单位均为虚构');
  });

  it('has shown no error, no English and no code name on any page', async () => {
    for (const person of people.values()) await person.leave();
  });
});

/** The text of a PDF without the spaces between its signs, its pages drawn beside it; undefined without poppler, but in continuous integration. */
function textOf(pdf: Buffer, name: string): string | undefined {
  const file = shotPath(name);
  writeFileSync(file, pdf);
  try {
    execFileSync('pdftoppm', ['-r', '70', '-png', file, file.replace(/\.pdf$/, '')]);
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || process.env['CI'] === 'true') throw error;
    process.stdout.write(
      '      未找到 pdftotext，未核对文书文字 · no pdftotext: the text of the paper is not compared\n',
    );
    return undefined;
  }
}
