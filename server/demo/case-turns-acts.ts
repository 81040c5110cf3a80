import { type Act, tellAct } from './case-acts.ts';
import { opened, type Place } from './case-opened.ts';
import type { CaseTelling } from './case-telling.ts';
import { decided } from './case-turns-decisions.ts';
import { hour, plus } from './time.ts';

/** A case with these acts, hours apart. */
function acting(...acts: Act[]): (place: Place) => CaseTelling {
  return (place) => {
    const one = opened(place, '寻衅滋事');
    for (const [i, act] of acts.entries()) tellAct(one.told, plus(one.filedAt, (3 + i * 5) * hour), act);
    return decided(one, 10, {});
  };
}

const recorded = true;
const onSpot = true;
const remote = true;

/** Where the law wants every minute recorded (BWC-08), and acts by auxiliaries alone (CAS-26a). */
export const actTurns = [
  acting(
    { kind: 'inspection', by: 'two', onSpot, recorded, rule: 'BWC-08c' },
    { kind: 'seizure', by: 'two', onSpot, recorded, rule: 'BWC-08d' },
  ),
  acting({ kind: 'inspection', by: 'two', onSpot, rule: 'BWC-08c' }),
  acting({ kind: 'seizure', by: 'two', onSpot, rule: 'BWC-08d' }),
  acting(
    { kind: 'questioning', by: 'two', remote, recorded, rule: 'BWC-08e' },
    { kind: 'service', by: 'with_auxiliary', recorded, rule: 'BWC-08f' },
  ),
  acting({ kind: 'questioning', by: 'two', remote, rule: 'BWC-08e' }),
  acting({ kind: 'reception', by: 'with_auxiliary', rule: 'BWC-08f' }, { kind: 'service', by: 'two' }),
  acting({ kind: 'questioning', by: 'auxiliary', inArea: true }),
  acting({ kind: 'service', by: 'auxiliary' }),
  acting(
    { kind: 'questioning', by: 'one', inArea: true, recorded, rule: 'BWC-08b' },
    { kind: 'mediation', by: 'with_auxiliary', inArea: true, rule: 'BWC-08b' },
  ),
];
