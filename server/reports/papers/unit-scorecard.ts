/** 执法单位计分表: rates of one unit over their denominators, with interval; nothing in it ranks anybody. */

import { wilson } from '../interval-of-rate.ts';
import { agencyLine, heading, type Issue, numberLine, proof, remark, small, titleLine } from '../issue.ts';
import { type Cell, type Paper, typeSize } from '../sheet.ts';
import { dayOf, percent } from '../wording.ts';

export interface Counts {
  met: number;
  late: number;
  overdue: number;
  excused: number;
  unknown: number;
  pending: number;
}

export interface UnitScorecard {
  unit: string;
  from: Date;
  /** First instant after the period. */
  until: Date;
  /** Blocks of indicators: 接处警, 案件办理, 涉案财物, 执法音视频. */
  blocks: readonly { name: string; rows: readonly ({ rule: string; title: string } & Counts)[] }[];
  months: readonly ({ month: string } & Counts)[];
  findings: {
    raised: number;
    confirmed: number;
    dismissed: number;
    falseAlarms: number;
    rectifiedOnTime: number;
    rectifiable: number;
    selfCorrected: number;
  };
}

export const title = '执法单位计分表';
/** With fewer settled duties than this a rate says little: shown, never ranked. */
const fewest = 20;

const none: Counts = { met: 0, late: 0, overdue: 0, excused: 0, unknown: 0, pending: 0 };
const add = (a: Counts, b: Counts): Counts => ({
  met: a.met + b.met,
  late: a.late + b.late,
  overdue: a.overdue + b.overdue,
  excused: a.excused + b.excused,
  unknown: a.unknown + b.unknown,
  pending: a.pending + b.pending,
});
const settled = (count: Counts): number => count.met + count.late + count.overdue;

function rateCells(count: Counts): Cell[] {
  const of = settled(count);
  const interval = wilson(count.met, of);
  const colour = of < fewest ? { colour: 'grey' as const } : {};
  return [
    { words: of ? percent(count.met / of) : '—', align: 'centre', ...colour },
    { words: interval ? `${percent(interval.low)}～${percent(interval.high)}` : '—', align: 'centre', ...colour },
  ];
}

const numbers = (count: Counts): Cell[] =>
  [settled(count), count.met, count.late, count.overdue, count.excused, count.unknown, count.pending].map((n) => ({
    words: String(n),
    align: 'centre',
  }));

const columns = (first: string, weight: number) =>
  [
    { title: first, weight },
    { title: '应办（已到期）', weight: 14, align: 'centre' },
    { title: '按期办结', weight: 11, align: 'centre' },
    { title: '逾期办结', weight: 11, align: 'centre' },
    { title: '逾期未办', weight: 11, align: 'centre' },
    { title: '核准例外', weight: 11, align: 'centre' },
    { title: '暂无法判定', weight: 13, align: 'centre' },
    { title: '未到期', weight: 11, align: 'centre' },
    { title: '按期率', weight: 14, align: 'centre' },
    { title: '95%区间', weight: 26, align: 'centre' },
  ] as const;

export function unitScorecard(card: UnitScorecard, issue: Issue): Paper {
  const total = card.blocks.flatMap((block) => block.rows).reduce<Counts>(add, none);
  const lastDay = new Date(card.until.getTime() - 1);
  const { findings } = card;
  const rows = card.blocks.flatMap((block) => {
    const sum = block.rows.reduce<Counts>(add, none);
    const strong = (cells: Cell[]): Cell[] => cells.map((cell) => ({ ...cell, face: 'hei', shade: true }));
    return [
      strong([{ words: block.name }, ...numbers(sum), ...rateCells(sum)]),
      ...block.rows.map((row) => [{ words: row.title }, ...numbers(row), ...rateCells(row)]),
    ];
  });
  return {
    title,
    number: issue.number,
    agency: issue.agency,
    asOf: issue.asOf.toISOString(),
    pages: 'dash',
    demo: issue.demo,
    parts: [
      {
        blocks: [
          agencyLine(issue.agency),
          titleLine(title),
          {
            kind: 'text',
            words: '（试行　内部监测，不替代省厅考评）',
            face: 'hei',
            size: typeSize.small4,
            align: 'centre',
            leading: 1.5,
            after: 2,
          },
          numberLine(issue.number),
          {
            kind: 'form',
            rows: [
              [
                { label: '单　　位', value: card.unit },
                { label: '统计期间', value: `${dayOf(card.from, issue.zone)}至${dayOf(lastDay, issue.zone)}` },
              ],
              [
                { label: '数据截至', value: dayOf(issue.asOf, issue.zone) },
                {
                  label: '总按期率',
                  value: settled(total)
                    ? `${percent(total.met / settled(total))}（${total.met}÷${settled(total)}）`
                    : '无已到期事项',
                },
              ],
            ],
          },
          heading('一、应办事项完成情况'),
          {
            kind: 'table',
            size: typeSize.small5,
            columns: columns('监督规则', 34),
            rows: [
              ...rows,
              [{ words: '合　计', align: 'centre', face: 'hei' }, ...numbers(total), ...rateCells(total)],
            ],
            empty: '本期无应办事项',
          },
          remark(
            `按期率＝按期办结÷（按期办结＋逾期办结＋逾期未办）。未到期不计入；核准例外、暂无法判定另列，不计入分母。应办事项按期限届满的月份统计，责任单位以事项起算时为准。区间为95%置信区间（威尔逊法）；已到期不足${fewest}项的以灰色显示，仅供参考，不作比较。`,
          ),
          heading('二、逐月情况'),
          {
            kind: 'table',
            size: typeSize.small5,
            columns: columns('月份', 34),
            rows: card.months.map((month) => [
              { words: month.month, align: 'centre' },
              ...numbers(month),
              ...rateCells(month),
            ]),
            empty: '无逐月数据',
          },
          heading('三、问题核查与整改'),
          small(
            `本期系统提示疑似问题${findings.raised}件，经核查认定成立（含部分成立）${findings.confirmed}件，不成立${findings.dismissed}件，误报${findings.falseAlarms}件；单位自查自纠${findings.selfCorrected}件，不计分。` +
              (findings.rectifiable
                ? `应整改${findings.rectifiable}件，按期完成${findings.rectifiedOnTime}件，按期整改率${percent(findings.rectifiedOnTime / findings.rectifiable)}。`
                : '本期无到期整改事项。') +
              '不成立和误报的事项不计入本单位逾期；误报计入规则质量，不计入任何单位和个人。',
          ),
          heading('四、防篡改日志核验'),
          proof(issue),
          { kind: 'gap', height: 8 },
          {
            kind: 'signatures',
            rows: [
              [
                { label: '制表人', blank: 6 },
                { label: '审核人', blank: 6 },
                { label: '单位负责人', blank: 6 },
              ],
            ],
          },
          remark('本表不对单位和个人排名；罚没款数额、办案数量等禁止性指标不列入。'),
        ],
      },
    ],
  };
}
