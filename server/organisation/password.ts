import { hash, verify } from '@node-rs/argon2';
import { Problem } from '../kernel/errors.ts';

/** argon2id: memory in KiB, passes over it. */
export interface PasswordCost {
  memory: number;
  passes: number;
}

/** trust.md §3.3: 64 MiB and three passes, some 90 ms. */
export const fullCost: PasswordCost = { memory: 64 * 1024, passes: 3 };
/** For tests: the same code in a millisecond. */
export const cheapCost: PasswordCost = { memory: 64, passes: 1 };

/** Two at a time: the memory of a hash must not become a lever to exhaust the machine. */
const most = 2;
/** Who comes when so many wait is sent away at once: some two seconds of waiting, and no crowd at the door delays anybody longer. */
const mostWaiting = 40;
let running = 0;
const waiting: (() => void)[] = [];

const crowded = (): Problem =>
  new Problem(
    503,
    'session.crowded',
    { zh: '登录的人过多，请稍后再试', en: 'Too many sign-ins at once: try again shortly' },
    { extra: { retryAfter: 2 } },
  );

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= most && waiting.length >= mostWaiting) throw crowded();
  if (running >= most) await new Promise<void>((go) => waiting.push(go));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

const halves = 'halves ';

/** What a code of two halves is kept as: the hash of each, told to two people who know nothing of the other's. */
export const joinHalves = (first: string, second: string): string => `${halves}${first} ${second}`;

export function hashPassword(password: string, cost: PasswordCost = fullCost): Promise<string> {
  const options = { memoryCost: cost.memory, timeCost: cost.passes, parallelism: 1 };
  return inTurn(() => hash(password.normalize('NFC'), options));
}

const nobodys = new Map<number, Promise<string>>();

/**
 * Compares with a stored hash; for nobody (null) with a hash that no password fits, so that an unknown login takes
 * as long as a known one.
 */
export async function isPassword(
  password: string,
  stored: string | null,
  cost: PasswordCost = fullCost,
): Promise<boolean> {
  let against = stored;
  if (against === null) {
    const known = nobodys.get(cost.memory) ?? hashPassword(`${Math.random()}`, cost);
    nobodys.set(cost.memory, known);
    against = await known;
  }
  if (against.startsWith(halves)) {
    const [, first = '', second = ''] = against.split(' ');
    const middle = (password.length - 1) / 2;
    const isFirst = await isPassword(password.slice(0, middle), first, cost);
    const isSecond = await isPassword(password.slice(middle + 1), second, cost);
    return isFirst && isSecond;
  }
  const isRight = await inTurn(() => verify(against, password.normalize('NFC')));
  return isRight && stored !== null;
}
