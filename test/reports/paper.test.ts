import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../server/kernel/config.ts';
import { body } from '../../server/reports/issue.ts';
import { renderPaper } from '../../server/reports/paper.ts';
import { caseAudit } from '../../server/reports/papers/case-audit.ts';
import { rectificationNotice } from '../../server/reports/papers/rectification-notice.ts';
import { supervisionNotice } from '../../server/reports/papers/supervision-notice.ts';
import { unitScorecard } from '../../server/reports/papers/unit-scorecard.ts';
import { closeAside, renderAside } from '../../server/reports/render-aside.ts';
import type { Block, Paper } from '../../server/reports/sheet.ts';
import { audit, issue, notice, rectification, scorecard } from './samples.ts';

/** Pages of text as a reader's program finds them, without the spaces of the layout. */
function textOf(pdf: Buffer): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-paper-'));
  try {
    writeFileSync(join(folder, 'paper.pdf'), pdf);
    const text = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', join(folder, 'paper.pdf'), '-']).toString();
    return text
      .split('\f')
      .slice(0, -1)
      .map((page) => page.replace(/[ \u3000]+/g, ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const joined = (pdf: Buffer): string => textOf(pdf).join('').replace(/\n/g, '');
const plain = (blocks: readonly Block[]): Paper => ({
  title: '样张',
  number: '样1',
  agency: '样',
  asOf: issue.asOf.toISOString(),
  parts: [{ blocks }],
  pages: 'of',
  demo: false,
});

describe('papers', function () {
  this.timeout(30_000);
  before(function () {
    try {
      execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    } catch {
      if (readConfig().ci)
        throw new Error(
          'pdftotext is not installed, and CI must read the papers (Debian: apt-get install poppler-utils)',
        );
      console.log(
        '      pdftotext is not installed: the papers are not read here (Debian: apt-get install poppler-utils)',
      );
      this.skip();
    }
  });
  after(closeAside);

  it('gives the same bytes for the same paper', async () => {
    const paper = supervisionNotice(notice, issue);
    const first = await renderPaper(paper);
    const second = await renderPaper(paper);
    expect(first.equals(second)).to.equal(true);
  });

  it('draws in a thread what it draws here', async () => {
    const paper = unitScorecard(scorecard, issue);
    const aside = await renderAside(JSON.parse(JSON.stringify(paper)) as Paper);
    expect(aside.equals(await renderPaper(paper))).to.equal(true);
  });

  it('leaves the event loop free while it draws', async () => {
    let beats = 0;
    const beat = setInterval(() => {
      beats += 1;
    }, 5);
    await renderAside(caseAudit(audit, issue));
    clearInterval(beat);
    expect(beats).to.be.greaterThan(3);
  });

  it('prints the supervision notice as stub, original and receipt, each with its own pages', async () => {
    const pages = textOf(
      await renderPaper(supervisionNotice({ ...notice, problems: notice.problems.slice(0, 1) }, issue)),
    );
    expect(pages).to.have.length(3);
    const [stub = '', original = '', receipt = ''] = pages;
    expect(stub).to.include('（存根）').and.include('被监督单位').and.include('望河分局北门派出所');
    expect(original).to.include('执法监督通知书').and.include('望公法监通字〔2026〕12号').and.include('2026年11月23日');
    expect(receipt).to.include('（回执）').and.include('时收到');
    for (const page of pages)
      expect(page)
        .to.include('内部资料注意保管')
        .and.include('演示数据，人物单位均为虚构')
        .and.include('第1页共1页')
        .and.include('骑缝处加盖印章');
  });

  it('says the issue in one official sentence with full-width marks, article and masked officer', async () => {
    const text = joined(await renderPaper(supervisionNotice(notice, issue)));
    expect(text).to.include('警情（接警单…000187），当日22时05分处置完毕，反馈类别为“纠纷”');
    expect(text).to.include('依据：《中华人民共和国治安管理处罚法》第九十条');
    expect(text).to.include('责任民警张某某（警号尾号07）').and.not.include('张建国');
    expect(text).to.include('可以自收到之日起3日内书面申请复核');
    expect(text).to.not.match(/复议|过错|查处|违规人员/);
  });

  it('never leaves a signature alone on a page', async () => {
    for (let count = 1; count <= 4; count += 1) {
      const problems = Array.from(
        { length: count },
        (_, n) => notice.problems[n % 2] as (typeof notice.problems)[number],
      );
      const pages = textOf(await renderPaper(supervisionNotice({ ...notice, problems }, issue)));
      const signed = pages.find((page) => page.includes('此联交被监督单位')) ?? '';
      expect(signed, `${count} problems`).to.include('执法责任的认定').and.include('印章');
    }
  });

  it('orders correction with its way and date, and forbids back-dating', async () => {
    const text = joined(await renderPaper(rectificationNotice(rectification, issue)));
    expect(text)
      .to.include('限期整改通知书')
      .and.include('不得倒签、补签时间或者事后伪造材料')
      .and.include('2026年11月26日前')
      .and.include('见望公法监通字〔2026〕12号');
  });

  it('prints nobody involved in a case by name', async () => {
    const text = joined(await renderPaper(caseAudit(audit, issue)));
    for (const name of ['王秀英', '欧阳小龙', '艾力·买买提', '张建国', '沈秋月']) expect(text).to.not.include(name);
    expect(text).to.include('未成年人甲').and.include('王某某');
  });

  it('counts duties over their denominator and shows the holes of the chain', async () => {
    const text = joined(await renderPaper(caseAudit(audit, issue)));
    expect(text)
      .to.include('按期率25.0%（按期办结1÷已到期4）')
      .and.include('全链核对发现缺失环节3处')
      .and.include('未见入库登记');
  });

  it('says on the scorecard that it replaces no assessment, and what its rates divide', async () => {
    const text = joined(await renderPaper(unitScorecard(scorecard, issue)));
    expect(text)
      .to.include('试行内部监测，不替代省厅考评')
      .and.include('97.0%（1449÷1494）')
      .and.include('96.0%～97.7%')
      .and.include('本表不对单位和个人排名');
  });

  it('repeats the header of a table on every page it reaches', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => [String(n + 1), `第${n + 1}行`]);
    const pages = textOf(
      await renderPaper(
        plain([
          {
            kind: 'table',
            empty: '无',
            columns: [
              { title: '序号', weight: 1 },
              { title: '唯一的表头', weight: 3 },
            ],
            rows,
          },
        ]),
      ),
    );
    expect(pages.length).to.be.greaterThan(2);
    for (const page of pages) expect(page.match(/唯一的表头/g)).to.have.length(1);
    expect(pages.join('').match(/第\d+行/g)).to.have.length(120);
  });

  it('cuts a cell that is taller than a page between its lines and loses none of them', async () => {
    const long = Array.from({ length: 400 }, (_, n) => `甲${n}乙`).join('，');
    const text = joined(
      await renderPaper(
        plain([{ kind: 'table', empty: '无', columns: [{ title: '意见', weight: 1 }], rows: [[long]] }]),
      ),
    ).replace(/意见|第\d页共\d页|内部资料注意保管/g, '');
    for (let n = 0; n < 400; n += 1) expect(text).to.include(`甲${n}乙`);
  });

  it('sets 〓 for a character that no font has, and says which', async () => {
    const text = joined(await renderPaper(plain([body('证人\u{2B740}某，\u202e控制符\u0007不印。')])));
    expect(text).to.include('证人〓某，控制符不印。').and.include('U+2B740');
  });

  it('stamps a viewing copy with the viewer and the minute and says that it is one', async () => {
    const paper = {
      ...unitScorecard(scorecard, issue),
      viewer: { name: '沈秋月', number: '990012', minute: '2026-11-23 22:10' },
    };
    const text = joined(await renderPaper(paper));
    expect(text).to.include('仅供查阅，不作送达使用，以存档原件为准').and.include('990012');
  });

  it('rejects a paper that cannot be drawn, and draws the next one', async () => {
    const broken = { ...unitScorecard(scorecard, issue), asOf: 'no instant' };
    let said = '';
    await renderAside(broken).catch((error: Error) => {
      said = error.message;
    });
    expect(said).to.not.equal('');
    expect((await renderAside(unitScorecard(scorecard, issue))).subarray(0, 5).toString()).to.equal('%PDF-');
  });
});
