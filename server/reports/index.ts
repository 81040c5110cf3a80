import { z } from 'zod';
import { lineInput } from '../kernel/text.ts';
import { gatherCaseAudit } from './gather/case-audit.ts';
import { gatherRectificationNotice, gatherSupervisionNotice } from './gather/notices.ts';
import { gatherUnitScorecard } from './gather/unit-scorecard.ts';
import { type ReportKind, reportKind } from './kind.ts';
import { caseAudit } from './papers/case-audit.ts';
import { rectificationNotice } from './papers/rectification-notice.ts';
import { supervisionNotice } from './papers/supervision-notice.ts';
import { unitScorecard } from './papers/unit-scorecard.ts';

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const more = z.array(z.uuid()).max(9).optional();

/** Every paper that the bureau can print. A new one: its file in papers/, what it needs in gather/, and a line here. */
export const reportKinds: readonly ReportKind[] = [
  reportKind({
    kind: 'case-audit',
    title: { zh: '案件监督审查报告', en: 'Case audit report' },
    action: 'report.create',
    subject: 'case',
    params: z.strictObject({}),
    series: { register: 'BG' },
    gather: (uow, { registry, zone }, id) => gatherCaseAudit(uow, registry, id, zone),
    paper: caseAudit,
  }),
  reportKind({
    kind: 'supervision-notice',
    title: { zh: '执法监督通知书', en: 'Supervision notice' },
    action: 'report.issue',
    subject: 'finding',
    params: z.strictObject({
      with: more,
      answerBy: z.iso
        .datetime({ offset: true })
        .transform((text) => new Date(text))
        .optional(),
    }),
    series: { word: '法监通' },
    gather: (uow, { registry }, id, params) => gatherSupervisionNotice(uow, registry, id, params),
    paper: supervisionNotice,
  }),
  reportKind({
    kind: 'rectification-notice',
    title: { zh: '限期整改通知书', en: 'Order to rectify' },
    action: 'report.issue',
    subject: 'finding',
    params: z.strictObject({ with: more, follows: lineInput(60).optional() }),
    series: { word: '法整' },
    gather: (uow, { registry }, id, params) => gatherRectificationNotice(uow, registry, id, params),
    paper: rectificationNotice,
  }),
  reportKind({
    kind: 'unit-scorecard',
    title: { zh: '执法单位计分表', en: 'Unit scorecard' },
    action: 'report.create',
    subject: null,
    // one month, or the first and the last of several
    params: z.union([
      z
        .strictObject({ unitId: z.int().positive(), month })
        .transform(({ unitId, month: only }) => ({ unitId, from: only, to: only })),
      z.strictObject({ unitId: z.int().positive(), from: month, to: month }).refine(({ from, to }) => from <= to, {
        path: ['to'],
        error: '终止月份早于起始月份‖the last month is before the first',
      }),
    ]),
    unitOf: ({ unitId }) => unitId,
    series: { register: 'JF' },
    gather: (uow, { zone }, _id, params) => gatherUnitScorecard(uow, params, zone),
    paper: unitScorecard,
  }),
];

export const reportKindOf = (kind: string): ReportKind | undefined => reportKinds.find((each) => each.kind === kind);
