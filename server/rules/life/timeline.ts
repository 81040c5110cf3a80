import { dayText, localDay } from '../../kernel/calendar.ts';
import { conflict, refusal } from '../../kernel/errors.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { CompiledRule } from '../rule.ts';
import { keepAct } from './act.ts';
import { type Version, versionsOf } from './version.ts';

type Span = Pick<Version, 'from' | 'to' | 'endsOn'>;

/** The first day on which it is over; '9999' where it is not known to end. */
const endOf = ({ to, endsOn }: Span): string => [to ?? '9999', endsOn ?? '9999'].sort()[0] ?? '9999';

/** Whether two versions would both be in force on some day. */
export const meet = (a: Span, b: Span): boolean => (a.from ?? '') < endOf(b) && (b.from ?? '') < endOf(a);

/** Whether duties stand under it now; a trial beside another version stands aside. */
export const isJudged = (version: Version): boolean =>
  (version.state === 'trial' || version.state === 'enacted') && version.triedAs === null;

/**
 * Gives a version its place among the others of its rule: what was in force until then ends where it begins, and it
 * ends where a later one begins. No text is touched. What has been judged by the law of its day stays so: a version
 * never takes over in the past.
 * @throws Problem 409 for a version that begins before today while another is enacted
 */
export async function placeInTime(uow: UnitOfWork, version: Version, rule: CompiledRule): Promise<void> {
  const from = rule.inForce.from;
  const others = (await versionsOf(uow, version.code)).filter((one) => one.id !== version.id && isJudged(one));
  const today = dayText(localDay(uow.now));
  let endsOn = version.endsOn;
  for (const other of others.filter((one) => meet(one, { ...version, from, to: rule.inForce.to ?? null }))) {
    if ((other.from ?? '') > from) {
      endsOn = [endsOn ?? '9999', other.from ?? '9999'].sort()[0] ?? null;
      continue;
    }
    if (other.state === 'enacted' && from < today)
      throw refusal(
        conflict('rule.takes-over-in-the-past', {
          zh: `施行日期 ${from} 早于今日，而第 ${other.version} 版正在施行；修订版本应当自今日或者以后施行`,
          en: `It begins on ${from}, before today, while version ${other.version} is in force: an amendment begins today or later`,
        }),
      );
    await uow.sql('UPDATE rule_version SET ends_on = $2 WHERE id = $1', [other.id, from]);
    await keepAct(uow, other, 'amend', { details: { by: version.version, endsOn: from } });
  }
  if (endsOn !== version.endsOn)
    await uow.sql('UPDATE rule_version SET ends_on = $2 WHERE id = $1', [version.id, endsOn]);
}
