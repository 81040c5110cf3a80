import { parseDocument } from 'yaml';
import { may, type Standing } from '../access/actor.ts';
import type { Text } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { standings } from '../subjects/guard.ts';
import { readRecord, standingTo } from '../subjects/read.ts';
import type { Row } from '../subjects/rows.ts';
import { readTimeline } from '../subjects/timeline.ts';
import type { Views } from '../subjects/views.ts';
import { valuesOf, verbsOn } from './abilities.ts';
import { filesOf } from './attachments.ts';
import { finding, transitionOf, verbs } from './finding.ts';
import { concernText, independentReviewers, partsOf } from './independence.ts';
import { limitsAt } from './limits.ts';
import { decidesNow, refusalOf } from './loop.ts';
import { discreet, mayRead, privateFiles } from './privacy.ts';

/** The rule as it was when the finding was raised: title, articles, what it measures. */
export interface RuleCard {
  code: string;
  version: number;
  title: Text | null;
  basis: { document: string; article?: string; status?: string }[];
  note: string | null;
  from: string | null;
  state: string;
}

/** All that the detail page shows in one answer. */
export async function readFinding(uow: UnitOfWork, views: Views, id: string) {
  const standing = await standingTo(uow, finding, id);
  const record = await readRecord(uow, views, finding, id);
  const row = discreet(record, record['explanationPrivate'] === true, uow.actor, standing);
  const hidden = mayRead(uow.actor, standing) ? new Set<string>() : await privateFiles(uow, id);
  return {
    ...row,
    subject: await subjectOf(uow, views, row),
    ruleCard: await ruleCardOf(uow, row['versionId']),
    duty: await dutyOf(uow, row),
    steps: await readLoop(uow, id, standing),
    files: (await filesOf(uow, id)).filter((file) => !hidden.has(file.id)),
    merged: await uow.sql('SELECT id, number, title FROM finding WHERE merged_into_id = $1 ORDER BY number', [id], {
      name: 'merged findings',
    }),
    escalations: await uow.sql(
      'SELECT level, station, due_at AS "dueAt", proposed_at AS "proposedAt" FROM escalation WHERE finding_id = $1 AND settled_at IS NULL ORDER BY proposed_at',
      [id],
      { name: 'open escalations' },
    ),
    ...(await guardOf(uow, standing, row)),
  };
}

/** The loop's history: each act with who, when and what he left, private explanations only for those they are for. */
export async function readLoop(uow: UnitOfWork, id: string, given?: Standing) {
  const standing = given ?? (await standingTo(uow, finding, id));
  const steps = await readTimeline(uow, finding, id);
  let isPrivate = false;
  return steps.map((step) => {
    if (step.verb === 'explain') isPrivate = step.facts['explanationPrivate'] === true;
    return { ...step, facts: discreet(step.facts, isPrivate, uow.actor, standing) };
  });
}

/** The record it is about, with the number as a link where the actor may open it. */
async function subjectOf(uow: UnitOfWork, views: Views, row: Row) {
  const type = views.registry.find(String(row['subjectType']));
  if (!type || typeof row['subjectId'] !== 'string') return null;
  const standing = (await standings(uow, uow.actor, type, [row['subjectId']])).get(row['subjectId']);
  return {
    type: type.name,
    plural: type.plural,
    label: type.label,
    id: row['subjectId'],
    number: row['subjectNumber'] ?? null,
    readable: standing !== undefined && may(uow.actor, `${type.name}.read`, standing),
  };
}

async function ruleCardOf(uow: UnitOfWork, versionId: unknown): Promise<RuleCard | null> {
  if (versionId == null) return null;
  const [version] = await uow.sql<{ code: string; version: number; text: string; from_at: Date | null; state: string }>(
    'SELECT r.code, v.version, v.text, v.from_at, v.state FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE v.id = $1',
    [versionId],
    { name: 'rule card' },
  );
  if (!version) return null;
  const text = (parseDocument(version.text).toJS() ?? {}) as { title?: Text; basis?: RuleCard['basis']; note?: string };
  return {
    code: version.code,
    version: version.version,
    title: text.title ?? null,
    basis: Array.isArray(text.basis) ? text.basis : [],
    note: text.note ?? null,
    from: version.from_at?.toISOString() ?? null,
    state: version.state,
  };
}

/** The duty as the engine judges it now: it may have changed since the finding was raised. */
async function dutyOf(uow: UnitOfWork, row: Row) {
  if (row['ruleId'] == null) return null;
  const [duty] = await uow.sql<{
    verdict: number;
    dueAt: Date | null;
    metAt: Date | null;
    openedAt: Date;
    judgedAt: Date;
  }>(
    'SELECT verdict, due_at AS "dueAt", met_at AS "metAt", opened_at AS "openedAt", judged_at AS "judgedAt" FROM obligation WHERE rule_id = $1 AND subject_id = $2 AND occurrence = $3',
    [row['ruleId'], row['subjectId'], row['occurrence']],
    { name: 'duty of a finding' },
  );
  const words = ['', 'pending', 'met', 'late', 'overdue', 'excused', 'unknown'];
  return duty ? { ...duty, verdict: words[duty.verdict] ?? 'unknown' } : null;
}

/** Why the actor may not decide although it would be his turn, and who may instead. */
async function guardOf(uow: UnitOfWork, standing: Standing, row: Row) {
  const values = valuesOf(row);
  const moment = { id: row.id, finding: values, actor: uow.actor, now: uow.now, limits: limitsAt(values, uow.now) };
  const decisions = verbs.filter(
    (verb) => decidesNow(transitionOf(verb), moment) && !refusalOf(transitionOf(verb), moment),
  );
  const isGuarded = standing.isConcerned && decisions.length > 0;
  const isToName =
    row['state'] === 'objection' && verbsOn(uow.actor, standing, row.id, values, uow.now).includes('name_reviewer');
  if (!isGuarded && !isToName) return { guard: null, reviewers: [] };
  const roles = [...new Set(decisions.flatMap((verb) => transitionOf(verb).roles))];
  return {
    guard: isGuarded ? concernText(await partsOf(uow, row.id, uow.actor)) : null,
    reviewers: await independentReviewers(uow, row.id, roles.length > 0 ? roles : transitionOf('re_review').roles),
  };
}
