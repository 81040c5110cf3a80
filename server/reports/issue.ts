/** What every issued paper says about itself, and the blocks that all papers share. */
import { type Block, type Paragraph, type Proof, typeSize } from './sheet.ts';
import { minuteOf } from './wording.ts';

export interface Issue {
  /** Agency that issues, full name as printed on top: 澜川市公安局望河分局. */
  agency: string;
  /** 望公法监通字〔2026〕12号 */
  number: string;
  asOf: Date;
  zone: string;
  demo: boolean;
  /** Size and root (hex) of the ledger before the entry of this paper. */
  ledger: { size: number; root: string };
}

export const agencyLine = (agency: string): Paragraph => ({
  kind: 'text',
  words: agency,
  face: 'title',
  size: typeSize.no3,
  align: 'centre',
  leading: 1.5,
  after: 2,
});
export const titleLine = (title: string): Paragraph => ({
  kind: 'text',
  words: title,
  face: 'title',
  size: typeSize.no2,
  align: 'centre',
  leading: 1.6,
  after: 2,
});
export const partName = (name: string): Paragraph => ({
  kind: 'text',
  words: `（${name}）`,
  size: typeSize.no4,
  align: 'centre',
  leading: 1.3,
  after: 4,
});
export const numberLine = (number: string): Paragraph => ({
  kind: 'text',
  words: number,
  size: typeSize.no4,
  align: 'right',
  leading: 1.6,
  after: 8,
});
export const body = (words: Paragraph['words'], more: Partial<Paragraph> = {}): Paragraph => ({
  kind: 'text',
  words,
  size: typeSize.no3,
  indent: 2,
  leading: 1.65,
  ...more,
});
export const heading = (words: string): Paragraph => ({
  kind: 'text',
  words,
  face: 'hei',
  size: typeSize.no4,
  align: 'left',
  leading: 1.6,
  before: 10,
  after: 3,
  keep: 60,
});
export const remark = (words: string): Paragraph => ({
  kind: 'text',
  words,
  size: typeSize.small5,
  colour: 'grey',
  leading: 1.5,
  before: 3,
});
export const small = (words: Paragraph['words'], more: Partial<Paragraph> = {}): Paragraph => ({
  kind: 'text',
  words,
  size: typeSize.small4,
  indent: 2,
  leading: 1.6,
  ...more,
});

/** What a closing and the proof under it take: the last lines of the text stay on their page. */
export const closingHeight = 18 + 3 * typeSize.no3 * 1.7 + 98;

/** 落款: agency and date at the right, with room for the seal over them. */
export const closing = (issue: Issue, date: string): Block[] => [
  { kind: 'gap', height: 18 },
  { kind: 'text', words: issue.agency, size: typeSize.no3, align: 'right', insetRight: 2, leading: 1.7, keep: 56 },
  { kind: 'text', words: '（印　章）', size: typeSize.no3, align: 'right', insetRight: 4, leading: 1.7, keep: 20 },
  { kind: 'text', words: date, size: typeSize.no3, align: 'right', insetRight: 2, leading: 1.7 },
];

/** Content of the QR code: scanned without the product it still reads as number, size and root. */
export const proofCode = (issue: Issue): string => `明镜 ${issue.number}\n${issue.ledger.size}\n${issue.ledger.root}`;

/** Eight by eight, so that it can be compared by eye and breaks between groups. */
const grouped = (hex: string): string => hex.replace(/.{8}(?=.)/g, '$& ');

export const proof = (issue: Issue): Proof => ({
  kind: 'proof',
  code: proofCode(issue),
  lines: [
    { label: '文书编号', value: issue.number },
    { label: '生成时间', value: minuteOf(issue.asOf, issue.zone) },
    { label: '日志条数', value: String(issue.ledger.size) },
    { label: '日志根值', value: grouped(issue.ledger.root) },
    { label: '核验方法', value: '扫码所得编号、条数、根值与防篡改日志一致，即为未经改动。' },
  ],
});
