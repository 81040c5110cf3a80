import { isCaseType, type Telling, tell } from './alarm-telling.ts';
import { by, type Happening, type Planted } from './story.ts';
import { dayOf, hour, minute, plus, second } from './time.ts';

/** The case that an alarm led to: what was recorded on it and when it was linked. */
export interface Linked {
  happenings: readonly Happening[];
  at: Date;
}

export interface Ended {
  handledAt: Date;
  disposedAt: Date;
  feedback: string;
  disposition: string;
  linked: Linked | null;
}

/** What is owed after the scene: registration (ALM-06), review of a lesser category (ALM-10), violence at home (ALM-11). */
export function followUp(told: Telling, ended: Ended): void {
  register(told, ended);
  reviewDowngrade(told, ended);
  if (told.topic.title === '家庭暴力') protect(told, ended);
}

/** The first instant of these steps on the case, and when the alarm shows it. */
function onCase(linked: Linked | null, verbs: readonly string[]): Pick<Planted, 'met' | 'known'> {
  const times = (linked?.happenings ?? [])
    .filter(({ step }) => step.type === 'case' && verbs.includes(step.verb))
    .map(({ step, at }) => ({ at: step.occurredAt, recorded: at }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const [first] = times;
  if (!linked || !first) return {};
  return { met: first.at, known: first.recorded > linked.at ? first.recorded : linked.at };
}

type Manner = 'soon' | 'at' | 'over' | 'late' | 'never';

/** When a duty of a day is done that began at `from`. */
function within(
  told: Telling,
  key: string,
  from: Date,
  manners: Readonly<Record<Manner, number>> | Manner,
): Date | null {
  const chance = told.chance.at(key);
  const how = typeof manners === 'string' ? manners : chance.weighted(manners);
  const due = plus(from, 24 * hour);
  if (how === 'never') return null;
  if (how === 'soon') return plus(from, chance.int(5, 900) * minute);
  return how === 'at' ? due : how === 'over' ? plus(due, second) : plus(due, chance.int(30, 1500) * minute);
}

function register(told: Telling, { handledAt, disposedAt, feedback, disposition, linked }: Ended): void {
  const { topic } = told;
  const early = isCaseType(topic.intake);
  if (topic.priority !== 'urgent' || topic.channel === 'walk_in' || !(early || isCaseType(feedback))) return;
  const duty: Planted = { rule: 'ALM-06', subject: told.id, opened: handledAt, due: plus(handledAt, 24 * hour) };
  const since = early ? {} : { since: disposedAt };
  if (linked) {
    told.planted.push({ ...duty, ...since, ...onCase(linked, ['report']) });
    return;
  }
  const at = within(told, 'register', handledAt, { soon: 900, at: 25, over: 25, late: 30, never: 20 });
  if (at) tell(told, 'register_report', at, {}, by(told.city.withRole('unit-legal-officer', told.unit)));
  const met = at ? { met: at } : {};
  // Who withdraws his call leaves nothing to register.
  if (disposition !== 'withdrawn') told.planted.push({ ...duty, ...since, ...met });
  else if (early) told.planted.push({ ...duty, ...met, gone: disposedAt });
}

/** Before the last feedback sheet and the result are in; a day after the result while a sheet is still out. */
function reviewDowngrade(told: Telling, { disposedAt, feedback }: Ended): void {
  if (!isCaseType(told.topic.intake) || !['dispute', 'aid', 'other'].includes(feedback)) return;
  const chance = told.chance.at('downgrade');
  const of = (verb: string) => told.happenings.filter(({ step }) => step.type === 'alarm' && step.verb === verb);
  const sheets = of('feed_back').map(({ step }) => step.occurredAt);
  const isOut = sheets.length < of('dispatch').length;
  const last = sheets.reduce((a, b) => (b > a ? b : a), disposedAt);
  const limit = plus(disposedAt, 24 * hour);
  const due = isOut ? limit : last;
  const how = chance.weighted({ before: 40, at: 18, over: 18, never: 24 });
  const reviewedAt =
    how === 'at' ? due : how === 'over' ? plus(due, second) : plus(disposedAt, due > disposedAt ? minute : -minute);
  if (how !== 'never')
    tell(told, 'review_downgrade', reviewedAt, {}, by(told.city.withRole('unit-legal-officer', told.unit)));
  const duty: Planted = {
    rule: 'ALM-10',
    subject: told.id,
    opened: disposedAt,
    due,
    ...(how === 'never' ? {} : { met: reviewedAt }),
  };
  if (isOut || last <= disposedAt) told.planted.push(duty);
  else told.planted.push({ ...duty, due: limit, gone: last }, { ...duty, since: last });
}

const protections: readonly Manner[] = ['soon', 'at', 'over', 'late', 'at', 'over', 'never'];

/** ALM-11: an admonition, a reason for none or a case; and the injury of the victim, each in a day. */
function protect(told: Telling, { handledAt, linked }: Ended): void {
  const lead = by(told.city.crews(told.unit.id)[0]?.lead ?? told.city.withRole('unit-legal-officer', told.unit));
  const duty = { subject: told.id, opened: handledAt, due: plus(handledAt, 24 * hour) };
  // Violence at home is rare: its manners come by turn too.
  const turn = Math.floor((dayOf(told.receivedAt) + told.unit.id) / 4);
  const manner = (n: number): Manner => protections[(turn + n) % protections.length] ?? 'soon';
  const opened = onCase(linked, ['accept', 'file']);
  const at = opened.met ? null : within(told, 'admonition', handledAt, manner(0));
  if (at && told.chance.at('reason').yes(0.3))
    tell(told, 'state_no_admonition', at, { noAdmonitionReason: 'educated' }, lead);
  else if (at) tell(told, 'issue_admonition', at, { admonitionNumber: `家暴告诫〔2026〕${told.serial}号` }, lead);
  told.planted.push({ rule: 'ALM-11a', ...duty, ...(at ? { met: at } : opened) });
  const injuryAt = within(told, 'injury', handledAt, manner(3));
  if (injuryAt)
    tell(
      told,
      'record_injury',
      injuryAt,
      { victimInjury: told.chance.at('injury of').pick(['none', 'minor', 'treated']) },
      lead,
    );
  told.planted.push({ rule: 'ALM-11b', ...duty, ...(injuryAt ? { met: injuryAt } : {}) });
}
