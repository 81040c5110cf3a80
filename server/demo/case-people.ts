import type { CaseTelling } from './case-telling.ts';
import { tellOf } from './case-telling.ts';
import { inventName } from './people.ts';
import { minute, plus } from './time.ts';

export type Age = 'under18' | 'adult' | 'over70';

/** Who takes part in a case: how old the suspect is, and the victims by the id of their part. */
export interface Cast {
  age: Age;
  victims: string[];
}

/** Offences against nobody in particular. */
const isWithoutVictim = (cause: string): boolean => /赌|嫖|淫|毒|危险物质|无证|证件|消防|旅馆|网吧/.test(cause);

/** Registers the victim (sometimes two) and, where one is known, the suspect. */
export function castOf(told: CaseTelling, cause: string, openedAt: Date, known: boolean, wished?: Age): Cast {
  const chance = told.chance.at('cast');
  const age = wished ?? chance.weighted({ under18: 7, adult: 88, over70: 5 });
  const victims: string[] = [];
  const count = isWithoutVictim(cause) ? 0 : chance.yes(0.06) ? 2 : 1;
  for (let i = 0; i < count; i += 1) {
    const at = plus(openedAt, (20 + i * 5) * minute);
    const part = chance.id(at, `victim ${i}`);
    victims.push(part);
    tellOf(told, 'add_person', at, { role: 'victim', name: inventName(chance, 'female'), ageClass: 'adult' }, part);
  }
  if (known) addSuspect(told, plus(openedAt, 40 * minute), age);
  return { age, victims };
}

export function addSuspect(told: CaseTelling, at: Date, age: Age): void {
  const chance = told.chance.at('suspect');
  tellOf(
    told,
    'add_person',
    at,
    { role: 'suspect', name: inventName(chance, 'male'), ageClass: age },
    chance.id(at, 'suspect'),
  );
}
