import { isCaseType, type Telling, tell } from './alarm-telling.ts';
import { caseOfAlarm } from './cases.ts';
import { followUp, type Linked } from './follow-ups.ts';
import { by, type Planted } from './story.ts';
import { endOfDays, hour, minute, plus, second } from './time.ts';

/** The disposition (ALM-04b), and for what looks like an offence a case or the reason for none (ALM-09). */
export function settle(told: Telling, handled: Date): void {
  const { chance, topic, unit } = told;
  const downgraded = isCaseType(topic.category) && topic.downgraded === true;
  const feedback = downgraded ? 'dispute' : topic.category;
  const offence = isCaseType(topic.intake) || isCaseType(feedback);
  const late = offence ? 'soon' : chance.weighted({ soon: 980, at: 4, over: 4, late: 12 });
  const limit = plus(handled, 24 * hour);
  const at =
    late === 'soon'
      ? plus(handled, chance.int(1, 4) * minute)
      : late === 'at'
        ? limit
        : late === 'over'
          ? plus(limit, second)
          : plus(limit, chance.int(30, 900) * minute);
  told.planted.push({
    rule: 'ALM-04b',
    subject: told.id,
    opened: handled,
    due: limit,
    met: at,
    feed: { name: 'dispatch', unit: unit.id },
  });

  const opensCase =
    isCaseType(topic.category) &&
    !downgraded &&
    (topic.manner !== undefined ||
      chance.yes(topic.category === 'criminal' ? 0.85 : topic.title === '家庭暴力' ? 0.25 : 0.62));
  const disposition = opensCase
    ? 'case_opened'
    : downgraded
      ? 'settled'
      : offence
        ? chance.weighted({ mediated: 55, on_spot_penalty: 16, no_facts: 20, withdrawn: 9 })
        : chance.weighted({ settled: 90, no_facts: 10 });
  const complex = offence && chance.yes(0.05);
  tell(
    told,
    'dispose',
    at,
    { disposition, feedbackCategory: feedback, ...(complex ? { complex: true } : {}) },
    by(told.city.crews(unit.id)[0]?.lead ?? told.city.withRole('call-taker', unit)),
  );
  // Who withdraws his call is owed no arrival any more.
  if (disposition === 'withdrawn')
    for (const one of told.planted) if (one.rule === 'ALM-02' || one.rule === 'ALM-03') one.gone = at;
  const linked = offence ? answer(told, handled, at, { feedback, opensCase, disposition, complex, downgraded }) : null;
  followUp(told, { handledAt: handled, disposedAt: at, feedback, disposition, linked });
}

interface Answer {
  feedback: string;
  opensCase: boolean;
  disposition: string;
  complex: boolean;
  downgraded: boolean;
}

function answer(
  told: Telling,
  handled: Date,
  at: Date,
  { feedback, opensCase, disposition, complex, downgraded }: Answer,
): Linked | null {
  const { chance, topic } = told;
  const owed = (from: Date, days: boolean): Pick<Planted, 'rule' | 'subject' | 'opened' | 'due'> => ({
    rule: 'ALM-09',
    subject: told.id,
    opened: from,
    due: days ? endOfDays(from, 3) : plus(from, 24 * hour),
  });
  if (isCaseType(topic.intake)) told.planted.push({ ...owed(handled, topic.intake === 'criminal'), gone: at });
  const duty: Planted = { ...owed(at, complex || topic.intake === 'criminal' || feedback === 'criminal'), since: at };
  if (opensCase) {
    const opened = caseOfAlarm(told.city, told.unit, {
      alarm: told.id,
      handledAt: at,
      criminal: topic.category === 'criminal',
      cause: topic.cause,
      key: told.key,
      serial: told.serial,
    });
    told.happenings.push(...opened.story.happenings);
    told.planted.push(...opened.story.planted, {
      ...duty,
      ...(opened.answeredAt ? { met: opened.answeredAt, known: opened.linkedAt } : {}),
    });
    return { happenings: opened.story.happenings, at: opened.at };
  }
  const how = downgraded ? 'never' : chance.weighted({ soon: 890, at: 28, over: 28, late: 30, never: 24 });
  if (how === 'never') {
    told.planted.push(duty);
    return null;
  }
  const due = duty.due ?? at;
  const reasonAt =
    how === 'soon'
      ? plus(at, chance.int(2, 600) * minute)
      : how === 'at'
        ? due
        : how === 'over'
          ? plus(due, second)
          : plus(due, chance.int(60, 1800) * minute);
  const reason = ['mediated', 'on_spot_penalty', 'no_facts', 'withdrawn'].includes(disposition)
    ? disposition
    : 'no_facts';
  tell(
    told,
    'state_no_case',
    reasonAt,
    { noCaseReason: reason },
    by(told.city.withRole('unit-legal-officer', told.unit)),
  );
  told.planted.push({ ...duty, met: reasonAt });
  return null;
}
