/** 执法监督通知书: formal notice of judged issues to a unit, in three parts. */
import { body, closingHeight, type Issue } from '../issue.ts';
import type { Paper } from '../sheet.ts';
import { type Basis, dayOf, lawsOf, officerName, printed } from '../wording.ts';
import { type Signers, threeParts } from './three-parts.ts';

export interface NoticedProblem {
  /** WT-990102-202611-00042 */
  number: string;
  /** 执法瑕疵, 一般执法问题, 严重执法问题 */
  level: string;
  sentence: string;
  basis: readonly Basis[];
  officers: readonly { name: string; number?: string }[];
}

export interface SupervisionNotice {
  to: string;
  /** What was supervised, as the body names it: 接单警…号警情, 望公(北)受案字〔2026〕326号案件. */
  matter: string;
  /** What the unit does with it: 办理 a case, 执行 a shift. */
  doing: string;
  problems: readonly NoticedProblem[];
  /** By when the unit answers. */
  answerBy: Date;
  /** Days in which it may object. */
  objectionDays: number;
  signers: Signers;
}

const chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** 一、… with number, level, responsible officers and basis, one paragraph per problem. */
export const problemText = (problem: NoticedProblem, index: number, alone: boolean): string => {
  const officers = problem.officers.map(officerName).join('、');
  return (
    (alone ? '' : `${chinese[index] ?? index + 1}、`) +
    printed(problem.sentence) +
    `问题编号${problem.number}，属${problem.level}${officers ? `，责任民警${officers}` : ''}。依据：${lawsOf(problem.basis)}。`
  );
};

export const title = '执法监督通知书';

export function supervisionNotice(notice: SupervisionNotice, issue: Issue): Paper {
  const alone = notice.problems.length === 1;
  const answerBy = dayOf(notice.answerBy, issue.zone);
  return threeParts(
    {
      title,
      to: notice.to,
      signers: notice.signers,
      stub: [
        { label: '监督事项', value: notice.matter },
        {
          label: '问题编号',
          value: notice.problems.map((problem) => `${problem.number}（${problem.level}）`).join('\n'),
        },
        {
          label: '主要问题',
          value: notice.problems
            .map((problem, index) => `${alone ? '' : `${index + 1}.`}${printed(problem.sentence)}`)
            .join('\n'),
        },
        { label: '依　　据', value: [...new Set(notice.problems.map((problem) => lawsOf(problem.basis)))].join('；') },
        { label: '反馈期限', value: `${answerBy}前` },
      ],
      receiptRequest: '现将有关情况反馈如下：',
      original: [
        body(`经执法监督并依程序认定，你单位在${notice.doing}${notice.matter}中存在下列执法问题：`),
        ...notice.problems.map((problem, index) => body(problemText(problem, index, alone))),
        body(
          `依照《公安机关内部执法监督工作规定》，现通知你单位核查上述问题，依法纠正，于${answerBy}前将有关情况连同回执书面反馈我局法制部门。` +
            `有异议的，可以自收到之日起${notice.objectionDays}日内书面申请复核。本通知不作为执法责任的认定。`,
          { keepLast: closingHeight },
        ),
      ],
    },
    issue,
  );
}
