/** 限期整改通知书: orders the unit to correct judged issues by a date, in three parts. */
import { body, closingHeight, type Issue } from '../issue.ts';
import { type Block, type Paper, typeSize } from '../sheet.ts';
import { dayOf, lawsOf, printed } from '../wording.ts';
import { type NoticedProblem, problemText } from './supervision-notice.ts';
import { type Signers, threeParts } from './three-parts.ts';

export interface RectificationNotice {
  to: string;
  matter: string;
  doing: string;
  /** `measure` is the way of correction that fits: 补办手续, 立案, 解除措施退还财物… */
  problems: readonly (NoticedProblem & { measure: string; dueAt: Date })[];
  /** Number of the 执法监督通知书 or 督办通知书 that came before, if any. */
  follows?: string;
  signers: Signers;
}

export const title = '限期整改通知书';

export function rectificationNotice(notice: RectificationNotice, issue: Issue): Paper {
  const alone = notice.problems.length === 1;
  const by = (at: Date): string => `${dayOf(at, issue.zone)}前`;
  const orders: Block = {
    kind: 'table',
    empty: '—',
    size: typeSize.no5,
    columns: [
      { title: '问题编号', weight: 26, align: 'centre' },
      { title: '整改要求', weight: 44 },
      { title: '整改期限', weight: 19, align: 'centre' },
    ],
    rows: notice.problems.map((problem) => [problem.number, problem.measure, by(problem.dueAt)]),
  };
  return threeParts(
    {
      title,
      to: notice.to,
      signers: notice.signers,
      stub: [
        { label: '监督事项', value: notice.matter },
        ...(notice.follows ? [{ label: '前发文书', value: notice.follows }] : []),
        {
          label: '主要问题',
          value: notice.problems
            .map((problem, index) => `${alone ? '' : `${index + 1}.`}${printed(problem.sentence)}`)
            .join('\n'),
        },
        { label: '依　　据', value: [...new Set(notice.problems.map((problem) => lawsOf(problem.basis)))].join('；') },
        {
          label: '整改要求',
          value: notice.problems
            .map((problem) => `${problem.number}：${problem.measure}（${by(problem.dueAt)}）`)
            .join('\n'),
        },
      ],
      receiptRequest: '整改情况报告如下：',
      original: [
        body(
          `经查，你单位在${notice.doing}${notice.matter}中存在下列执法问题${notice.follows ? `（见${notice.follows}）` : ''}：`,
        ),
        ...notice.problems.map((problem, index) => body(problemText(problem, index, alone))),
        body('依照《公安机关内部执法监督工作规定》，现责令你单位按下列要求限期整改：', { after: 4 }),
        orders,
        body(
          '整改应当如实反映办理过程，不得倒签、补签时间或者事后伪造材料。整改完成后，将整改情况报告及佐证材料连同回执报我局法制部门，由法制部门复查验收后销号；逾期未完成且未经批准延期的，予以督办。',
          { before: 8, keepLast: closingHeight },
        ),
      ],
    },
    issue,
  );
}
