import type { Chance } from './chance.ts';
import type { City } from './city.ts';
import { decideLicence } from './licence-deciding.ts';
import {
  atDesk,
  doneAt,
  type Manner,
  type Matter,
  met,
  officeHour,
  owe,
  oweAtOnce,
  serialsOn,
  stationBy,
  stationPolice,
  tellMatter,
  turnOf,
} from './matters.ts';
import { type DemoPerson, inventName } from './people.ts';
import type { Story } from './story.ts';
import { type Day, dayText, endOfWorkingDays, hour, minute, plus, yearOf } from './time.ts';
import type { DemoUnit } from './units.ts';

/** About sixty applications a month of 120 people. */
const aMonth = 60;

/** The first applications take one of each, those that take long first; then one in a hundred and fifty-one of each. */
export const rareLicences = [
  'decide_at',
  'decide_over',
  'decide_never',
  'extended',
  'extended_untold',
  'expert',
  'expert_untold',
  'joint',
  'joint_extended',
  'deemed',
  'renewal',
  'renewal_at',
  'renewal_over',
  'renewal_never',
  'lower_well',
  'lower_at',
  'lower_over',
  'lower_never',
  'accept_at',
  'accept_over',
  'accept_never',
  'told_once',
  'told_twice',
  'refused_slip',
  'unsealed',
  'no_slip',
  'refusal',
  'refusal_silent',
  'issue_at',
  'issue_over',
  'issue_never',
  'one_person',
  'supervises',
  'one_checker',
  'push_at',
  'push_over',
  'push_never',
  'renewal_late',
] as const;
export type LicenceTurn = (typeof rareLicences)[number] | 'well';

/** An application being told. */
export interface Licence extends Matter {
  turn: LicenceTurn;
  kind: string;
  receivedAt: Date;
  approver: DemoPerson;
  supervisors: DemoPerson[];
  /** Whoever else may check on site. */
  others: DemoPerson[];
}

/** The manner that the turn gives to one duty. */
export const mannerOf = (turn: LicenceTurn, duty: string): Manner =>
  turn.startsWith(`${duty}_`) ? (turn.slice(duty.length + 1) as Manner) : 'well';

/** The applications that come in on a day. */
export const licencesOf = (city: City, day: Day): Story[] =>
  serialsOn(city, day, aMonth).map((n) => licence(city, n, day));

function licence(city: City, serial: number, day: Day): Story {
  const chance = city.chance(`licence/${serial}`);
  const receivedAt = officeHour(chance.at('received'), day);
  const unit = stationBy(city, chance.at('unit'));
  const [acceptor, approver, ...rest] = colleagues(city, unit, chance.at('people'));
  if (!acceptor || !approver) throw new Error('a bureau has two officers at least');
  const turn = rareLicences[serial] ?? turnOf<LicenceTurn>(rareLicences, 'well', 151, serial);
  const told: Licence = {
    city,
    chance,
    type: 'licence',
    id: chance.id(receivedAt, 'licence'),
    unit,
    handler: acceptor,
    happenings: [],
    planted: [],
    turn,
    kind: turn.startsWith('joint') ? 'event' : chance.at('kind').pick(kinds),
    receivedAt,
    approver,
    supervisors: rest.slice(0, 1),
    others: rest.slice(1),
  };
  apply(told, serial);
  const acceptedAt = accept(told);
  if (acceptedAt) decideLicence(told, acceptedAt);
  return told;
}

const kinds = ['hotel', 'seals', 'guards', 'event', 'explosives', 'fireworks', 'chemicals', 'other'] as const;

/** Officers of the bureau in an order of their own, those of the station first. */
function colleagues(city: City, unit: DemoUnit, chance: Chance): DemoPerson[] {
  return stationPolice(city, unit)
    .map((person) => ({ person, order: chance.next() + (person.unit === unit.id ? 0 : 1) }))
    .sort((a, b) => a.order - b.order)
    .map(({ person }) => person);
}

/** The application, a renewal sixty days before the old certificate ends; LIC-03b stands with the decision. */
function apply(told: Licence, serial: number): void {
  const { chance, receivedAt, turn } = told;
  tellMatter(told, 'receive', receivedAt, {
    number: `${told.unit.code.slice(0, 6)}-许-${dayText(Math.floor(receivedAt.getTime() / 86_400_000)).replaceAll('-', '')}-${serial + 1}`,
    kind: told.kind,
    unit: told.unit.id,
    acceptor: told.handler.id,
    applicant: chance.at('who').yes(0.7)
      ? `澜川${chance.at('firm').pick(['望河', '云埠', '柳浦', '稻溪'])}${chance.at('trade').pick(['宾馆', '保安服务', '刻章', '物流', '文化传播'])}有限公司`
      : inventName(chance.at('name'), 'male'),
    ...(turn.startsWith('joint') ? { joint: true } : {}),
    ...(turn.startsWith('renewal')
      ? { renews: `旧证${yearOf(receivedAt) - 3}-${serial}`, oldEndsAt: oldEnd(told).toISOString() }
      : {}),
  });
}

/** Renewals end forty days after the application; asked for too late they owe nothing. */
export const oldEnd = ({ receivedAt, turn }: Licence): Date =>
  plus(receivedAt, (turn === 'renewal_late' ? 20 : 40) * 24 * hour);

/** LIC-01: five working days to accept, refuse or say once what is missing. Returns when the term of the decision began. */
function accept(told: Licence): Date | null {
  const { receivedAt, turn, chance } = told;
  const due = endOfWorkingDays(receivedAt, 5);
  if (turn === 'told_once' || turn === 'told_twice') return supplement(told, due);
  if (turn === 'deemed') {
    // nobody answered: it counts as accepted on the day it came
    owe(told, 'LIC-01a', receivedAt, { due, met: plus(due, 30 * hour) });
    slip(told, plus(due, 30 * hour));
    return receivedAt;
  }
  const at = doneAt(mannerOf(turn, 'accept'), due, atDesk(plus(receivedAt, chance.at('accept').int(5, 3000) * minute)));
  owe(told, 'LIC-01a', receivedAt, { due, ...met(at) });
  if (!at) return null;
  slip(told, at);
  return turn === 'refused_slip' ? null : at;
}

/** LIC-01c: what is missing is told once. */
function supplement(told: Licence, due: Date): Date {
  const { chance, receivedAt, turn } = told;
  const times = turn === 'told_twice' ? 2 : 1;
  let at = atDesk(plus(receivedAt, 20 * hour));
  owe(told, 'LIC-01a', receivedAt, { due, met: at });
  for (let i = 0; i < times; i += 1) {
    const part = chance.id(at, `supplement ${i}`);
    tellMatter(told, 'ask_more', at, { wanted: i === 0 ? '安全管理制度' : '消防验收意见' }, part);
    oweAtOnce(told, 'LIC-01c', at, i === 0, part);
    tellMatter(told, 'complete', plus(at, 48 * hour), {}, part);
    at = plus(at, 72 * hour);
  }
  slip(told, at);
  return at;
}

/** LIC-01b: a slip with seal and date, whether accepted or not. */
function slip(told: Licence, at: Date): void {
  const { turn } = told;
  const refused = turn === 'refused_slip';
  const isRight = turn !== 'unsealed' && turn !== 'no_slip';
  tellMatter(told, refused ? 'refuse' : 'accept', at, {
    ...(turn === 'no_slip' ? {} : { slipNumber: `${told.unit.short}受许字〔${yearOf(at)}〕${told.id.slice(-4)}号` }),
    ...(isRight ? { slipSealed: true } : {}),
    ...(turn === 'deemed' ? { deemedAccepted: true } : {}),
  });
  oweAtOnce(told, 'LIC-01b', at, isRight);
}
