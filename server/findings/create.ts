import { badInput } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { authoriseOpening } from '../subjects/guard.ts';
import { parseFacts } from '../subjects/input.ts';
import { rowOf, standingTo } from '../subjects/read.ts';
import { recordSteps } from '../subjects/record.ts';
import type { Registry } from '../subjects/registry.ts';
import { finding } from './finding.ts';
import { selfCorrectUntil, stationDue } from './limits.ts';
import { takeNumbers } from './numbers.ts';
import { fillParties } from './parties.ts';
import { departmentOf } from './raise.ts';

/**
 * 人工登记: a finding that a person enters about a record he may read (the daily patrol, a complaint). It goes the way
 * of every other and excuses no duty, since none stands behind it.
 * @throws Problem 404 unknown record, 403 not his to enter, 422 wrong input
 */
export async function createFinding(
  uow: UnitOfWork,
  registry: Registry,
  facts: Record<string, unknown>,
): Promise<string> {
  const step = finding.steps['create'];
  if (!step) throw new Error('no step create');
  const asked: readonly string[] = [...(step.requires ?? []), ...(step.asks ?? [])];
  const strange = Object.keys(facts).filter((name) => !asked.includes(name));
  if (strange.length > 0)
    throw badInput(
      'finding.bad-input',
      { zh: `没有这一项：${strange.join('、')}`, en: `unknown: ${strange.join(', ')}` },
      strange.map((name) => ({ path: name, zh: '没有这一项', en: 'unknown field' })),
    );
  const given = parseFacts(finding, step, facts, true);
  const type = registry.find(String(given['subjectType']));
  if (!type || type === finding) {
    const text = { zh: '没有这类监督对象', en: 'There is no such kind of subject' };
    throw badInput('finding.bad-subject-type', text, [{ path: 'subjectType', ...text }]);
  }
  authoriseOpening(uow.actor, finding, 'create', given);
  const subject = String(given['subjectId']);
  await standingTo(uow, type, subject);
  const row = await rowOf(uow, type, subject);
  const [number] = await takeNumbers(uow, [Number(given['unit'])]);
  const id = newId(uow.now);
  await recordSteps(uow, registry, [
    {
      type: 'finding',
      subject: id,
      verb: 'create',
      occurredAt: uow.now,
      facts: {
        ...given,
        number,
        origin: 'manual',
        subjectNumber: row[type.number] ?? null,
        snapshot: {},
        stateAt: uow.now,
        dueAt: stationDue('screening', {}, uow.now),
        department: given['department'] ?? departmentOf(String(given['rule'] ?? '')),
        selfCorrectUntil: given['severity'] === 'flaw' ? selfCorrectUntil(uow.now) : null,
      },
    },
  ]);
  await fillParties(uow, registry, type, [id]);
  return id;
}
