import { createHash } from 'node:crypto';
import { uploaded } from './footage.ts';
import { doneAt, type ItemTelling, tellItem } from './item-telling.ts';
import type { DemoPerson } from './people.ts';
import { by } from './story.ts';
import { dayOf, dayText, hour, minute, plus, second } from './time.ts';

/** How a seizure on the scene was filmed, the boundaries on purpose. */
const manners = { whole: 56, hole_at_limit: 12, hole_over: 12, none: 12, exempt: 8 } as const;

/** Who seizes on the scene: the head of the station, who answers no alarms and so is nowhere else at the time. */
export function sceneOfficer({ told }: Pick<ItemTelling, 'told'>): DemoPerson | null {
  const head = told.city.withRole('unit-head', told.unit);
  const isFree =
    head.unit === told.unit.id && !told.city.crews(told.unit.id).some(({ members }) => members.includes(head));
  return isFree ? head : null;
}

/** The span of the seizure: forty-one minutes, so that a hole of two minutes is within five per cent of it. */
export const seizureOf = (takenAt: Date): [Date, Date] => [plus(takenAt, -41 * minute), takenAt];

/** PRO-05b: from 2026 on filmed throughout; and when it was approved afterwards or lifted. */
export function seizeOnScene(item: ItemTelling, officer: DemoPerson): { approvedAt?: Date; liftedAt?: Date } {
  filmSeizure(item, officer);
  return approve(item);
}

/** PRO-05a: approved, lifted or gone within a day. */
export function oweApproval(item: ItemTelling, done: Date | undefined): void {
  item.told.planted.push({
    rule: 'PRO-05a',
    subject: item.id,
    opened: item.takenAt,
    due: plus(item.takenAt, 24 * hour),
    ...(done ? { met: done } : {}),
  });
}

function approve(item: ItemTelling): { approvedAt?: Date; liftedAt?: Date } {
  const own = item.chance.at('late approval');
  const due = plus(item.takenAt, 24 * hour);
  const how = own.weighted({ soon: 70, at: 6, over: 6, late: 6, never: 4, lifted: 8 });
  const at = doneAt(own, how === 'lifted' ? 'soon' : how, item.takenAt, due);
  if (!at) return {};
  if (how === 'lifted') tellItem(item, 'lift', at, {});
  else tellItem(item, 'approve', at, { approvalLevel: 'county' }, item.told.co);
  return how === 'lifted' ? { liftedAt: at } : { approvedAt: at };
}

function filmSeizure(item: ItemTelling, officer: DemoPerson): void {
  const { told, takenAt } = item;
  const own = item.chance.at('film');
  const how = own.weighted(manners);
  const [from, until] = seizureOf(takenAt);
  const hole = plus(from, 15 * minute);
  const spans: [Date, Date][] =
    how === 'whole'
      ? [[plus(from, -second), plus(until, second)]]
      : how === 'hole_at_limit' || how === 'hole_over'
        ? [
            [from, hole],
            [plus(hole, (how === 'hole_over' ? 121 : 120) * second), until],
          ]
        : [];
  const returnedAt = plus(until, own.int(10, 40) * minute);
  const uploadedAt = uploaded(told.city, own, told.unit, returnedAt);
  spans.forEach(([startedAt, endedAt], i) => {
    const id = own.id(startedAt, `clip ${i}`);
    told.happenings.push({
      at: uploadedAt,
      step: {
        type: 'recording',
        subject: id,
        verb: 'register',
        occurredAt: startedAt,
        by: by(officer),
        sourceKey: `demo ${id}`,
        facts: {
          number: `AV-${told.unit.code.slice(0, 8)}-${dayText(dayOf(startedAt)).replaceAll('-', '')}-K${told.key.replace(/\D/g, '').slice(-9)}${i}`,
          source: 'camera',
          device: `DSJ${officer.number}`,
          wearer: officer.id,
          unit: told.unit.id,
          endedAt: endedAt.toISOString(),
          returnedAt: returnedAt.toISOString(),
          uploadedAt: uploadedAt.toISOString(),
          sha256: createHash('sha256').update(id).digest('hex'),
          size: Math.round((endedAt.getTime() - startedAt.getTime()) * 700),
          retention: 'ordinary',
          intact: true,
        },
      },
    });
    told.planted.push({
      rule: 'BWC-04',
      subject: id,
      opened: returnedAt,
      due: plus(returnedAt, 24 * hour),
      met: uploadedAt,
      since: uploadedAt,
      feed: { name: 'camera_dock', unit: told.unit.id },
    });
  });
  const exemptAt = how === 'exempt' ? plus(until, own.int(5, 50) * minute) : null;
  if (exemptAt) tellItem(item, 'exempt_camera', exemptAt, {}, officer);
  const isWhole = how === 'whole' || how === 'hole_at_limit';
  told.planted.push({
    rule: 'PRO-05b',
    subject: item.id,
    opened: until,
    due: plus(until, 24 * hour),
    feed: { name: 'camera_dock', unit: told.unit.id },
    ...(isWhole ? { met: until, known: uploadedAt } : {}),
    ...(exemptAt ? { excused: exemptAt } : {}),
  });
}
