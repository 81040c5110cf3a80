import { expect } from 'chai';
import { testPassword } from '../support/bureau.ts';
import { type Browser, needChromium, openBrowser, patience, shoot } from './browser.ts';
import { openSmallBureau } from './bureau.ts';
import { Person } from './person.ts';

describe('a legal officer amends a rule, in the browser', function () {
  this.timeout(10 * patience);
  let bureau: Awaited<ReturnType<typeof openSmallBureau>>;
  let browser: Browser;
  let drafter: Person;
  before(async function () {
    needChromium(this);
    bureau = await openSmallBureau();
    browser = await openBrowser(bureau.url);
    drafter = await Person.signIn(browser, 'fazhi', testPassword);
  });
  after(async () => {
    await browser?.close();
    await bureau?.close();
  });

  const card = '/#/rules/PRO-01/show';
  const text = () => drafter.page.getByRole('textbox', { name: '规则文本' });

  it('drafts a new version: a slip of the pen is shown in its line and mended with one press', async () => {
    await drafter.page.goto('/#/rules/PRO-01/show');
    await drafter.settled();
    await shoot(drafter.page, 'rules-card');
    await drafter.open('起草新版本');
    const start = await text().inputValue();
    const stricter = start
      .replace("from: '2013-01-01'", "from: '2026-10-23'")
      .replace(/^owes: item\.takenBy/m, 'owes: item.takenBuy');
    expect(stricter, 'the text is what this test thinks').to.include('takenBuy').and.to.include('2026-10-23');
    await text().fill(stricter);
    const line = stricter.split('\n').findIndex((one) => one.includes('takenBuy')) + 1;
    await drafter.see(`第 ${line} 行`);
    await drafter.see(/没有“takenBuy”/);
    await shoot(drafter.page, 'rules-mistake');
    await drafter.press('改为 takenBy');
    await drafter.see(/文本无误，\d+ 个示例全部符合/);
    expect(await text().inputValue()).to.include('owes: item.takenBy\n');
    await drafter.press('保存草稿');
    await drafter.see(/本局第 1 版/);
    expect(await text().inputValue()).to.include('\nversion: 1001\n');
  });

  it('proposes words while one types', async () => {
    const before = await text().inputValue();
    await text().press('Control+End');
    await text().pressSequentially('# item.handed');
    await drafter.page.getByRole('option', { name: /handedOverAt/ }).click();
    expect(await text().inputValue()).to.match(/# item\.handedOverAt$/);
    await text().fill(before);
  });

  it('looks at one record by the new text, before anything is kept of it', async () => {
    await drafter.type('涉案财物编号', bureau.item);
    await drafter.press('试算');
    await drafter.see('逾期未办');
    await drafter.see('为何适用');
    await drafter.press('查看数据库语句');
    await drafter.see(/^SELECT s\.id AS subject_id/);
    await shoot(drafter.page, 'rules-preview');
    await drafter.open('规则卡片');
  });

  it('tries it, has it signed, and a third person enacts it', async () => {
    await drafter.press('试运行');
    await drafter.confirm('试运行');
    await drafter.see('与现行版本并行');
    expect(
      await drafter.page.getByRole('button', { name: '审签', exact: true }).count(),
      'not by the drafter',
    ).to.equal(0);

    const reader = await Person.signIn(browser, 'fazhizhang', testPassword);
    await reader.page.goto(card);
    await reader.press('审签');
    await shoot(reader.page, 'rules-sign');
    await reader.fill({ 审签意见: '与公安部令第125号一致' });
    await reader.confirm('审签');
    await reader.see(/已审签/);
    expect(await reader.page.getByRole('button', { name: '启用', exact: true }).count(), 'not by the reader').to.equal(
      0,
    );
    await reader.leave();

    const leader = await Person.signIn(browser, 'lingdao', testPassword);
    await leader.page.goto(card);
    await leader.press('启用');
    await leader.fill({ 起算日: '2026-10-23' });
    await leader.confirm('启用');
    await leader.see(/由新版本替代/);
    await shoot(leader.page, 'rules-enacted');
    await leader.leave();
  });

  it('has everything judged anew by a job, and finds the words of the vocabulary', async () => {
    await drafter.page.goto('/#/rules');
    await drafter.settled();
    for (;;) {
      const [open] = await bureau.db.database.transaction(({ sql }) =>
        sql(`SELECT 1 FROM judge_run WHERE state IN ('queued', 'running')`),
      );
      if (!open) break;
      await drafter.page.waitForTimeout(500);
    }
    await drafter.page.reload();
    await drafter.settled();
    await drafter.page.getByPlaceholder('规则名称、法律依据').fill('涉案财物移交');
    await drafter.see(/本局第 1 版|启用/);
    await drafter.settled();
    await shoot(drafter.page, 'rules-list');
    await drafter.open('词汇表');
    await drafter.page.getByPlaceholder('查词语、名称、取值').fill('移交');
    await drafter.see('handedOverAt');
    await drafter.settled();
    await shoot(drafter.page, 'rules-words');
    await drafter.leave();
  });

  it('sets a number for one station', async () => {
    const head = await Person.signIn(browser, 'fazhizhang', testPassword);
    await head.page.goto('/#/rules/ALM-03/show');
    await head.press('设定');
    await head.fill({ '单位（不填为全市统一）': '北门派出所', 数值: '6', 理由: '辖区面积小' });
    await head.confirm('保存');
    await head.see('辖区面积小');
    await shoot(head.page, 'rules-params');
    await head.leave();
  });
});
