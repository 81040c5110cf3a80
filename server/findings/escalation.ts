import { type Actor, inUnitOfWork, type Runtime, type UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Verb } from './finding.ts';
import { holders, tell } from './notices.ts';
import { settled } from './states.ts';

const day = 24 * 3_600_000;

/** 催办 · 督办 · 挂牌督办: days over the station's limit from which each is proposed, and to whom (domain.md §2.3). */
const steps: readonly { level: Verb; over: number; rank: number; role: string; text: { zh: string; en: string } }[] = [
  {
    level: 'urge',
    over: 1 * day,
    rank: 1,
    role: 'case-management-officer',
    text: { zh: '已超期1日，建议催办', en: 'One day over: a reminder is proposed' },
  },
  {
    level: 'supervise',
    over: 3 * day,
    rank: 2,
    role: 'legal-head',
    text: { zh: '已超期3日，建议督办', en: 'Three days over: a supervision order is proposed' },
  },
  {
    level: 'list',
    over: 7 * day,
    rank: 3,
    role: 'bureau-leader',
    text: { zh: '已超期7日，建议挂牌督办', en: 'Seven days over: a listed order is proposed' },
  },
];

const system: Actor = { personId: null, name: '系统', unitId: null, unitName: '', role: 'system', roles: ['system'] };

/**
 * What time asks for: proposes a reminder or an order for each finding that is over its station's limit. It only
 * proposes; a person issues the paper. Idempotent: the same station proposes the same level once.
 * @returns how many proposals were added
 */
export async function escalate(runtime: Runtime, now: Date = runtime.clock.now()): Promise<number> {
  return inUnitOfWork(runtime, system, (uow) => propose(uow, now), { as: 'engine' });
}

async function propose(uow: UnitOfWork, now: Date): Promise<number> {
  let proposed = 0;
  for (const step of steps) {
    const rows = await uow.sql<{ id: string; number: string; unit_id: number | null }>(
      `WITH over AS (
         SELECT f.id, f.number, f.unit_id, f.state, f.state_at, f.due_at FROM finding f
         WHERE NOT f.state = ANY($1::text[]) AND f.state NOT IN ('suspended', 'objection') AND f.due_at <= $2
           AND coalesce(CASE f.level WHEN 'urge' THEN 1 WHEN 'supervise' THEN 2 WHEN 'list' THEN 3 END, 0) < $3
       ), added AS (
         INSERT INTO escalation (finding_id, level, station, due_at, proposed_at)
         SELECT id, $4, state || ' ' || extract(epoch FROM state_at)::bigint, due_at, $5 FROM over ON CONFLICT DO NOTHING RETURNING finding_id
       )
       SELECT o.id, o.number, o.unit_id FROM over o JOIN added a ON a.finding_id = o.id`,
      [settled, new Date(now.getTime() - step.over), step.rank, step.level, now],
      { name: 'propose escalation' },
    );
    proposed += rows.length;
    for (const row of rows) {
      if (row.unit_id === null) continue;
      await tell(
        uow,
        await holders(uow, row.unit_id, [step.role]),
        { zh: `${row.number} ${step.text.zh}`, en: `${row.number}: ${step.text.en}` },
        `/findings/${row.id}`,
        `${row.id} ${step.level} ${now.getTime()}`,
      );
    }
  }
  return proposed;
}
