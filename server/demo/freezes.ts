import type { City } from './city.ts';
import { freezeAccount } from './freeze-terms.ts';
import { doneAt, type Matter, owe, oweAtOnce, tellMatter, turnOf } from './matters.ts';
import { inventName } from './people.ts';
import type { Story } from './story.ts';
import { dayOf, dayText, hour, minute, plus, second } from './time.ts';

/** The first frauds take one of each, those that take long first; then one in seventy-nine of each. */
export const rareFreezes = [
  'pro_rata',
  'pro_rata_early',
  'pro_rata_objection',
  'renew_over',
  'again_over',
  'refund_county',
  'thrice',
  'before_filing',
  'level_station',
  'double',
  'deduct_none',
  'deduct_judgment',
  'term_over',
  'renewal_level',
  'unrelated_over',
  'unrelated_never',
  'tell_over',
  'pay_over',
  'stop_over',
  'third_unshown',
  'amount_over',
  'renew_at',
  'again_at',
  'pay_at',
  'tell_at',
  'unrelated_at',
  'stop_at',
  'term_at',
  'amount_at',
  'amount_needed',
  'renew_never',
  'again_never',
  'refund_no_table',
  'stop_never',
  'twice',
  'twice_at',
  'let_go',
  'approved_after',
  'approved_same',
  'shares',
  'shares_county',
  'listed',
  'queued',
  'major',
  'major_county',
  'same_account',
  'renewal_long',
  'tell_never',
  'disputed',
  'pay_never',
  'pay_fee',
  'pay_other',
  'pay_closed',
  'owner_shown',
] as const;
export type FreezeTurn = (typeof rareFreezes)[number] | 'well';

/** An account of a fraud, being told. */
export interface Account extends Matter {
  turn: FreezeTurn;
  serial: number;
  reportedAt: Date;
  filedAt: Date | null;
  transferredAt: Date | null;
  /** The case as told: what was seized in it stands there. */
  story: Story;
  stops: Date[];
  /** Its number, and how often payments from it were stopped before. */
  account: string;
  stoppedBefore: number;
}

/** Looks through the stories of the cases, day after day, and stops the money of every fraud. */
export function freezeTeller(city: City): (cases: readonly Story[]) => Story[] {
  let serial = 0;
  let twice: { account: string; until: Date } | null = null;
  return (cases) =>
    cases.flatMap((story) => {
      const account = accountOf(city, story);
      if (!account) return [];
      // what needs a case that is filed soon waits for one
      const isFiled = account.filedAt !== null && account.filedAt < plus(account.reportedAt, 40 * hour);
      if (isFiled) {
        account.serial = serial;
        account.turn = rareFreezes[serial] ?? turnOf<FreezeTurn>(rareFreezes, 'well', 79, serial);
        serial += 1;
        // taken up again when both its stops lie behind it, else this one is like any other
        if (account.turn === 'same_account' && twice && twice.until < account.reportedAt) {
          account.account = twice.account;
          account.stoppedBefore = 2;
        }
        // each is taken up again once: then its stops are no longer two
        if (account.turn === 'twice') twice = { account: account.account, until: plus(account.reportedAt, 72 * hour) };
        else if (account.stoppedBefore > 0) twice = null;
      }
      tellAccount(account, isFiled);
      return [account];
    });
}

function accountOf(city: City, story: Story): Account | null {
  const steps = story.happenings.map(({ step }) => step).filter((step) => step.type === 'case');
  const report = steps.find((step) => step.verb === 'report');
  const facts = report?.facts;
  if (!report?.subject || facts?.kind !== 'criminal' || facts.cause !== '诈骗') return null;
  const unit = city.units.find((one) => one.id === facts.unit);
  const officer = city.people.find((one) => one.id === facts.lead);
  if (!unit || !officer) return null;
  const at = (...verbs: string[]) => steps.find((step) => verbs.includes(step.verb))?.occurredAt ?? null;
  const chance = city.chance(`freeze/${report.subject}`);
  return {
    city,
    chance,
    type: 'freeze',
    id: chance.id(report.occurredAt, 'freeze'),
    unit,
    handler: officer,
    happenings: [],
    planted: [],
    turn: 'well',
    serial: -1,
    reportedAt: report.occurredAt,
    filedAt: at('file'),
    transferredAt: at('transfer', 'merge'),
    story,
    stops: [],
    account: `62${String(chance.at('account').int(0, 999_999_999)).padStart(9, '0')}${String(chance.at('tail').int(0, 99_999_999)).padStart(8, '0')}`,
    stoppedBefore: 0,
  };
}

const banks = ['工商银行', '农业银行', '建设银行', '中国银行', '澜川农商银行', '第三方支付机构'] as const;

function tellAccount(told: Account, isFiled: boolean): void {
  const { chance, turn, reportedAt } = told;
  const openedAt = plus(reportedAt, 6 * minute);
  const enterprise = turn.startsWith('amount_') || turn === 'owner_shown' || turn === 'third_unshown';
  tellMatter(told, 'open', openedAt, {
    number: `ZF-${told.unit.code.slice(0, 6)}-${dayText(dayOf(openedAt)).replaceAll('-', '')}-${told.id.slice(-6)}`,
    unit: told.unit.id,
    case: told.story.happenings.find(({ step }) => step.type === 'case')?.step.subject,
    officer: told.handler.id,
    kind: turn === 'shares' || turn === 'shares_county' ? 'shares' : turn === 'listed' ? 'listed_shares' : 'funds',
    bank: chance.at('bank').pick(banks),
    account: told.account,
    holder: inventName(chance.at('holder'), 'male'),
    holderIs:
      turn === 'third_unshown' ? 'third' : turn === 'owner_shown' ? 'owner' : enterprise ? 'company' : 'suspect',
    ...(enterprise ? { enterprise: true } : {}),
    ...(turn.startsWith('major') ? { majorComplex: true } : {}),
  });
  const frozenAt = stop(told, plus(reportedAt, chance.at('stop').int(10, 20) * minute), isFiled);
  if (frozenAt) freezeAccount(told, frozenAt);
}

/** FRZ-01, FRZ-02: stopped for 48 hours, twice at most, and frozen after the filing. Returns when it was frozen. */
function stop(told: Account, firstAt: Date, isFiled: boolean): Date | null {
  const { chance, turn, filedAt } = told;
  const end = plus(firstAt, 48 * hour);
  const further =
    turn === 'twice'
      ? [plus(firstAt, 40 * hour)]
      : turn === 'twice_at'
        ? [end]
        : turn === 'thrice'
          ? [plus(firstAt, 40 * hour), plus(firstAt, 80 * hour)]
          : [];
  told.stops = [firstAt, ...further];
  const lastAt = told.stops.at(-1) ?? firstAt;
  const soon = filedAt ? plus(filedAt > firstAt ? filedAt : firstAt, chance.at('soon').int(20, 200) * minute) : null;
  const letsGo =
    turn === 'let_go' || (!isFiled && (!soon || soon > end)) || (turn === 'well' && chance.at('let go').yes(0.25));
  const reason = turn === 'let_go' || !filedAt ? 'no_facts' : 'other';
  const endedAt = letsGo ? plus(firstAt, chance.at('ended').int(20, 46) * hour) : null;
  const frozenAt =
    turn === 'stop_at' || turn === 'twice_at'
      ? plus(lastAt, 48 * hour)
      : turn === 'stop_over'
        ? plus(end, second)
        : turn === 'stop_never'
          ? null
          : turn === 'before_filing'
            ? plus(firstAt, 5 * minute)
            : further.length > 0
              ? plus(lastAt, 20 * hour)
              : letsGo
                ? null
                : soon;
  for (const [i, at] of told.stops.entries()) stopOnce(told, at, i, endedAt, frozenAt);
  if (endedAt) tellMatter(told, 'end_stop', endedAt, { reason }, partOf(told, 0));
  if (turn === 'stop_never') tellMatter(told, 'note_move', plus(end, hour));
  fileInTime(told, frozenAt, endedAt && reason === 'no_facts' ? endedAt : null);
  return frozenAt;
}

const partOf = (told: Account, i: number): string => told.chance.id(told.stops[i] ?? told.reportedAt, `stop ${i}`);

function stopOnce(told: Account, at: Date, i: number, endedAt: Date | null, frozenAt: Date | null): void {
  const part = partOf(told, i);
  tellMatter(told, 'stop', at, { amount: told.chance.at('stopped').int(20, 900) * 100 }, part);
  const followed = told.stops[i + 1] ?? endedAt ?? frozenAt;
  owe(told, 'FRZ-01a', at, {
    occurrence: part,
    due: plus(at, 48 * hour),
    feed: bank(told),
    ...(followed ? { met: followed } : {}),
  });
  oweAtOnce(told, 'FRZ-01b', at, told.stoppedBefore + i < 2, part);
}

export const bank = (told: Account): { name: string; unit: number } => ({ name: 'bank', unit: told.unit.id });

/** FRZ-02: 48 hours from the last stop; a freeze before the filing does not count; without facts it is let go. */
function fileInTime(told: Account, frozenAt: Date | null, excused: Date | null): void {
  const { filedAt, transferredAt } = told;
  const opened = told.stops[0] ?? told.reportedAt;
  const frozen = frozenAt && filedAt && filedAt <= frozenAt ? frozenAt : null;
  const at = frozen && transferredAt ? (frozen < transferredAt ? frozen : transferredAt) : (frozen ?? transferredAt);
  told.stops.forEach((stoppedAt, i) => {
    const next = told.stops[i + 1];
    owe(told, 'FRZ-02', opened, {
      due: plus(stoppedAt, 48 * hour),
      feed: bank(told),
      ...(i > 0 ? { since: stoppedAt } : {}),
      ...(next ? { gone: next } : {}),
      ...(!next && at ? { met: at } : {}),
      ...(!next && excused ? { excused } : {}),
    });
  });
}

/** The manner that the turn gives to one duty. */
export const doneInTurn = (told: Account, duty: string, due: Date, soon: Date): Date | null => {
  const how = told.turn.startsWith(`${duty}_`) ? told.turn.slice(duty.length + 1) : 'well';
  return doneAt(how === 'at' || how === 'over' || how === 'never' ? how : 'well', due, soon);
};
