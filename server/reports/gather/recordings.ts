import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import { alarm as alarmType } from '../../subjects/alarm/alarm.ts';
import type { CaseAudit } from '../papers/case-audit.ts';
import { maskedName } from '../wording.ts';
import { coverageOf } from './coverage.ts';
import { type CaseFile, labelOf, peopleOf } from './file.ts';

interface Linked {
  ownId: string;
  wearerId: number | null;
  from: Date;
  to: Date;
}

const relation = alarmType.parts['dispatches']?.relations?.['recordings'];

/** For each handling on the scene: what was owed from arrival to end, and what all wearers together recorded of it. */
export async function recordingsOf(uow: UnitOfWork, file: CaseFile): Promise<CaseAudit['recordings']> {
  const dispatches = file.alarms
    .flatMap((alarm) => alarm.dispatches)
    .filter((each) => each.onScene !== false && each.arrivedAt && each.handledAt && each.handledAt > each.arrivedAt);
  if (dispatches.length === 0 || relation?.kind !== 'overlapping') return [];
  const linked = await uow.sql<Linked>(
    `SELECT l.own_id AS "ownId", r.wearer_id AS "wearerId", r.started_at AS from, r.ended_at AS to
       FROM link l JOIN recording r ON r.id = l.their_id
      WHERE l.relation = $1 AND l.own_id = ANY($2::uuid[]) AND r.ended_at > r.started_at AND r.deleted_at IS NULL ORDER BY r.started_at`,
    [relation.code, dispatches.map((each) => each.id)],
    { name: 'recordings of a file' },
  );
  const people = await peopleOf(
    uow,
    dispatches.map((each) => each.officerId),
  );
  return dispatches.map((dispatch) => {
    const owed = { from: dispatch.arrivedAt as Date, to: dispatch.handledAt as Date };
    const coverage = coverageOf(
      owed,
      linked.filter((each) => each.ownId === dispatch.id),
    );
    const wearers = new Set(linked.filter((each) => each.ownId === dispatch.id).map((each) => each.wearerId));
    const name = people.get(dispatch.officerId ?? 0)?.name;
    const exempt = dispatch.cameraExempt
      ? `已报备缺录原因：${labelOf('alarm', 'cameraExempt', dispatch.cameraExempt, 'dispatches')}`
      : '';
    return {
      label: `${dispatch.unit ?? ''}处警${name ? `（${maskedName(name)}）` : ''}`,
      share: coverage.share,
      longestGap: coverage.longestGap,
      note: [`${wearers.size}人佩戴的记录合并计算`, exempt].filter(Boolean).join('；'),
      spans: [
        { ...owed, look: 'owed' as const },
        ...coverage.held.map((span) => ({ ...span, look: 'held' as const })),
        ...coverage.missing.map((span) => ({ ...span, look: 'missing' as const })),
      ],
    };
  });
}
