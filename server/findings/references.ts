import { badInput, type Problem } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Verb } from './finding.ts';
import { settled } from './states.ts';
import type { Act, FactName } from './transition.ts';

/** Most files of one explanation or rectification (domain: 不超过十个). */
const mostFiles = 10;

const wrong = (path: FactName, zh: string, en: string): Problem =>
  badInput(`finding.bad-${path.replace(/[A-Z]/g, (l) => `-${l.toLowerCase()}`)}`, { zh, en }, [
    { path: `facts.${path}`, zh, en },
  ]);

/** What an act refers to must exist and fit: the officer named, the finding merged into, the reviewer, the files. */
export async function checkReferences(uow: UnitOfWork, verb: Verb, act: Act): Promise<void> {
  if (verb === 'assign') await officerOfUnit(uow, act);
  if (verb === 'merge') await openTarget(uow, act);
  if (verb === 'name_reviewer') await reviewer(uow, act);
  for (const name of ['explanationFiles', 'rectificationFiles'] as const)
    if (act.given[name] != null) await files(uow, act, name);
  if (act.given.exceptionOwner != null) await known(uow, 'exceptionOwner', act.given.exceptionOwner);
}

async function known(uow: UnitOfWork, name: FactName, person: unknown): Promise<void> {
  const [row] = await uow.sql('SELECT 1 FROM person WHERE id = $1 AND disabled_at IS NULL', [person], {
    name: 'known person',
  });
  if (!row) throw wrong(name, '没有这名人员', 'There is no such person');
}

async function officerOfUnit(uow: UnitOfWork, { given, finding }: Act): Promise<void> {
  const [row] = await uow.sql(
    'SELECT 1 FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1 AND p.disabled_at IS NULL AND u.path @> ARRAY[$2::int]',
    [given.person, finding.unit],
    { name: 'officer of unit' },
  );
  if (!row) throw wrong('person', '责任民警应为本单位在职人员', 'The officer belongs to the responsible unit');
}

async function openTarget(uow: UnitOfWork, { given, finding }: Act): Promise<void> {
  const [row] = await uow.sql(
    'SELECT 1 FROM finding WHERE id = $1 AND unit_id IS NOT DISTINCT FROM $2 AND NOT state = ANY($3::text[])',
    [given.mergedInto, finding.unit, settled],
    { name: 'merge target' },
  );
  if (!row)
    throw wrong('mergedInto', '只能合并至本单位正在办理的问题', 'It merges into an open finding of the same unit only');
}

async function reviewer(uow: UnitOfWork, { id, given, finding }: Act): Promise<void> {
  const [row] = await uow.sql<{ reviews: boolean; concerned: boolean }>(
    `SELECT EXISTS (SELECT FROM post o WHERE o.person_id = p.id AND o.role IN ('legal-reviewer', 'legal-head') AND o.from_at <= $3 AND (o.to_at IS NULL OR o.to_at > $3)) AS reviews,
            same_human(p.id, $4) OR EXISTS (SELECT FROM finding_party fp WHERE fp.finding_id = $2 AND fp.person_id = ANY (accounts_of(p.id))) AS concerned
     FROM person p WHERE p.id = $1 AND p.disabled_at IS NULL`,
    [given.reviewer, id, uow.now, finding.judge ?? null],
    { name: 'reviewer named' },
  );
  if (!row?.reviews) throw wrong('reviewer', '复核人应为法制审核人员', 'The reviewer belongs to a legal office');
  if (row.concerned)
    throw wrong('reviewer', '该人员为原认定人或者事项参与人，应当回避', 'The reviewer judged it or had a part in it');
}

/** `{ files: [id, …] }`: uploaded before, by this person or to this finding. */
async function files(
  uow: UnitOfWork,
  { id, given, actor }: Act,
  name: 'explanationFiles' | 'rectificationFiles',
): Promise<void> {
  const listed = (given[name] as { files?: unknown }).files;
  if (!Array.isArray(listed) || !listed.every((one): one is string => typeof one === 'string'))
    throw wrong(name, '附件格式不正确', 'The list of files is malformed');
  if (listed.length > mostFiles) throw wrong(name, `附件不超过${mostFiles}个`, `${mostFiles} files at most`);
  const ids = listed.filter((one) => /^[0-9a-f-]{36}$/.test(one));
  const rows = await uow.sql(
    `UPDATE attachment SET subject_type = 'finding', subject_id = $2 WHERE id = ANY($1::uuid[])
       AND (subject_id = $2 OR (subject_id IS NULL AND person_id IS NOT DISTINCT FROM $3)) RETURNING 1`,
    [ids, id, actor.personId],
    { name: 'claim files' },
  );
  if (rows.length !== new Set(listed).size)
    throw wrong(name, '附件不存在或者不属于该问题', 'A file is unknown or belongs elsewhere');
}
