import { type AlarmRow, type Broken, caseLike, type Duty, dutiesOf, offScene } from './rows.ts';

const scene = new Set(offScene);
const cases = new Set(caseLike);

/** What a programmer writes who needs exactly these four rules and nothing else. */
export function judgeByHand(alarms: readonly AlarmRow[], next: ReadonlyMap<number, number>, now: number): Broken[] {
  const broken: Broken[] = [];
  for (const alarm of alarms) {
    for (const duty of dutiesOf(alarm, next)) {
      if (!applies(duty) || duty.excused) continue;
      if (duty.met === null ? duty.due < now : duty.met > duty.due && duty.met >= duty.opened)
        broken.push({
          rule: duty.rule,
          subject: alarm.id,
          occurrence: duty.occurrence,
          opened: duty.opened,
          due: duty.due,
          met: duty.met,
        });
    }
  }
  return broken;
}

function applies({ rule, alarm, onScene }: Duty): boolean {
  if (rule === 'ALM-04a') return onScene !== false;
  if (rule === 'ALM-09') return cases.has(alarm.intake ?? '') || cases.has(alarm.feedback ?? '');
  return alarm.priority === 'urgent' && !scene.has(alarm.disposition ?? '') && (rule === 'ALM-02' || onScene !== false);
}
