/** Supervision papers in three parts (存根, 正本, 回执) that are torn apart along the seam. */
import { agencyLine, body, closing, type Issue, numberLine, partName, proof, remark, titleLine } from '../issue.ts';
import { type Block, type Paper, type Part, typeSize } from '../sheet.ts';
import { dayOf } from '../wording.ts';

export interface Signers {
  /** 承办人 */
  handler?: string;
  /** 审核人 */
  reviewer?: string;
  /** 批准人 */
  approver?: string;
}

export interface ThreeParts {
  title: string;
  /** Unit that receives the paper, by full name. */
  to: string;
  /** Rows of the stub, after 收文单位. */
  stub: readonly { label: string; value: string }[];
  signers: Signers;
  original: readonly Block[];
  /** What the receipt acknowledges and reports. */
  receiptRequest: string;
}

const stubPart = (paper: ThreeParts, issue: Issue, seam: string): Part => ({
  seamBelow: seam,
  blocks: [
    agencyLine(issue.agency),
    titleLine(paper.title),
    partName('存根'),
    numberLine(issue.number),
    {
      kind: 'form',
      size: typeSize.small4,
      label: 5.6,
      height: 30,
      rows: [
        [{ label: '被监督单位', value: paper.to }],
        ...paper.stub.map((row) => [row]),
        [
          { label: '承 办 人', value: paper.signers.handler ?? '' },
          { label: '审 核 人', value: paper.signers.reviewer ?? '' },
        ],
        [
          { label: '批 准 人', value: paper.signers.approver ?? '' },
          { label: '批准时间', value: '' },
        ],
        [
          { label: '填 发 人', value: '' },
          { label: '填发时间', value: dayOf(issue.asOf, issue.zone) },
        ],
      ],
    },
    { kind: 'gap', height: 12 },
    proof(issue),
    remark('本文书一式三联：存根由法制部门留存，正本交被监督单位，回执由被监督单位填写、盖章后退回法制部门。'),
  ],
});

const originalPart = (paper: ThreeParts, issue: Issue, seam: string): Part => ({
  seamAbove: seam,
  seamBelow: seam,
  blocks: [
    agencyLine(issue.agency),
    titleLine(paper.title),
    numberLine(issue.number),
    { kind: 'text', words: `${paper.to}：`, size: typeSize.no3, leading: 1.75 },
    ...paper.original,
    ...closing(issue, dayOf(issue.asOf, issue.zone)),
    { kind: 'to-foot', height: 98 },
    proof(issue),
    remark('此联交被监督单位。'),
  ],
});

const receiptPart = (paper: ThreeParts, issue: Issue, seam: string): Part => ({
  seamAbove: seam,
  blocks: [
    agencyLine(issue.agency),
    titleLine(paper.title),
    partName('回执'),
    numberLine(issue.number),
    { kind: 'text', words: `${issue.agency}：`, size: typeSize.no3, leading: 1.75 },
    body([
      { text: `你局${issue.number}《${paper.title}》已于` },
      { blank: 3 },
      { text: '年' },
      { blank: 2 },
      { text: '月' },
      { blank: 2 },
      { text: '日' },
      { blank: 2 },
      { text: '时收到。' },
      { text: paper.receiptRequest },
    ]),
    { kind: 'gap', height: 6 },
    { kind: 'form', size: typeSize.small4, label: 5.6, height: 120, rows: [[{ label: '情况说明', value: '' }]] },
    { kind: 'form', size: typeSize.small4, label: 5.6, height: 120, rows: [[{ label: '整改情况', value: '' }]] },
    {
      kind: 'form',
      size: typeSize.small4,
      label: 5.6,
      height: 34,
      rows: [
        [{ label: '附件清单', value: '' }],
        [
          { label: '签 收 人', value: '' },
          { label: '单位负责人', value: '' },
        ],
      ],
    },
    { kind: 'gap', height: 26 },
    { kind: 'text', words: paper.to, size: typeSize.no3, align: 'right', insetRight: 2, leading: 1.75 },
    { kind: 'text', words: '（印　章）', size: typeSize.no3, align: 'right', insetRight: 4, leading: 1.75 },
    {
      kind: 'text',
      words: [{ blank: 3 }, { text: '年' }, { blank: 2 }, { text: '月' }, { blank: 2 }, { text: '日' }],
      size: typeSize.no3,
      align: 'right',
      insetRight: 2,
      leading: 1.75,
    },
    remark('此联由被监督单位填写，加盖单位印章后退回法制部门附卷。'),
  ],
});

export function threeParts(paper: ThreeParts, issue: Issue): Paper {
  const seam = `${issue.number}（骑缝处加盖印章）`;
  return {
    title: paper.title,
    number: issue.number,
    agency: issue.agency,
    asOf: issue.asOf.toISOString(),
    pages: 'of',
    demo: issue.demo,
    parts: [stubPart(paper, issue, seam), originalPart(paper, issue, seam), receiptPart(paper, issue, seam)],
  };
}
