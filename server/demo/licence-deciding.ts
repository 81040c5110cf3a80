import { type Licence, mannerOf, oldEnd } from './licences.ts';
import { atDesk, doneAt, met, owe, oweAtOnce, tellMatter } from './matters.ts';
import { dayOf, endOfWorkingDays, hour, minute, plus } from './time.ts';

/** From the acceptance to the decision, the certificate and the supervising unit; `begunAt` is when the term began. */
export function decideLicence(told: Licence, begunAt: Date): void {
  const { chance, turn, receivedAt } = told;
  const acceptedAt = told.happenings.at(-1)?.at ?? begunAt;
  lower(told, acceptedAt);
  check(told, acceptedAt);
  const decidedAt = decision(told, begunAt, acceptedAt);
  if (turn.startsWith('renewal') && turn !== 'renewal_late')
    owe(told, 'LIC-03b', receivedAt, { due: oldEnd(told), ...met(decidedAt) });
  if (!decidedAt) return;
  const refuses = turn === 'refusal' || turn === 'refusal_silent';
  const separate = turn !== 'one_person' && turn !== 'supervises';
  const approver = turn === 'one_person' ? told.handler : told.approver;
  const supervisors = turn === 'supervises' ? [approver] : told.supervisors;
  tellMatter(
    told,
    'decide',
    decidedAt,
    {
      decision: refuses ? 'refused' : 'granted',
      approver: approver.id,
      inspectors: supervisors.map((person) => person.id),
      decisionNumber: `${told.unit.short}许决字〔${decidedAt.getUTCFullYear()}〕${told.id.slice(-4)}号`,
      ...(refuses ? { reasonsGiven: true, ...(turn === 'refusal' ? { remediesTold: true } : {}) } : {}),
    },
    undefined,
    approver,
  );
  oweAtOnce(told, 'LIC-04a', decidedAt, separate);
  if (refuses) {
    oweAtOnce(told, 'LIC-02b', decidedAt, turn === 'refusal');
    return;
  }
  const certificate = endOfWorkingDays(decidedAt, 10);
  const issuedAt = doneAt(
    mannerOf(turn, 'issue'),
    certificate,
    atDesk(plus(decidedAt, chance.at('issue').int(1, 120) * hour)),
  );
  if (issuedAt) tellMatter(told, 'issue', issuedAt, { certificateNumber: `澜许${told.id.slice(-6)}` });
  owe(told, 'LIC-03a', decidedAt, { due: certificate, ...met(issuedAt) });
  const next = endOfWorkingDays(decidedAt, 1);
  const pushedAt = doneAt(mannerOf(turn, 'push'), next, plus(decidedAt, 15 * minute));
  if (pushedAt) tellMatter(told, 'push', pushedAt);
  owe(told, 'LIC-04c', decidedAt, { due: next, ...met(pushedAt) });
}

/** LIC-02c: the lower level has twenty working days. */
function lower(told: Licence, acceptedAt: Date): void {
  const { turn } = told;
  if (!turn.startsWith('lower_')) return;
  const from = plus(acceptedAt, hour);
  const due = endOfWorkingDays(from, 20);
  tellMatter(told, 'lower_receive', from);
  const at = doneAt(mannerOf(turn, 'lower'), due, plus(from, 60 * hour));
  if (at) tellMatter(told, 'lower_send', at);
  owe(told, 'LIC-02c', from, { due, ...met(at) });
}

/** LIC-04b: two check on site, where it is checked at all. */
function check(told: Licence, acceptedAt: Date): void {
  const { chance, turn } = told;
  const one = turn === 'one_checker';
  if (!one && !chance.at('check').yes(0.4)) return;
  const at = atDesk(plus(acceptedAt, chance.at('check').int(3, 20) * hour));
  const pair = [told.handler, ...told.others, told.approver].slice(0, one ? 1 : 2);
  tellMatter(told, 'check', at, { checkOfficers: pair.map((person) => person.id) });
  oweAtOnce(told, 'LIC-04b', at, !one);
}

/** LIC-02a: twenty working days and ten more, forty-five and fifteen where several decide; what an expert takes does not count. */
function decision(told: Licence, begunAt: Date, acceptedAt: Date): Date | null {
  const { chance, turn } = told;
  const joint = turn === 'joint' || turn === 'joint_extended';
  const first = endOfWorkingDays(begunAt, joint ? 45 : 20);
  const soon = atDesk(plus(acceptedAt, chance.at('decide').int(50, 260) * hour));
  if (turn === 'extended' || turn === 'extended_untold' || turn === 'joint_extended')
    return extended(told, begunAt, first);
  if (turn === 'expert' || turn === 'expert_untold') return reviewed(told, begunAt, first);
  const renewal = mannerOf(turn, 'renewal');
  const at =
    turn === 'lower_at' || turn === 'lower_over' || turn === 'lower_never'
      ? plus(first, 30 * hour)
      : turn === 'deemed'
        ? plus(first, 2 * hour)
        : turn.startsWith('renewal_') && turn !== 'renewal_late'
          ? doneAt(renewal, oldEnd(told), soon)
          : doneAt(mannerOf(turn, 'decide'), first, joint ? plus(first, -40 * hour) : soon);
  // that it counts as accepted is known when somebody notices
  owe(told, 'LIC-02a', begunAt, { due: first, ...met(at), ...(turn === 'deemed' ? { since: acceptedAt } : {}) });
  return at;
}

function extended(told: Licence, begunAt: Date, first: Date): Date {
  const { chance, turn, city } = told;
  const joint = turn === 'joint_extended';
  const approvedAt = plus(first, -30 * hour);
  tellMatter(
    told,
    'extend',
    approvedAt,
    {
      level: 'county',
      days: joint ? 15 : 10,
      ...(joint ? { byGovernment: true } : {}),
      ...(turn === 'extended_untold' ? {} : { reasonToldAt: approvedAt.toISOString() }),
    },
    chance.id(approvedAt, 'extension'),
    city.withRole('bureau-leader', told.unit),
  );
  const at = plus(first, 50 * hour);
  if (turn === 'extended_untold') owe(told, 'LIC-02a', begunAt, { due: first, met: at });
  else {
    const due = endOfWorkingDays(begunAt, joint ? 60 : 30);
    owe(told, 'LIC-02a', begunAt, { due: first, gone: approvedAt });
    owe(told, 'LIC-02a', begunAt, { due, since: approvedAt, met: at });
  }
  return at;
}

/** Experts take twelve days: of the days after their first, those that are worked do not count, when told in writing. */
function reviewed(told: Licence, begunAt: Date, first: Date): Date {
  const { chance, turn } = told;
  const from = plus(begunAt, 72 * hour);
  const until = plus(from, 12 * 24 * hour);
  const part = chance.id(from, 'suspension');
  const isTold = turn === 'expert';
  tellMatter(told, 'suspend', from, { reason: 'expert', ...(isTold ? { toldInWriting: true } : {}) }, part);
  tellMatter(told, 'resume', until, {}, part);
  let worked = 0;
  while (endOfWorkingDays(from, worked + 1) <= until || dayOf(endOfWorkingDays(from, worked + 1)) <= dayOf(until))
    worked += 1;
  const at = plus(first, 40 * hour);
  if (!isTold) owe(told, 'LIC-02a', begunAt, { due: first, met: at });
  else {
    owe(told, 'LIC-02a', begunAt, { due: first, gone: from });
    owe(told, 'LIC-02a', begunAt, { since: from, gone: until });
    owe(told, 'LIC-02a', begunAt, { due: endOfWorkingDays(begunAt, 20 + worked), since: until, met: at });
  }
  return at;
}
