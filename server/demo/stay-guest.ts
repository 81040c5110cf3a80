import { checkDigit } from '../organisation/identity.ts';
import type { Chance } from './chance.ts';
import { inventName } from './people.ts';
import type { AgeClass, Guest, Role, Wish } from './stay-telling.ts';
import { type Day, dayText } from './time.ts';

const bases: Readonly<Record<'offender' | 'suspect', Readonly<Record<string, number>>>> = {
  offender: { oral_summons: 38, admin_summons: 34, brought_in: 22, coerced_summons: 3, continued_questioning: 3 },
  suspect: { criminal_summons: 36, brought_in: 34, detained_summons: 14, oral_summons: 10, voluntary: 6 },
};

/** Who comes: 31 women and 9 minors among 210 (domain.md §5.3), a few of them drunk. */
export function drawGuest(chance: Chance, criminal: boolean, day: Day, wish: Wish): Guest {
  const role: Role =
    wish.role ??
    chance.weighted<Role>({
      suspect: criminal ? 80 : 0,
      offender: criminal ? 0 : 80,
      victim: 10,
      witness: 10,
    });
  const basis = wish.basis ?? (role === 'offender' || role === 'suspect' ? chance.weighted(bases[role]) : 'asked');
  const gender = wish.gender ?? (chance.yes(31 / 210) ? 'female' : 'male');
  const ageClass: AgeClass =
    wish.ageClass ?? chance.weighted({ adult: 9480, under18: 300, under16: 80, under14: 40, over70: 100 });
  return {
    role,
    basis,
    gender,
    ageClass,
    name: wish.name ?? inventName(chance, gender),
    identity: wish.identity ?? identityOf(chance, gender, ageClass, day),
    pregnant: wish.pregnant ?? false,
    drunk:
      wish.drunk ?? ((basis === 'brought_in' || basis === 'oral_summons') && ageClass === 'adult' && chance.yes(0.06)),
  };
}

const ages: Readonly<Record<AgeClass, [number, number]>> = {
  under14: [12, 13],
  under16: [14, 15],
  under18: [16, 17],
  adult: [19, 66],
  over70: [71, 80],
};

/** An identity number that nobody has: 9901 is assigned to no place; the check digit is right. */
function identityOf(chance: Chance, gender: Guest['gender'], age: AgeClass, day: Day): string {
  const [low, high] = ages[age];
  const birth = dayText(day - Math.round(365.25 * chance.int(low, high)) - chance.int(20, 340)).replaceAll('-', '');
  const serial =
    String(chance.int(0, 99)).padStart(2, '0') + String(chance.int(0, 4) * 2 + (gender === 'male' ? 1 : 0));
  const body = `9901${String(chance.int(1, 99)).padStart(2, '0')}${birth}${serial}`;
  return body + checkDigit(body);
}
