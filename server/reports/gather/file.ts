import { notFound } from '../../kernel/errors.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import { alarm as alarmType } from '../../subjects/alarm/alarm.ts';
import { caseType } from '../../subjects/case/case.ts';
import { item as itemType } from '../../subjects/item/item.ts';

/** The rows of a case and of what hangs on it, as stored. */
export interface CaseFile {
  id: string;
  number: string;
  kind: string;
  cause: string;
  unitId: number;
  unit: string;
  leadId: number | null;
  coOfficers: number[];
  suspectKnown: boolean | null;
  enterprise: boolean | null;
  reportedAt: Date;
  acceptedAt: Date | null;
  filedAt: Date | null;
  refusedAt: Date | null;
  legalReviewedAt: Date | null;
  decidedAt: Date | null;
  closedAt: Date | null;
  parties: { role: string; name: string; ageClass: string | null }[];
  alarms: AlarmRow[];
  items: ItemRow[];
}

export interface AlarmRow {
  id: string;
  number: string;
  topic: string | null;
  receivedAt: Date;
  handledAt: Date | null;
  feedbackCategory: string | null;
  unit: string;
  caller: string | null;
  dispatches: {
    id: string;
    unit: string | null;
    officerId: number | null;
    officers: number[];
    sentAt: Date | null;
    arrivedAt: Date | null;
    handledAt: Date | null;
    onScene: boolean | null;
    cameraExempt: string | null;
  }[];
}

export interface ItemRow {
  id: string;
  number: string;
  name: string;
  how: string;
  quantity: number | null;
  measure: string | null;
  value: number | null;
  takenAt: Date;
  takenById: number | null;
  handedOverAt: Date | null;
  storeroom: string | null;
  shelf: string | null;
  disposition: string | null;
  disposedAt: Date | null;
  lastMovement: string | null;
}

/** Everything that belongs to one case. @throws Problem 404 */
export async function caseFile(uow: UnitOfWork, id: string): Promise<CaseFile> {
  const [head] = await uow.sql<Omit<CaseFile, 'parties' | 'alarms' | 'items'>>(
    `SELECT c.id, c.number, c.kind, c.cause, c.unit_id AS "unitId", u.name AS unit, c.lead_id AS "leadId", coalesce(c.co_officers_ids, '{}') AS "coOfficers",
            c.suspect_known AS "suspectKnown", c.enterprise, c.reported_at AS "reportedAt", c.accepted_at AS "acceptedAt", c.filed_at AS "filedAt", c.refused_at AS "refusedAt",
            c.legal_reviewed_at AS "legalReviewedAt", c.decided_at AS "decidedAt", c.closed_at AS "closedAt"
       FROM "case" c JOIN unit u ON u.id = c.unit_id WHERE c.id = $1`,
    [id],
    { name: 'head of a file' },
  );
  if (!head) throw notFound();
  const parties = await uow.sql<CaseFile['parties'][number]>(
    'SELECT role, name, age_class AS "ageClass" FROM case_party WHERE case_id = $1 ORDER BY seq',
    [id],
    { name: 'parties of a file' },
  );
  const alarms = await uow.sql<Omit<AlarmRow, 'dispatches'>>(
    `SELECT a.id, a.number, a.topic, a.received_at AS "receivedAt", a.handled_at AS "handledAt", a.feedback_category AS "feedbackCategory", u.name AS unit, a.caller
       FROM alarm a JOIN unit u ON u.id = a.unit_id WHERE a.case_id = $1 ORDER BY a.received_at, a.id`,
    [id],
    { name: 'alarms of a file' },
  );
  const dispatches = await uow.sql<AlarmRow['dispatches'][number] & { alarmId: string }>(
    `SELECT d.id, d.alarm_id AS "alarmId", u.short AS unit, d.officer_id AS "officerId", coalesce(d.officers_ids, '{}') AS officers, d.sent_at AS "sentAt", d.arrived_at AS "arrivedAt",
            d.handled_at AS "handledAt", d.on_scene AS "onScene", d.camera_exempt AS "cameraExempt"
       FROM alarm_dispatch d LEFT JOIN unit u ON u.id = d.unit_id WHERE d.alarm_id = ANY($1::uuid[]) ORDER BY d.seq`,
    [alarms.map((each) => each.id)],
    { name: 'dispatches of a file' },
  );
  const items = await uow.sql<ItemRow>(
    `SELECT i.id, i.number, i.name, i.how, i.quantity, i.measure, i.value, i.taken_at AS "takenAt", i.taken_by_id AS "takenById", i.handed_over_at AS "handedOverAt", i.storeroom, i.shelf,
            i.disposition, i.disposed_at AS "disposedAt",
            (SELECT m.kind FROM item_movement m WHERE m.item_id = i.id ORDER BY m.moved_at DESC NULLS LAST, m.seq DESC LIMIT 1) AS "lastMovement"
       FROM item i WHERE i.case_id = $1 OR i.alarm_id = ANY($2::uuid[]) ORDER BY i.taken_at, i.number`,
    [id, alarms.map((each) => each.id)],
    { name: 'items of a file' },
  );
  return {
    ...head,
    parties,
    items,
    alarms: alarms.map((each) => ({ ...each, dispatches: dispatches.filter((one) => one.alarmId === each.id) })),
  };
}

/** Names and police numbers of people by id. */
export async function peopleOf(
  uow: UnitOfWork,
  ids: readonly (number | null)[],
): Promise<Map<number, { name: string; number: string }>> {
  const rows = await uow.sql<{ id: number; name: string; number: string }>(
    'SELECT id, name, number FROM person WHERE id = ANY($1::int[])',
    [[...new Set(ids)].filter((id) => id !== null)],
    { name: 'people on a paper' },
  );
  return new Map(rows.map(({ id, ...person }) => [id, person]));
}

/** The Chinese label of an option of a declared fact; the code itself when nobody declared it. */
export function labelOf(type: 'alarm' | 'case' | 'item', fact: string, code: string | null, part?: string): string {
  const declared = { alarm: alarmType, case: caseType, item: itemType }[type];
  const facts = part ? declared.parts[part]?.facts : declared.facts;
  return (code !== null ? facts?.[fact]?.options?.[code]?.zh : undefined) ?? code ?? '';
}
