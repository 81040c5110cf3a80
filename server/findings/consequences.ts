import type { Text } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { syncExcuse } from './excuse.ts';
import type { Verb } from './finding.ts';
import { stateOf } from './guards.ts';
import { holders, type Notice, tellAll } from './notices.ts';
import { addParties } from './parties.ts';
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

/** An act that was recorded, and the finding before it. */
export interface Done {
  verb: Verb;
  act: Act;
  before: Values;
}

/** What follows from acts beside their steps: parties, excuses, the paper trail of escalation, notices. */
export async function afterwards(uow: UnitOfWork, done: readonly Done[]): Promise<void> {
  if (done.length === 0) return;
  await addParties(uow, done.flatMap(partiesOf));
  for (const { act, before } of done)
    if (isSettled(before) !== isSettled(act.finding)) await syncExcuse(uow, act.id, act.finding);
  await settleEscalations(uow, done);
  for (const { verb, act } of done) if (verb === 'grant_exception') await grant(uow, act);
  await notify(uow, done);
}

const isSettled = (finding: Values): boolean => finding.state === 'dismissed' || finding.state === 'false_alarm';

/** Whoever takes a hand-over in the loop has a part in the matter from then on. */
function partiesOf({ verb, act }: Done): { finding: string; person: number; part: 'named' }[] {
  if (verb === 'assign') return [{ finding: act.id, person: Number(act.given.person), part: 'named' }];
  const takesPart = ['explain', 'sign_off', 'self_correct', 'rectify', 'object'].includes(verb);
  return takesPart && act.actor.personId !== null
    ? [{ finding: act.id, person: act.actor.personId, part: 'named' }]
    : [];
}

async function settleEscalations(uow: UnitOfWork, done: readonly Done[]): Promise<void> {
  const levels = done.filter(({ verb }) => verb === 'urge' || verb === 'supervise' || verb === 'list');
  const moved = done.filter((one) => !levels.includes(one) && one.before.state !== one.act.finding.state);
  if (levels.length + moved.length === 0) return;
  await uow.sql(
    `UPDATE escalation e SET settled_at = $1 WHERE settled_at IS NULL
       AND (e.finding_id = ANY($2::uuid[]) OR (e.finding_id, e.level) IN (SELECT * FROM unnest($3::uuid[], $4::text[])))`,
    [uow.now, moved.map(({ act }) => act.id), levels.map(({ act }) => act.id), levels.map(({ verb }) => verb)],
    { name: 'settle escalations' },
  );
}

async function grant(uow: UnitOfWork, { id, finding, given, actor }: Act): Promise<void> {
  if (finding.ruleId == null) return;
  const scope = String(given.exceptionScope);
  await uow.sql(
    `INSERT INTO exception (id, finding_id, rule_id, scope, subject_id, person_id, unit_id, owner_id, reason, from_at, until, granted_by, at_unit)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
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
      actor.personId,
      finding.unit ?? actor.unitId,
    ],
  );
}

async function notify(uow: UnitOfWork, done: readonly Done[]): Promise<void> {
  const known = new Map<string, Promise<number[]>>();
  const inTurn = (unit: number, roles: readonly string[]): Promise<number[]> => {
    const key = `${unit} ${roles.join(' ')}`;
    const found = known.get(key) ?? holders(uow, unit, roles);
    known.set(key, found);
    return found;
  };
  const notices: Notice[] = [];
  for (const { verb, act } of done) {
    const text = words[verb];
    if (!text) continue;
    const { id, finding, actor } = act;
    const cause = `${id} ${verb} ${uow.now.getTime()}`;
    for (const person of await peopleOf(verb, act, inTurn)) {
      if (person === actor.personId) continue;
      notices.push({
        person,
        text: { zh: `${finding.number} ${finding.title ?? ''}：${text.zh}`, en: `${finding.number}: ${text.en}` },
        link: `/findings/${id}`,
        cause,
      });
    }
  }
  await tellAll(uow, notices);
}

async function peopleOf(
  verb: Verb,
  { finding, given }: Act,
  inTurn: (unit: number, roles: readonly string[]) => Promise<number[]>,
): Promise<Set<number>> {
  if (verb === 'assign') return new Set([Number(given.person)]);
  if (verb === 'name_reviewer') return new Set([Number(given.reviewer)]);
  const people = new Set(finding.unit == null ? [] : await inTurn(Number(finding.unit), turns[stateOf(finding)] ?? []));
  // the officer hears of everything that is decided about him
  if (finding.person != null && !['issue', 'acknowledge', 'explain', 'sign_off'].includes(verb))
    people.add(Number(finding.person));
  return people;
}
