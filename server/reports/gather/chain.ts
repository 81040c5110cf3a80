import type { CaseAudit } from '../papers/case-audit.ts';
import { alarmNumber, shortMinute } from '../wording.ts';
import type { GatheredDuty } from './duties.ts';
import { type CaseFile, labelOf } from './file.ts';

type Node = CaseAudit['chain'][number];

/**
 * The links alarm → handling → case → property → recording in order. A link that somebody owes and has not made by its
 * due time is a hole, with who owes it; one that is merely not due yet is no hole.
 */
export function chainOf(
  file: CaseFile,
  duties: readonly GatheredDuty[],
  recordings: CaseAudit['recordings'],
  zone: string,
): Node[] {
  const at = (instant: Date | null): string => shortMinute(instant, zone);
  const broken = (code: RegExp, subjects: readonly string[]) =>
    duties.find((duty) => code.test(duty.code) && duty.verdict === 'overdue' && subjects.includes(duty.subjectId));
  const owes = (duty: GatheredDuty | undefined, otherwise: string): { owes: string } => ({
    owes: duty?.owes.unit && duty.owes.unit !== '—' ? duty.owes.unit : otherwise,
  });
  const due = (duty: GatheredDuty | undefined): string[] => (duty?.dueAt ? [`应于${at(duty.dueAt)}前`] : []);

  const alarmNodes = file.alarms.flatMap((alarm): Node[] => {
    const first = alarm.dispatches[0];
    const lateArrival = broken(/^ALM-03/, [alarm.id]);
    const unhandled = broken(/^ALM-04/, [alarm.id]);
    return [
      { title: '接警', lines: [`…${alarmNumber(alarm.number).slice(-6)}`, at(alarm.receivedAt)] },
      first
        ? {
            title: '派警、到场',
            lines: [`${at(first.sentAt)}派警`, first.arrivedAt ? `${at(first.arrivedAt)}到场` : '未见到场登记'],
            ...(lateArrival && !first.arrivedAt ? { missing: owes(lateArrival, alarm.unit) } : {}),
          }
        : { title: '派警', lines: ['未派警'] },
      alarm.handledAt
        ? {
            title: '处置反馈',
            lines: [at(alarm.handledAt), `反馈类别：${labelOf('alarm', 'feedbackCategory', alarm.feedbackCategory)}`],
          }
        : {
            title: '处置反馈',
            lines: ['未见反馈', ...due(unhandled)],
            ...(unhandled ? { missing: owes(unhandled, alarm.unit) } : {}),
          },
    ];
  });

  const noCase = broken(/^(ALM-09|CAS-01|CAS-02)/, [file.id, ...file.alarms.map((alarm) => alarm.id)]);
  const decided = file.filedAt ?? file.acceptedAt;
  const caseNode: Node = decided
    ? { title: file.filedAt ? '立案' : '受案', lines: [at(decided)] }
    : file.refusedAt
      ? { title: '不予受（立）案', lines: [at(file.refusedAt)] }
      : {
          title: '受（立）案',
          lines: ['未见受（立）案', ...due(noCase)],
          ...(noCase ? { missing: owes(noCase, file.unit) } : {}),
        };

  const itemNodes: Node[] = [];
  if (file.items.length > 0) {
    const notStored = file.items.filter((item) => !item.handedOverAt && !item.disposedAt);
    const late = broken(
      /^PRO-01/,
      notStored.map((item) => item.id),
    );
    itemNodes.push({ title: '财物提取', lines: [`${file.items.length}件`, at(file.items[0]?.takenAt ?? null)] });
    itemNodes.push(
      notStored.length === 0
        ? { title: '移交入库', lines: [`${file.items.length}件已移交`] }
        : {
            title: '移交入库',
            lines: [`${notStored.length}件未见入库登记`, ...due(late)],
            ...(late ? { missing: owes(late, file.unit) } : {}),
          },
    );
  }

  const gaps = recordings.filter((each) => each.longestGap > 0);
  const unrecorded = broken(
    /^BWC-0[12]/,
    file.alarms.map((alarm) => alarm.id),
  );
  const recordingNode: Node[] =
    recordings.length === 0
      ? []
      : gaps.length === 0
        ? [{ title: '现场录像', lines: ['到场至处置完毕有记录'] }]
        : [
            {
              title: '现场录像',
              lines: [`${gaps.length}次处警有缺录`],
              ...(unrecorded ? { missing: owes(unrecorded, file.unit) } : {}),
            },
          ];

  const endNodes: Node[] = [
    { title: '法制审核', lines: [file.legalReviewedAt ? at(file.legalReviewedAt) : '未到该环节'] },
    {
      title: '处理决定',
      lines: [file.decidedAt ? at(file.decidedAt) : file.closedAt ? `${at(file.closedAt)}结案` : '未到该环节'],
    },
  ];
  return [...alarmNodes, caseNode, ...itemNodes, ...recordingNode, ...endNodes];
}
