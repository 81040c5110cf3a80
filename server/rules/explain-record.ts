import { may, mayAnywhere, type Standing } from '../access/actor.ts';
import { sightOf } from '../access/masks.ts';
import { notFound } from '../kernel/errors.ts';
import { asEngine, type UnitOfWork } from '../kernel/unit-of-work.ts';
import type { SubjectType } from '../subjects/define.ts';
import { standings } from '../subjects/guard.ts';
import { standingTo } from '../subjects/read.ts';
import { type Registry, tableOf } from '../subjects/registry.ts';
import type { StoredRule } from './catalogue-store.ts';
import { fillOrigins, maskValues } from './explain-origins.ts';
import type { Explanation } from './explanation.ts';
import type { Engine } from './judge.ts';
import { judgeContext } from './judge-explain.ts';
import { loadSubjects } from './judge-facts.ts';

/** Which duty: the rule by its code; `occurrence` is the part's id or `noOccurrence`. */
export interface DutyName {
  rule: string;
  type: SubjectType;
  subjectId: string;
  occurrence: string;
}

/**
 * Explains a duty to whoever asks: the version that judged it, else the one that would. Facts are read as the engine
 * reads them; what the reader may not see of them is left out.
 * @throws Problem 404 for a record or a rule that the reader does not see
 */
export async function explainRecord(uow: UnitOfWork, engine: Engine, duty: DutyName): Promise<Explanation> {
  const { actor } = uow;
  await engine.refresh?.(uow);
  const standing = await standingTo(uow, duty.type, duty.subjectId);
  const told = await asEngine(uow, () => explainAs(uow, engine, duty, mayAnywhere(actor, 'rule.trial')));
  if (!told) throw notFound();
  return seenBy(uow, engine.registry, duty, standing, told);
}

/** An explanation without what the actor may not see of this record and of those that it leads to. */
export async function seenBy(
  uow: UnitOfWork,
  registry: Registry,
  on: Pick<DutyName, 'type' | 'subjectId'>,
  standing: Standing,
  told: Explanation,
): Promise<Explanation> {
  const { actor } = uow;
  const foreign = new Map<string, boolean>();
  for (const type of registry.types) {
    if (type === on.type) continue;
    const ids = told.values.flatMap(({ record }) => (record?.type === type.name ? [record.id] : []));
    if (ids.length === 0) continue;
    const known = await standings(uow, actor, type, [...new Set(ids)]);
    for (const id of ids) {
      const other = known.get(id);
      foreign.set(id, other !== undefined && may(actor, `${type.name}.read`, other));
    }
  }
  return maskValues(told, ({ record, mask }) => {
    if (mask && sightOf(actor, mask, standing) === 'hidden') return true;
    return record !== null && record.id !== on.subjectId && foreign.get(record.id) === false;
  });
}

/** The same for whoever may see everything: the command line, the finding. null where there is no such rule or record. */
export async function explainAs(
  uow: UnitOfWork,
  engine: Engine,
  { rule, type, subjectId, occurrence }: DutyName,
  withTrial = true,
): Promise<Explanation | null> {
  // a version that is tried beside the one in force has its duties under a name of its own: ALM-03~1001
  const [code, tried] = rule.split('~');
  const versions = engine.rules
    .filter((one) => one.rule.subject === type.name && one.rule.code === code)
    .filter((one) => tried === undefined || one.rule.version === Number(tried))
    .sort((a, b) => b.rule.version - a.rule.version);
  const [stored] = await uow.sql<{ version_id: number; trial: boolean }>(
    `SELECT version_id, trial FROM obligation WHERE version_id = ANY($1::smallint[]) AND subject_type = $2 AND subject_id = $3 AND occurrence = $4 ORDER BY trial LIMIT 1`,
    [versions.map((one) => one.versionId), type.code, subjectId, occurrence],
    { name: 'duty to explain' },
  );
  if (!withTrial && (stored ? stored.trial : versions.every(({ state }) => state !== 'enacted'))) return null;
  const judged = stored && versions.find((one) => one.versionId === stored.version_id);
  const [subject] = await loadSubjects(uow, engine.registry, type.name, [subjectId]);
  if (!subject || versions.length === 0) return null;
  const context = await judgeContext(uow, versions, uow.now, [subjectId]);
  const tell = ({ rule: compiled }: StoredRule): Explanation => compiled.explain(subject, occurrence, context);
  let told = tell(judged ?? versions[0]!);
  // not judged: the version that applies, else why the newest does not
  if (told.verdict === 'nothing' && !judged)
    told = versions.map(tell).find(({ verdict }) => verdict !== 'nothing') ?? told;
  await fillOrigins(uow, engine.registry, [told]);
  return told;
}

/** The occurrences that a rule may have in a record: its parts, or the record itself. */
export async function occurrencesOf(
  uow: UnitOfWork,
  engine: Engine,
  part: string,
  type: SubjectType,
  id: string,
): Promise<string[]> {
  const table = tableOf(type);
  if (!(part in table.type.parts)) return [];
  const [subject] = await asEngine(uow, () => loadSubjects(uow, engine.registry, type.name, [id]));
  return ((subject?.[part] as { id: string }[] | undefined) ?? []).map((row) => row.id);
}
