import { hash, verify } from '@node-rs/argon2';
import { badInput, type Problem } from '../kernel/errors.ts';

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
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
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
  const isRight = await inTurn(() => verify(against, password.normalize('NFC')));
  return isRight && stored !== null;
}

/** Words that everybody in a bureau tries first, and the usual lists. */
const blocked = [
  'mingjing',
  'jingcha',
  'gongan',
  'police',
  'fazhi',
  'paichusuo',
  'renmin',
  'password',
  'passw0rd',
  'mima',
  'qwerty',
  'asdfgh',
  '1qaz2wsx',
  'admin',
  'welcome',
  'iloveyou',
  'woaini',
  '123456',
  '654321',
  '111111',
  '000000',
  '888888',
  '666666',
  '112233',
  'abcdef',
  '明镜',
  '公安',
  '警察',
  '密码',
];

/** @throws Problem 422 `password.weak` that says why */
export function checkNewPassword(next: string, own: { login: string; number: string; name: string }): void {
  const weak = (zh: string, en: string): Problem => badInput('password.weak', { zh, en }, [{ path: 'next', zh, en }]);
  const length = [...next].length;
  if (length < 12) throw weak('密码至少 12 位', 'A password has at least 12 characters');
  if (length > 128) throw weak('密码至多 128 位', 'A password has at most 128 characters');
  if (new Set(next).size < 6) throw weak('密码中重复的字符过多', 'Too few different characters');
  const lower = next.toLowerCase();
  const personal = [own.login, own.number, own.name]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= 2);
  // a blocked word is harmless within a long sentence: it must not make up half of the password
  const word =
    blocked.find((one) => lower.includes(one) && one.length * 2 >= length) ??
    personal.find((one) => lower.includes(one));
  if (word) throw weak('密码不能使用姓名、警号、登录名或者常见词语', 'Not your name, number, login, or a common word');
  if (isSequence(lower)) throw weak('密码不能是连续的字符', 'Not a run of neighbouring characters');
}

/** 'abcdefghijkl', '987654321098': each character next to the one before, nearly throughout. */
function isSequence(text: string): boolean {
  let steps = 0;
  for (let i = 1; i < text.length; i += 1) {
    if (Math.abs(text.charCodeAt(i) - text.charCodeAt(i - 1)) <= 1) steps += 1;
  }
  return steps >= (text.length - 1) * 0.8;
}
