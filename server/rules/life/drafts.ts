import { parse } from 'yaml';
import { badInput, conflict, Problem, refusal } from '../../kernel/errors.ts';
import { locks } from '../../kernel/locks.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { Registry } from '../../subjects/registry.ts';
import { mostOfFiles } from '../catalogue.ts';
import { startOf, syncParams } from '../catalogue-store.ts';
import type { CompiledRule } from '../rule.ts';
import { ruleCode } from '../rule-file.ts';
import { keepAct } from './act.ts';
import { checkText } from './check.ts';
import { type Version, versionOf } from './version.ts';

/**
 * A new draft from a text: of a rule that is there it becomes the next version of the back office, of a new code the
 * first. What does not compile yet may be kept too; it only cannot be tried. The very text of a version that is there
 * makes no second one.
 */
export async function createDraft(uow: UnitOfWork, registry: Registry, given: string): Promise<Version> {
  const { code, version: wanted } = headOf(given);
  // one after the other: numbers are given out
  await uow.sql('SELECT pg_advisory_xact_lock($1)', [locks.catalogue]);
  const known = await uow.sql<{ version: number; text: string }>(
    'SELECT v.version, v.text FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE r.code = $1',
    [code],
  );
  const same = known.find((one) => one.text === given);
  if (same) return versionOf(uow, code, same.version);
  const isFree = wanted !== null && wanted > mostOfFiles && !known.some((one) => one.version === wanted);
  const version = isFree ? wanted : Math.max(mostOfFiles, ...known.map((one) => one.version)) + 1;
  const text = numbered(given, version);
  const [rule] = await uow.sql<{ id: number }>(
    `WITH made AS (INSERT INTO rule (id, code) SELECT coalesce(max(id), 0) + 1, $1 FROM rule ON CONFLICT (code) DO NOTHING RETURNING id)
     SELECT id FROM made UNION ALL SELECT id FROM rule WHERE code = $1 LIMIT 1`,
    [code],
  );
  const compiled = (await checkText(uow, registry, text)).rule;
  const [row] = await uow.sql<{ id: number }>(
    `INSERT INTO rule_version (id, rule_id, version, from_at, to_at, state, source, text, sql)
     SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, 'draft', 'office', $5, $6 FROM rule_version RETURNING id`,
    [rule?.id, version, ...datesOf(compiled), text, compiled?.sql ?? ''],
  );
  await keepAct(uow, { id: row?.id ?? 0, code, version, text }, 'draft');
  return versionOf(uow, code, version);
}

/** Changes the text of a draft. @throws Problem 409 when it is no draft, or not as the caller thought */
export async function changeDraft(
  uow: UnitOfWork,
  registry: Registry,
  code: string,
  number: number,
  given: { text: string; revision: number },
): Promise<Version> {
  const version = await versionOf(uow, code, number, { lock: true });
  if (version.source !== 'office' || version.state !== 'draft')
    throw refusal(
      conflict('rule.not-a-draft', {
        zh: '只有本局起草、尚未试运行的版本可以修改；已试运行或启用的，请起草新版本',
        en: 'Only a draft of the back office can be changed: draft a new version',
      }),
    );
  if (version.revision !== given.revision)
    throw conflict(
      'rule.stale',
      { zh: '该草稿已被他人修改，请核对后再保存', en: 'Somebody else has changed this draft' },
      { current: { text: version.text, revision: version.revision } },
    );
  const head = headOf(given.text);
  if (head.code !== code)
    throw badInput('rule.other-code', {
      zh: `编号应为 ${code}；要用别的编号，请另行起草`,
      en: `The id is ${code}: another one is another draft`,
    });
  const text = numbered(given.text, number);
  if (text === version.text) return version;
  const compiled = (await checkText(uow, registry, text)).rule;
  await uow.sql(
    'UPDATE rule_version SET text = $2, sql = $3, from_at = $4, to_at = $5, revision = revision + 1 WHERE id = $1',
    [version.id, text, compiled?.sql ?? '', ...datesOf(compiled)],
  );
  await keepAct(uow, { ...version, text }, 'change');
  return versionOf(uow, code, number);
}

/** The compiled rule of a version. @throws Problem 422 with every mistake, when it does not compile */
export async function compiledOf(uow: UnitOfWork, registry: Registry, version: Version): Promise<CompiledRule> {
  const { rule, errors } = await checkText(uow, registry, version.text);
  if (rule) return rule;
  throw new Problem(
    422,
    'rule.does-not-compile',
    { zh: `规则文本有 ${errors.length} 处错误，改正后再试`, en: `The text has ${errors.length} mistakes` },
    { extra: { errors } },
  );
}

/** Parameters that the text declares become rows of the dated table when it begins to judge. */
export const declareParams = (uow: UnitOfWork, rule: CompiledRule): Promise<void> => syncParams(uow, rule, false);

const datesOf = (rule: CompiledRule | null): [Date | null, Date | null] => [
  rule ? startOf(rule.inForce.from) : null,
  rule?.inForce.to ? startOf(rule.inForce.to) : null,
];

/** Code and number as written. @throws Problem 422 where not even these can be read */
function headOf(text: string): { code: string; version: number | null } {
  let read: unknown = null;
  try {
    read = parse(text, { version: '1.2', schema: 'core' });
  } catch {
    // the lines below read what can be read of a text that is no YAML yet
  }
  const { id, version } = (typeof read === 'object' && read !== null ? read : {}) as Record<string, unknown>;
  const code = typeof id === 'string' ? id : (/^id:\s*["']?([A-Za-z0-9-]+)/m.exec(text)?.[1] ?? '');
  if (!ruleCode.test(code))
    throw badInput(
      'rule.no-code',
      { zh: '规则文本须有编号，形如 id: ALM-03', en: 'The text wants an id like ALM-03' },
      [{ path: 'text', zh: '缺少编号', en: 'no id' }],
    );
  return { code, version: Number.isInteger(version) ? Number(version) : null };
}

/** The text with this number, everything else as it was typed. */
function numbered(text: string, version: number): string {
  const unix = text.replaceAll('\r\n', '\n');
  const line = `version: ${version}`;
  if (/^version:.*$/m.test(unix)) return unix.replace(/^version:.*$/m, line);
  return unix.replace(/^(id:.*)$/m, `$1\n${line}`);
}
