import { type How, owe, timely, usually } from './case-duties.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endOfDays, hour, minute, plus } from './time.ts';

/** An injury case: the appraisal is ordered within 24 hours (CAS-27a), its opinion comes (CAS-27b) and is served (CAS-19). */
export function appraiseInjury(told: CaseTelling, acceptedAt: Date, known: boolean): void {
  const chance = told.chance.at('injury');
  const due = plus(acceptedAt, 24 * hour);
  const how = chance.weighted({ ...usually, waived: 120 });
  if (how === 'waived') {
    const at = plus(acceptedAt, chance.int(1, 20) * hour);
    tellOf(told, 'waive_appraisal', at, { appraisalWaiver: chance.pick(['no_wound', 'refused', 'mediated']) });
    owe(told, 'CAS-27a', acceptedAt, due, null, { excused: at });
    return;
  }
  const late = plus(due, chance.int(60, 3000) * minute);
  const orderedAt = timely(how, due, plus(acceptedAt, chance.int(60, 1200) * minute), late);
  owe(told, 'CAS-27a', acceptedAt, due, orderedAt);
  if (!orderedAt) return;
  const condition = chance.weighted({ at_once: 55, later: 35, unstable: 10 });
  appraise(told, orderedAt, { kind: 'injury', condition }, chance.weighted(usually), chance.weighted(usually), {
    suspect: known,
    victim: true,
  });
}

export interface Served {
  suspect: boolean;
  victim: boolean;
}

/** Ordered, answered and served on those whom it concerns. */
export function appraise(
  told: CaseTelling,
  orderedAt: Date,
  facts: { kind: string; condition?: string },
  opinion: How,
  service: How,
  served: Served,
): void {
  const chance = told.chance.at(`appraisal ${facts.kind}`);
  const part = chance.id(orderedAt, 'appraisal');
  tellOf(told, 'order_appraisal', orderedAt, { ...facts, institution: '澜川市公安司法鉴定中心' }, part);
  const isQuick = facts.condition === 'at_once';
  const due = isQuick ? plus(orderedAt, 24 * hour) : endOfDays(orderedAt, 7);
  const soon = plus(orderedAt, chance.int(3, isQuick ? 20 : 150) * hour);
  const opinionAt = timely(opinion, due, soon, plus(due, chance.int(2, 60) * hour));
  if (facts.kind === 'injury' && facts.condition !== 'unstable')
    owe(told, 'CAS-27b', orderedAt, due, opinionAt, { occurrence: part });
  if (!opinionAt) return;
  tellOf(told, 'give_opinion', opinionAt, {}, part);
  const receivedAt = plus(opinionAt, chance.int(2, 60) * hour);
  tellOf(told, 'receive_opinion', receivedAt, {}, part);
  serveOpinion(told, part, receivedAt, service, served);
}

/** CAS-19: copies within five days; where there is a victim the last one is his. */
function serveOpinion(told: CaseTelling, part: string, receivedAt: Date, how: How, served: Served): void {
  const due = endOfDays(receivedAt, 5);
  const chance = told.chance.at(`opinion ${part}`);
  const at = timely(how, due, plus(receivedAt, chance.int(4, 100) * hour), plus(due, chance.int(5, 100) * hour));
  if (served.victim) {
    if (served.suspect) tellOf(told, 'serve_opinion_on_suspect', plus(receivedAt, 3 * hour), {}, part);
    if (at) tellOf(told, 'serve_opinion_on_victim', at, {}, part);
  } else if (at) tellOf(told, 'serve_opinion_on_suspect', at, {}, part);
  owe(told, 'CAS-19', receivedAt, due, at, { occurrence: part });
}
