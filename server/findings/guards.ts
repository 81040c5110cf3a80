import { badInput, conflict, forbidden, type Problem } from '../kernel/errors.ts';
import type { Actor } from '../kernel/unit-of-work.ts';
import { isSelf } from '../organisation/human.ts';
import { isBefore, type State, states } from './states.ts';
import type { Act, FactName, Moment, Values } from './transition.ts';

/** Reasons why an act is not possible or not acceptable now, in words for the person who wants it. */
type Guard = (moment: Moment) => Problem | undefined;
type Check = (act: Act) => Problem | undefined;

const not = (code: string, zh: string, en: string): Problem => conflict(`finding.${code}`, { zh, en });
const field = (code: string, path: FactName, zh: string, en: string): Problem =>
  badInput(`finding.${code}`, { zh, en }, [{ path: `facts.${path}`, zh, en }]);

const instant = (values: Values, name: FactName): Date | null => {
  const value = values[name];
  return typeof value === 'string' ? new Date(value) : null;
};
const has = (values: Values, name: FactName): boolean => values[name] != null;
export const stateOf = (values: Values): State => values.state as State;

/** Whether an actor holds one of these roles. */
export const isOneOf = (actor: Actor, roles: readonly string[]): boolean =>
  roles.includes(actor.role) || actor.roles.some((role) => roles.includes(role));

export const every =
  <T>(...tests: ((at: T) => Problem | undefined)[]) =>
  (at: T): Problem | undefined => {
    for (const test of tests) {
      const problem = test(at);
      if (problem) return problem;
    }
    return undefined;
  };

export const screened: Guard = ({ finding }) =>
  finding.screened ? undefined : not('not-screened', '请先核查，再交办', 'Screen it before it is issued');

export const explained: Guard = ({ finding }) =>
  finding.explained ? undefined : not('not-explained', '责任民警尚未提交说明', 'There is no explanation yet');

export const notExplained: Guard = ({ finding }) =>
  finding.explained
    ? not('already-explained', '说明已提交，待审签', 'It is explained and awaits the sign-off')
    : undefined;

/** Explained by the officer it is about; by anyone of the unit as long as nobody is named. */
export const responsible: Guard = ({ finding, actor }) =>
  finding.person == null || finding.person === actor.personId
    ? undefined
    : forbidden('finding.not-responsible', {
        zh: '应由责任民警本人说明',
        en: 'The responsible officer explains in person',
      });

/** 说明 and 审签 are two people's. */
export const explainedByAnother: Guard = ({ finding, actor }) =>
  isSelf(actor, finding.explainer)
    ? forbidden('finding.own-explanation', {
        zh: '不得审签本人提交的说明，请由本单位其他负责人审签',
        en: 'Nobody signs off his own explanation: another head of the unit does',
      })
    : undefined;

export const isHead = ({ actor }: Moment): boolean => isOneOf(actor, ['unit-head']);

/** The head of the unit signs off; what he has explained himself, a leader of the bureau does. */
export const headOrAbove: Guard = (moment) =>
  isHead(moment) || moment.finding.explainedByHead === true
    ? undefined
    : not('for-the-head', '由单位负责人审签', 'The head of the unit signs it off');

/** Nobody passes his own matter on, sends it back or confirms what changed in it. */
export const notAboutMyself: Guard = ({ finding, actor }) =>
  isSelf(actor, finding.person)
    ? forbidden('finding.about-yourself', {
        zh: '该问题涉及您本人，依规定应当回避，请由其他人员办理',
        en: 'It is about yourself: somebody else does this',
      })
    : undefined;

export const changedByAnother: Guard = ({ finding, actor }) =>
  isSelf(actor, finding.factsChangedBy)
    ? forbidden('finding.own-change', {
        zh: '该事实由您本人变更，请由本单位其他负责人确认',
        en: 'You changed the fact yourself: another head of the unit confirms it',
      })
    : undefined;

/** The offices that supervise decide; a unit's head within his station acts as its head. */
export const isOffice = ({ actor }: Moment): boolean =>
  isOneOf(actor, ['case-management-officer', 'legal-reviewer', 'legal-head', 'inspector']);

/** Days for which a finding may be put off: what waits longer is decided or taken up again. */
const longestSuspension = 90;
export const suspendedBriefly: Check = ({ given, now }) => {
  const until = instant(given, 'suspendUntil');
  return until && until.getTime() > now.getTime() + longestSuspension * 24 * 3_600_000
    ? field(
        'suspended-too-long',
        'suspendUntil',
        `暂缓不得超过${longestSuspension}日，确需继续的，到期后另行办理`,
        `It may be put off for ${longestSuspension} days at most; then it is taken up or put off anew`,
      )
    : undefined;
};

/** 自查自纠: a flaw, within its window, before it was issued. */
export const selfCorrectable: Guard = ({ finding, now }) => {
  if (finding.severity !== 'flaw')
    return not('not-a-flaw', '只有执法瑕疵可以自查自纠', 'Only a flaw may be self-corrected');
  const until = instant(finding, 'selfCorrectUntil');
  return until && now <= until
    ? undefined
    : not('window-closed', '自查自纠期已过', 'The window for self-correction is over');
};

export const recheckPassed: Guard = ({ finding }) =>
  finding.recheckPassed
    ? undefined
    : not('not-rechecked', '复查通过后方可销号', 'It closes only after a passed re-check');

/** 督察 judges what it supervises; the legal office may judge everything. */
export const inTheirDepartment: Guard = ({ finding, actor }) =>
  finding.department !== 'inspection' && !isOneOf(actor, ['case-management-officer', 'legal-reviewer', 'legal-head'])
    ? forbidden('finding.other-department', { zh: '该问题由法制部门主责', en: 'The legal office supervises this one' })
    : undefined;

const stages = { urge: 1, supervise: 2, list: 3 } as const;
export const levelBelow =
  (level: keyof typeof stages): Guard =>
  ({ finding }) =>
    finding.level != null && stages[finding.level as keyof typeof stages] >= stages[level]
      ? not('level-reached', '已达到该督办级别', 'It has reached this level already')
      : undefined;

/** Three days from the latest verdict, once. */
export const objectionOpen: Guard = ({ finding, limits, now }) => {
  if (finding.verdict !== 'confirmed' && finding.verdict !== 'partly')
    return not('no-verdict', '问题未认定成立，无需提出异议', 'There is no verdict to object to');
  if (has(finding, 'reReviewedAt')) return not('re-reviewed', '该问题已经复核', 'It was re-reviewed already');
  return limits.objectUntil && now <= limits.objectUntil
    ? undefined
    : not('objection-late', '已超过提出异议的期限（认定后三日）', 'The three days for an objection are over');
};

/** The re-review belongs to another reviewer than the verdict. */
export const anotherReviewer: Guard = ({ finding, actor }) => {
  if (isSelf(actor, finding.judge))
    return forbidden('finding.same-reviewer', { zh: '原认定人不得复核', en: 'Whoever judged it cannot re-review it' });
  if (finding.reviewer != null && finding.reviewer !== actor.personId)
    return forbidden('finding.other-reviewer', {
      zh: '已指定其他人员复核',
      en: 'Somebody else is named to re-review it',
    });
  return undefined;
};

export const referred: Guard = ({ finding }) =>
  has(finding, 'referredAt') ? undefined : not('not-referred', '该问题没有移送', 'It was not referred');

export const factsChanged: Guard = ({ finding }) => {
  const changed = instant(finding, 'factsChangedAt');
  const confirmed = instant(finding, 'factsConfirmedAt');
  return changed && (!confirmed || confirmed < changed)
    ? undefined
    : not('facts-unchanged', '没有待确认的事实变更', 'No change of facts waits for a confirmation');
};

export const laterStation: Check = ({ finding, given }) => {
  const to = given.returnedTo as State;
  const here = stateOf(finding);
  if (isBefore(to, here === 'dismissed' || here === 'false_alarm' ? 'rectifying' : here)) return undefined;
  // the unit head hands an explanation back to the officer: the same station, one act earlier
  if (here === 'explaining' && to === 'explaining' && finding.explained) return undefined;
  return field(
    'return-target',
    'returnedTo',
    `不能退回至“${states[to][0]}”`,
    `It cannot go back to "${states[to][1]}"`,
  );
};

/** A unit head returns an explanation to its author, nothing else. */
export const ownReturn: Check = ({ finding, given, actor }) =>
  !isOneOf(actor, ['case-management-officer', 'legal-reviewer', 'legal-head', 'inspector']) &&
  !(stateOf(finding) === 'explaining' && given.returnedTo === 'explaining')
    ? forbidden('finding.return-too-far', {
        zh: '单位负责人只能将说明退回责任民警',
        en: 'A unit head returns an explanation to its author only',
      })
    : undefined;

const confirms = (values: Values): boolean => values.verdict === 'confirmed' || values.verdict === 'partly';

export const rectificationOrdered: Check = ({ given }) =>
  confirms(given) && !(Array.isArray(given.rectifyHow) && given.rectifyHow.length > 0)
    ? field(
        'rectification-missing',
        'rectifyHow',
        '问题成立的，应当明确整改方式',
        'Say how a confirmed issue is to be rectified',
      )
    : undefined;

export const dueLater =
  (name: FactName): Check =>
  ({ given, now }) => {
    const due = instant(given, name);
    return due && due <= now
      ? field('due-in-the-past', name, '期限应当晚于当前时间', 'The limit must lie in the future')
      : undefined;
  };

/** 倒签、补录 is itself a grave issue (domain.md §2.5): whoever completes papers declares that they are not back-dated. */
export const notBackDated: Check = ({ given }) => {
  const kinds = Array.isArray(given.rectifiedHow) ? (given.rectifiedHow as readonly unknown[]) : [];
  if (kinds.length === 0)
    return field('rectification-missing', 'rectifiedHow', '请选择整改方式', 'Say how it was rectified');
  if ((kinds.includes('supplement') || kinds.includes('procedure')) && given.notBackDated !== true) {
    return field(
      'back-dating',
      'notBackDated',
      '补正材料、补办手续应当如实注明补办时间，严禁倒签、补录；请确认未倒签',
      'Completed papers carry their true date: confirm that nothing was back-dated',
    );
  }
  return undefined;
};

export const extendable: Check = ({ finding, given }) => {
  const due = instant(finding, 'rectifyDueAt');
  const next = instant(given, 'rectifyDueAt');
  if (Number(finding.extensions ?? 0) >= 2)
    return not('extensions-used', '整改期限最多延长两次', 'A limit is extended twice at most');
  return due && next && next <= due
    ? field(
        'extension-not-later',
        'rectifyDueAt',
        '延长后的期限应当晚于原期限',
        'The new limit must be later than the old one',
      )
    : undefined;
};

/** Evidence closes, not a wish: files, the engine's own reading, or an opinion that says what was seen. */
export const evidence: Check = ({ finding, given }) => {
  const files = (finding.rectificationFiles as { files?: unknown[] } | null | undefined)?.files ?? [];
  return files.length > 0 ||
    has(finding, 'systemRecheck') ||
    has(finding, 'recheckOpinion') ||
    has(given, 'closeOpinion')
    ? undefined
    : field(
        'evidence-missing',
        'closeOpinion',
        '销号应当有依据：请上传材料或者写明核实情况',
        'Closing needs evidence: files or what was verified',
      );
};

export const changedVerdict: Check = ({ given }) =>
  given.reReview === 'changed' && !has(given, 'verdict') && !has(given, 'severity')
    ? field(
        'change-missing',
        'verdict',
        '变更的，请写明变更后的结论或者等级',
        'Say what the verdict or severity is changed to',
      )
    : given.reReview === 'changed' && has(given, 'verdict') && !confirms(given)
      ? field(
          'change-overturns',
          'verdict',
          '结论变更为不成立的，请选择“撤销”',
          'To drop the verdict, choose "overturned"',
        )
      : undefined;

export const notItself: Check = ({ id, given }) =>
  given.mergedInto === id
    ? field('merge-itself', 'mergedInto', '不能合并至自身', 'It cannot be merged into itself')
    : undefined;
