import { parse } from 'yaml';
import type { Text } from '../kernel/errors.ts';
import { inUnitOfWork, type Runtime, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { systemActor } from '../rules/sweep.ts';
import type { Registry } from '../subjects/registry.ts';
import { holders, type Notice, shortInstant, tellAll } from './notices.ts';

interface Due {
  rule_id: number;
  version_id: number;
  subject_type: number;
  subject_id: string;
  occurrence: string;
  unit_id: number;
  due_at: Date;
  level: number;
  roles: string[];
}

const most = 2000;

/**
 * Reminders of levels two and three (level one is the rule's own warning to whoever owes): tells the people named for
 * the rule and the nearest unit that a duty is still undone so and so long before its due time, each once.
 * @returns how many duties were reminded of
 */
export async function remind(runtime: Runtime, registry: Registry): Promise<number> {
  return inUnitOfWork(
    runtime,
    systemActor,
    async (uow) => {
      const due = await uow.sql<Due>(text, [uow.now]);
      if (due.length === 0) return 0;
      await uow.sql(
        `INSERT INTO reminded (rule_id, subject_id, occurrence, level, due_at, at)
         SELECT *, $6::timestamptz FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::int[], $5::timestamptz[]) ON CONFLICT DO NOTHING`,
        [
          due.map((one) => one.rule_id),
          due.map((one) => one.subject_id),
          due.map((one) => one.occurrence),
          due.map((one) => one.level),
          due.map((one) => one.due_at),
          uow.now,
        ],
      );
      await tellAll(uow, await noticesOf(uow, registry, due));
      return due.length;
    },
    { as: 'engine' },
  );
}

/** By unit and due time, so that the index on open duties leads; the row of the rule and the nearest unit decides. */
const text = `
SELECT o.rule_id, o.version_id, o.subject_type, o.subject_id, o.occurrence, o.unit_id, o.due_at, c.level, c.roles
FROM unit u
JOIN obligation o ON o.unit_id = u.id AND o.verdict = 1 AND NOT o.trial
  AND o.due_at > $1 AND o.due_at <= $1::timestamptz + interval '1 minute' * (SELECT max(lead) FROM reminder)
JOIN rule r ON r.id = o.rule_id
CROSS JOIN LATERAL (
  SELECT DISTINCT ON (x.level) x.level, x.lead, x.roles, x.rule_code FROM reminder x
  WHERE x.rule_code IN (r.code, '*') AND (x.unit_id IS NULL OR x.unit_id = ANY(u.path))
  ORDER BY x.level, x.rule_code = '*', array_position(u.path, x.unit_id) DESC NULLS LAST) c
WHERE c.lead > 0 AND o.due_at <= $1::timestamptz + interval '1 minute' * c.lead
  AND (c.rule_code <> '*' OR (o.severity = 3 AND o.due_at - o.opened_at > interval '2 minutes' * c.lead))
  AND NOT EXISTS (SELECT FROM reminded d WHERE d.rule_id = o.rule_id AND d.subject_id = o.subject_id AND d.occurrence = o.occurrence AND d.level = c.level AND d.due_at = o.due_at)
ORDER BY o.due_at LIMIT ${most}`;

async function noticesOf(uow: UnitOfWork, registry: Registry, due: readonly Due[]): Promise<Notice[]> {
  const known = new Map<string, Promise<number[]>>();
  const titles = await titlesOf(uow, [...new Set(due.map((one) => one.version_id))]);
  const notices: Notice[] = [];
  for (const one of due) {
    const key = `${one.unit_id} ${one.roles.join(' ')}`;
    const people = known.get(key) ?? holders(uow, one.unit_id, one.roles);
    known.set(key, people);
    const title = titles.get(one.version_id);
    const until = shortInstant(one.due_at);
    for (const person of await people)
      notices.push({
        person,
        text: {
          zh: `${one.level === 3 ? '到期在即' : '再次提醒'}：${title?.zh ?? ''}，应于${until}前办理，尚未办结`,
          en: `Still to be done by ${until}: ${title?.en ?? ''}`,
        },
        link: `/${registry.coded(one.subject_type).plural}/${one.subject_id}`,
        cause: `remind ${one.level} ${one.rule_id} ${one.subject_id} ${one.occurrence} ${one.due_at.getTime()}`,
      });
  }
  return notices;
}

async function titlesOf(uow: UnitOfWork, versions: readonly number[]): Promise<Map<number, Text>> {
  const rows = await uow.sql<{ id: number; text: string }>(
    'SELECT id, text FROM rule_version WHERE id = ANY($1::int[])',
    [versions],
  );
  return new Map(rows.map((row) => [row.id, (parse(row.text) as { title: Text }).title]));
}
