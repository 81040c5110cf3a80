import type { Text } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { syncExcuse } from './excuse.ts';
import type { Verb } from './finding.ts';
import { stateOf } from './guards.ts';
import { holders, tell } from './notices.ts';
import { addParty } from './parties.ts';
import type { State } from './states.ts';
import type { Act, Values } from './transition.ts';

/** Whose turn it is at a station, by role; at some it is the person named. */
const turns: Partial<Record<State, readonly string[]>> = {
  screening: ['case-management-officer'],
  issued: ['unit-legal-officer', 'unit-head'],
  explaining: ['unit-head'],
  judging: ['legal-reviewer'],
  rectifying: ['unit-legal-officer', 'unit-head'],
  rechecking: ['case-management-officer'],
  closed: ['unit-legal-officer'],
  dismissed: ['unit-legal-officer', 'unit-head'],
  objection: ['legal-head'],
};

const words: Partial<Record<Verb, Text>> = {
  issue: { zh: '交办待签收', en: 'Issued to your unit' },
  acknowledge: { zh: '已签收，请指定责任民警并组织说明', en: 'Acknowledged: name the officer' },
  assign: { zh: '请您说明情况', en: 'Please explain' },
  explain: { zh: '说明已提交，待审签', en: 'Explained, awaits sign-off' },
  sign_off: { zh: '说明已审签，待认定', en: 'Signed off, to be judged' },
  return: { zh: '已退回', en: 'Returned' },
  judge: { zh: '已作出认定', en: 'Judged' },
  self_correct: { zh: '已自查自纠，待复查', en: 'Self-corrected, to be re-checked' },
  rectify: { zh: '整改已提交，待复查', en: 'Rectified, to be re-checked' },
  recheck: { zh: '已复查', en: 'Re-checked' },
  close: { zh: '已销号', en: 'Closed' },
  reopen: { zh: '已重新办理', en: 'Reopened' },
  object: { zh: '提出异议，待复核', en: 'Objected to, to be re-reviewed' },
  name_reviewer: { zh: '指派您复核', en: 'You are to re-review it' },
  re_review: { zh: '已复核', en: 'Re-reviewed' },
  urge: { zh: '催办', en: 'Reminder' },
  supervise: { zh: '督办', en: 'Supervision order' },
  list: { zh: '挂牌督办', en: 'Listed order' },
  extend: { zh: '整改期限已延长', en: 'Extended' },
  mark_facts_changed: { zh: '事实发生变更，请单位负责人确认', en: 'Facts changed: the unit head confirms' },
};

/** What follows from an act beside its step: parties, the excuse, the paper trail of escalation, notices. */
export async function afterwards(uow: UnitOfWork, verb: Verb, act: Act, before: Values): Promise<void> {
  const { id, finding, given, actor } = act;
  if (verb === 'assign') await addParty(uow, id, Number(given.person), 'named');
  if (['explain', 'sign_off', 'self_correct', 'rectify', 'object'].includes(verb))
    await addParty(uow, id, actor.personId, 'named');
  const settledThen = before.state === 'dismissed' || before.state === 'false_alarm';
  const settledNow = finding.state === 'dismissed' || finding.state === 'false_alarm';
  if (settledThen !== settledNow) await syncExcuse(uow, id, finding);
  if (verb === 'urge' || verb === 'supervise' || verb === 'list') {
    await uow.sql(
      'UPDATE escalation SET settled_at = $2 WHERE finding_id = $1 AND level = $3 AND settled_at IS NULL',
      [id, uow.now, verb],
      { name: 'settle escalation' },
    );
  } else if (before.state !== finding.state) {
    await uow.sql('UPDATE escalation SET settled_at = $2 WHERE finding_id = $1 AND settled_at IS NULL', [id, uow.now], {
      name: 'settle escalations',
    });
  }
  if (verb === 'grant_exception') await grant(uow, act);
  await notify(uow, verb, act);
}

async function grant(uow: UnitOfWork, { id, finding, given }: Act): Promise<void> {
  if (finding.ruleId == null) return;
  const scope = String(given.exceptionScope);
  await uow.sql(
    `INSERT INTO exception (id, finding_id, rule_id, scope, subject_id, person_id, unit_id, owner_id, reason, from_at, until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      newId(uow.now),
      id,
      finding.ruleId,
      scope,
      scope === 'subject' ? finding.subjectId : null,
      scope === 'person' ? finding.person : null,
      scope === 'unit' ? finding.unit : null,
      given.exceptionOwner,
      given.exceptionReason,
      uow.now,
      given.exceptionUntil,
    ],
  );
}

async function notify(uow: UnitOfWork, verb: Verb, { id, finding, given }: Act): Promise<void> {
  const text = words[verb];
  if (!text) return;
  const people = new Set<number>();
  if (verb === 'assign') people.add(Number(given.person));
  else if (verb === 'name_reviewer') people.add(Number(given.reviewer));
  else {
    const state = stateOf(finding);
    if (finding.unit != null)
      for (const person of await holders(uow, Number(finding.unit), turns[state] ?? [])) people.add(person);
    // the officer hears of everything that is decided about him
    if (finding.person != null && !['issue', 'acknowledge', 'explain', 'sign_off'].includes(verb))
      people.add(Number(finding.person));
  }
  await tell(
    uow,
    [...people],
    { zh: `${finding.number} ${finding.title ?? ''}：${text.zh}`, en: `${finding.number}: ${text.en}` },
    `/findings/${id}`,
    `${id} ${verb} ${uow.now.getTime()}`,
  );
}
