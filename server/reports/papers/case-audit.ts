/** 案件监督审查报告: one case with its whole chain, its duties, its issues and how they were corrected. */
import { minorName } from '../../access/masks.ts';
import { type IntervalRow, intervalBars } from '../intervals.ts';
import { agencyLine, heading, type Issue, numberLine, proof, remark, small, titleLine } from '../issue.ts';
import { type Block, type Cell, type Paper, typeSize } from '../sheet.ts';
import {
  alarmNumber,
  type Basis,
  lawsInShort,
  lawsOf,
  maskedName,
  minuteOf,
  officerName,
  percent,
  printed,
  shortMinute,
  spanOf,
  yuan,
} from '../wording.ts';

export type Verdict = 'pending' | 'met' | 'late' | 'overdue' | 'excused' | 'unknown';
export const verdictText: Record<Verdict, string> = {
  pending: '未到期',
  met: '按期办结',
  late: '逾期办结',
  overdue: '逾期未办',
  excused: '核准例外',
  unknown: '暂无法判定',
};

/** Unit as printed and the name of a person; the paper masks the name. */
export interface Doer {
  unit: string;
  name?: string;
}

const doer = (by: Doer, between: string): string => by.unit + (by.name ? between + maskedName(by.name) : '');

export interface CaseAudit {
  case: {
    number: string;
    kind: string;
    cause: string;
    unit: string;
    stage: string;
    lead: { name: string; number?: string } | null;
    assistants: readonly { name: string; number?: string }[];
    acceptedAt: Date | null;
    sourceAlarms: readonly string[];
    suspectKnown: boolean;
    enterprise: boolean;
    /** Marked sensitive: the cause is printed as a class only. */
    sensitive?: boolean;
  };
  parties: readonly { role: string; name: string; minor: boolean; ageClass: string; note?: string }[];
  chain: readonly { title: string; lines: readonly string[]; missing?: { owes: string } }[];
  steps: readonly { at: Date; text: string; by: Doer; recordedAt: Date; corrects?: string }[];
  duties: readonly {
    rule: string;
    owes: Doer;
    openedAt: Date;
    dueAt: Date | null;
    metAt: Date | null;
    verdict: Verdict;
    basis: readonly Basis[];
    trial?: boolean;
  }[];
  findings: readonly {
    number: string;
    level: string;
    state: string;
    sentence: string;
    basis: readonly Basis[];
    loop: readonly { at: Date; step: string; by: Doer; opinion?: string }[];
  }[];
  items: readonly {
    number: string;
    name: string;
    quantity: string;
    how: string;
    takenAt: Date;
    storedAt: Date | null;
    place: string;
    value: number | null;
  }[];
  /** Pieces: taken = stored + lent + returned + transferred + disposed + notStored. */
  balance: {
    taken: number;
    stored: number;
    lent: number;
    returned: number;
    transferred: number;
    disposed: number;
    notStored: number;
  };
  recordings: readonly (IntervalRow & { share: number | null; longestGap: number })[];
  /** Who answers for the review, printed as lines to sign. */
  signers: readonly string[];
}

export const title = '案件监督审查报告';

const counts = (audit: CaseAudit): Record<Verdict, number> => {
  const count: Record<Verdict, number> = { pending: 0, met: 0, late: 0, overdue: 0, excused: 0, unknown: 0 };
  for (const duty of audit.duties) if (!duty.trial) count[duty.verdict] += 1;
  return count;
};

function overview(audit: CaseAudit, issue: Issue): Block {
  const { case: file } = audit;
  const cause = file.sensitive ? '人身权利类' : file.cause;
  return {
    kind: 'form',
    rows: [
      [
        { label: '案件编号', value: file.number },
        { label: '案件类别', value: file.kind },
      ],
      [
        { label: '案　　由', value: cause },
        { label: '当前阶段', value: file.stage },
      ],
      [
        { label: '办案单位', value: file.unit },
        { label: '主办民警', value: file.lead ? officerName(file.lead) : '未见登记' },
      ],
      [
        { label: '协办民警', value: file.assistants.map(officerName).join('、') || '未见登记' },
        { label: '受立案时间', value: file.acceptedAt ? minuteOf(file.acceptedAt, issue.zone) : '未见受（立）案' },
      ],
      [
        { label: '来源警情', value: file.sourceAlarms.map(alarmNumber).join('\n') || '—' },
        { label: '嫌疑人', value: `${file.suspectKnown ? '已明确' : '未明确'}${file.enterprise ? '；涉企案件' : ''}` },
      ],
      [{ label: '数据截至', value: minuteOf(issue.asOf, issue.zone) }],
    ],
  };
}

function conclusion(audit: CaseAudit): Block[] {
  const count = counts(audit);
  const settled = count.met + count.late + count.overdue;
  const total = settled + count.pending + count.excused + count.unknown;
  const holes = audit.chain.filter((node) => node.missing).length;
  const rate = settled
    ? `按期率${percent(count.met / settled)}（按期办结${count.met}÷已到期${settled}）`
    : '无已到期事项';
  return [
    small(
      `经对该案办理全过程进行监督审查，应办事项${total}项：按期办结${count.met}项，逾期办结${count.late}项，逾期未办${count.overdue}项，核准例外${count.excused}项，暂无法判定${count.unknown}项，未到期${count.pending}项，${rate}。` +
        `全链核对发现缺失环节${holes}处；已登记疑似问题及执法问题${audit.findings.length}件。`,
    ),
  ];
}

function parties(audit: CaseAudit): Block[] {
  let minors = 0;
  return [
    heading('二、案件相关人员'),
    {
      kind: 'table',
      empty: '未见登记人员',
      columns: [
        { title: '序号', weight: 10, align: 'centre' },
        { title: '身份', weight: 30, align: 'centre' },
        { title: '姓名', weight: 24, align: 'centre' },
        { title: '年龄段', weight: 20, align: 'centre' },
        { title: '备注', weight: 40 },
      ],
      rows: audit.parties.map((party, index) => [
        String(index + 1),
        printed(party.role),
        party.minor ? minorName(minors++) : maskedName(party.name),
        party.minor ? '未成年人' : party.ageClass,
        party.note ?? '',
      ]),
    },
  ];
}

const verdictCell = (verdict: Verdict): Cell => ({
  words: verdictText[verdict],
  align: 'centre',
  ...(verdict === 'late' || verdict === 'overdue'
    ? { colour: 'red' as const }
    : verdict === 'unknown' || verdict === 'pending'
      ? { colour: 'grey' as const }
      : {}),
});

function duties(audit: CaseAudit, issue: Issue): Block[] {
  const when = (at: Date | null): string => shortMinute(at, issue.zone, issue.asOf);
  return [
    heading('五、应办事项及认定'),
    {
      kind: 'table',
      empty: '无应办事项',
      size: typeSize.small5,
      columns: [
        { title: '监督规则', weight: 25 },
        { title: '责任单位（人）', weight: 20 },
        { title: '起算', weight: 15, align: 'centre' },
        { title: '期限', weight: 15, align: 'centre' },
        { title: '办结', weight: 15, align: 'centre' },
        { title: '结果', weight: 17, align: 'centre' },
        { title: '依据', weight: 34 },
      ],
      rows: audit.duties.map((duty) => [
        duty.rule + (duty.trial ? '（试运行）' : ''),
        doer(duty.owes, '\n'),
        when(duty.openedAt),
        when(duty.dueAt),
        when(duty.metAt),
        verdictCell(duty.verdict),
        lawsInShort(duty.basis),
      ]),
    },
  ];
}

function findings(audit: CaseAudit, issue: Issue): Block[] {
  return [
    heading('六、问题及整改情况'),
    ...(audit.findings.length === 0 ? [small('截至数据时间，未发现疑似问题。')] : []),
    ...audit.findings.flatMap((finding, index): Block[] => [
      small(
        [{ text: `${index + 1}．${finding.number}`, face: 'hei' }, { text: `　${finding.level}　${finding.state}` }],
        { indent: 0, before: 6, keep: 40 },
      ),
      small(printed(finding.sentence)),
      small(`依据：${lawsOf(finding.basis)}。`, { after: 4 }),
      {
        kind: 'table',
        empty: '尚未处理',
        size: typeSize.small5,
        columns: [
          { title: '时间', weight: 18, align: 'centre' },
          { title: '环节', weight: 18, align: 'centre' },
          { title: '操作人', weight: 30 },
          { title: '意见', weight: 50 },
        ],
        rows: finding.loop.map((row) => [
          shortMinute(row.at, issue.zone, issue.asOf),
          row.step,
          doer(row.by, '\n'),
          printed(row.opinion ?? ''),
        ]),
      },
    ]),
  ];
}

function property(audit: CaseAudit, issue: Issue): Block[] {
  const { balance } = audit;
  const accounted =
    balance.stored + balance.lent + balance.returned + balance.transferred + balance.disposed + balance.notStored;
  return [
    heading('七、涉案财物收支核对'),
    small(
      `提取${balance.taken}件＝在库${balance.stored}件＋调用${balance.lent}件＋发还${balance.returned}件＋移交${balance.transferred}件＋处置${balance.disposed}件＋未见入库${balance.notStored}件，` +
        (accounted === balance.taken ? '账目相符。' : `账目相差${Math.abs(balance.taken - accounted)}件，请核查。`),
      { after: 4 },
    ),
    {
      kind: 'table',
      empty: '本案未登记涉案财物',
      size: typeSize.small5,
      columns: [
        { title: '财物编号', weight: 37 },
        { title: '名称', weight: 24 },
        { title: '数量', weight: 11, align: 'centre' },
        { title: '提取方式', weight: 18, align: 'centre' },
        { title: '提取时间', weight: 17, align: 'centre' },
        { title: '入库时间', weight: 17, align: 'centre' },
        { title: '现状', weight: 24 },
        { title: '估值', weight: 15, align: 'right' },
      ],
      rows: audit.items.map((item) => [
        item.number,
        item.name,
        item.quantity,
        printed(item.how),
        shortMinute(item.takenAt, issue.zone, issue.asOf),
        item.storedAt
          ? shortMinute(item.storedAt, issue.zone, issue.asOf)
          : ({ words: '未见入库', align: 'centre', colour: 'red' } satisfies Cell),
        item.place,
        item.value === null ? '—' : yuan(item.value),
      ]),
    },
  ];
}

function recordings(audit: CaseAudit, issue: Issue): Block[] {
  const bars = intervalBars(
    audit.recordings.map((row) => ({
      ...row,
      note: `覆盖${percent(row.share)}${row.longestGap > 0 ? `，最长缺录${spanOf(row.longestGap)}` : ''}${row.note ? `；${row.note}` : ''}`,
    })),
    issue.zone,
  );
  return [heading('八、执法音视频核对'), ...(bars ? [bars] : [small('未见应当录音录像的处警或者办案时段。')])];
}

export function caseAudit(audit: CaseAudit, issue: Issue): Paper {
  const blocks: Block[] = [
    agencyLine(issue.agency),
    titleLine(title),
    numberLine(issue.number),
    overview(audit, issue),
    heading('一、审查结论'),
    ...conclusion(audit),
    ...parties(audit),
    heading('三、执法全链核对'),
    {
      kind: 'chain',
      nodes: audit.chain.map((node) => ({
        title: node.title,
        lines: node.missing ? [...node.lines, `责任：${node.missing.owes}`] : node.lines,
        ...(node.missing ? { missing: true as const } : {}),
      })),
    },
    heading('四、办理环节'),
    {
      kind: 'timeline',
      empty: '未见办理环节',
      marks: audit.steps.map((step) => {
        const delay = step.recordedAt.getTime() - step.at.getTime();
        const late = delay > 86_400_000;
        return {
          time: shortMinute(step.at, issue.zone, issue.asOf),
          words: `${printed(step.text)}　${doer(step.by, '　')}`,
          ...(late || step.corrects
            ? {
                note: [
                  late
                    ? `补录：${shortMinute(step.recordedAt, issue.zone, issue.asOf)}登记，距发生${spanOf(delay)}`
                    : '',
                  step.corrects ?? '',
                ]
                  .filter(Boolean)
                  .join('；'),
              }
            : {}),
        };
      }),
    },
    ...duties(audit, issue),
    ...findings(audit, issue),
    ...property(audit, issue),
    ...recordings(audit, issue),
    heading('九、防篡改日志核验'),
    proof(issue),
    { kind: 'gap', height: 10 },
    { kind: 'signatures', rows: [audit.signers.map((label) => ({ label, blank: 7 }))] },
    remark('本报告依据系统登记的事实和在库规则生成；“未见”指系统中未见登记。本报告不作为执法责任的认定。'),
  ];
  return {
    title,
    number: issue.number,
    agency: issue.agency,
    asOf: issue.asOf.toISOString(),
    pages: 'dash',
    demo: issue.demo,
    parts: [{ blocks }],
  };
}
