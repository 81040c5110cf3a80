import { type Act, tellAct } from './case-acts.ts';
import { demand, type How, owe, timely } from './case-duties.ts';
import { type Cash, takeCash } from './case-execution.ts';
import { answer, type Place, reported } from './case-opened.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { hour, minute, plus } from './time.ts';

interface Spot {
  fine?: number;
  by: Act['by'];
  recorded?: true;
  filed: How;
  /** On a train: the day after it he is back. */
  journey?: true;
  cash?: Cash;
}

/** A penalty on the spot: CAS-11a, b, with cash CAS-18, by one officer BWC-08a. */
function onSpot({ fine, by, recorded, filed, journey, cash }: Spot): (place: Place) => CaseTelling {
  return (place) => {
    const told = reported(place, 'public_order', '赌博');
    const at = plus(told.reportedAt, 15 * minute);
    answer(told, at);
    tellOf(told, 'penalise_on_spot', at, fine === undefined ? {} : { fine });
    demand(told, 'CAS-11a', at, fine === undefined || fine <= 500);
    tellAct(told, plus(told.reportedAt, minute), {
      kind: 'on_spot_penalty',
      by,
      ...(recorded ? { recorded } : {}),
      ...(by === 'two' ? {} : { rule: 'BWC-08a' }),
    });
    const back = journey ? plus(at, 26 * hour) : at;
    if (journey) {
      tellOf(told, 'return_from_journey', back);
      owe(told, 'CAS-11b', at, plus(at, 24 * hour), null, { gone: back });
    }
    const due = plus(back, 24 * hour);
    const filedAt = timely(filed, due, plus(back, 6 * hour), plus(due, 30 * hour));
    if (filedAt) tellOf(told, 'file_on_spot', filedAt);
    owe(told, 'CAS-11b', back, due, filedAt, journey ? { since: back } : {});
    if (cash) takeCash(told, plus(at, 2 * minute), fine ?? 0, cash);
    return told;
  };
}

export const spotTurns = [
  onSpot({
    fine: 200,
    by: 'one',
    recorded: true,
    filed: 'soon',
    cash: { ground: 'small', handIn: 'soon', bank: 'at' },
  }),
  onSpot({ fine: 500, by: 'two', filed: 'at' }),
  onSpot({ fine: 600, by: 'two', filed: 'over' }),
  onSpot({ fine: 300, by: 'one', filed: 'never', cash: { ground: 'small', handIn: 'at', bank: 'over' } }),
  onSpot({ by: 'with_auxiliary', recorded: true, filed: 'soon', journey: true }),
  onSpot({ fine: 400, by: 'two', filed: 'late', cash: { ground: 'no_abode', handIn: 'over', bank: 'late' } }),
  onSpot({ fine: 100, by: 'two', filed: 'soon', cash: { ground: 'remote', handIn: 'late', bank: 'never' } }),
  onSpot({ fine: 50, by: 'with_auxiliary', filed: 'soon', cash: { ground: 'small', handIn: 'never', bank: 'soon' } }),
];
