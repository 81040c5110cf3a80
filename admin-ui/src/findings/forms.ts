import type { Values } from '../steps/draft.ts';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Fact, Step } from '../vocabulary/types.ts';
import type { Say } from '../words/say.ts';
import { path } from './states.ts';

const confirmed = (values: Values): boolean => values.verdict === 'confirmed' || values.verdict === 'partly';

/** Whether a fact of a form is asked at all, by what was filled in before it. */
export function isAsked(verb: string, name: string, values: Values): boolean {
  if (verb === 'judge' && ['severity', 'rectifyHow', 'rectifyDueAt', 'rootCause'].includes(name))
    return confirmed(values);
  if (verb === 're_review' && ['verdict', 'severity', 'rectifyHow', 'rectifyDueAt'].includes(name))
    return values.reReview === 'changed';
  // only completed papers and procedures can be back-dated at all
  if (name === 'notBackDated')
    return ['supplement', 'procedure'].some((how) => (values.rectifiedHow as string[] | undefined)?.includes(how));
  return true;
}

/** 退回至 offers the stations that were passed, nothing else. */
export function limitOptions(fact: Fact, finding: SubjectRecord): Fact {
  if (fact.name !== 'returnedTo') return fact;
  const at = (path as readonly string[]).indexOf(String(finding.state));
  const here = at < 0 ? path.indexOf('rectifying') + 1 : at;
  const before: readonly string[] =
    finding.state === 'explaining' && finding.explained ? path.slice(0, here + 1) : path.slice(0, here);
  return { ...fact, options: fact.options.filter((option) => before.includes(option.code)) };
}

/** What somebody should know before he fills in. */
export function hintOf(verb: string, values: Values, say: Say): string | null {
  if (verb === 'judge')
    return say(
      '认定的对象是问题本身：民警说明有理的，选“问题不成立”，不计入本人；规则或数据有误的，选“误报”，只计入规则。',
      'The object is the issue: a good explanation means "not confirmed" and counts against nobody; a false alarm counts against the rule.',
    );
  if (verb === 'rectify' || verb === 'self_correct')
    return say(
      '补正材料、补办手续应当如实注明补办时间，严禁倒签、补录。',
      'Completed papers carry their true date: never back-date.',
    );
  if (verb === 'explain')
    return say(
      '提交后由单位负责人审签。涉及健康、家庭等个人隐私的请勾选，仅单位负责人和法制部门可见。',
      'The unit head signs it off. Tick private matters: then only the unit head and the legal office see them.',
    );
  if (verb === 'object') return say('异议由另一名审核人员复核，与原认定人不同。', 'Another reviewer looks at it.');
  if (verb === 'recheck' && values.recheckPassed === true)
    return say('系统将重新核对事实并写入复查记录。', 'The engine reads the facts again and notes the result.');
  return null;
}

export function submitLabel(step: Step, values: Values, say: Say): string {
  if (step.verb === 'explain') return say('提交说明', 'Submit');
  if (step.verb === 'rectify') return say('提交整改', 'Submit');
  if (step.verb === 'judge' && confirmed(values)) return say('认定问题成立', 'Confirm the issue');
  if (step.verb === 'judge' && values.verdict === 'not_confirmed') return say('认定问题不成立', 'Not confirmed');
  if (step.verb === 'recheck')
    return values.recheckPassed === true
      ? say('复查通过', 'Pass')
      : values.recheckPassed === false
        ? say('复查不通过', 'Fail')
        : say('复查', 'Re-check');
  return say(step.label);
}
