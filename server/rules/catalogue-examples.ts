import { limitOf } from '../kernel/calendar.ts';

/** What an example promises of one occurrence; `late` in milliseconds beyond the due time. */
export interface Expected {
  verdict: 'pending' | 'met' | 'late' | 'overdue' | 'excused' | 'unknown' | 'broken';
  late?: number;
}

const verdicts: readonly string[] = ['pending', 'met', 'late', 'overdue', 'excused', 'unknown', 'broken'];
const seconds = /^(\d+)s$/;

/** `gives` of an example, one for each occurrence; [] for nothing, null when it cannot be read. */
export function expected(gives: unknown): Expected[] | null {
  if (gives === 'nothing') return [];
  const all = (Array.isArray(gives) ? gives : [gives]).map(one);
  return all.some((each) => each === null) ? null : (all as Expected[]);
}

function one(gives: unknown): Expected | null {
  if (typeof gives === 'string') return verdicts.includes(gives) ? { verdict: gives as Expected['verdict'] } : null;
  if (typeof gives !== 'object' || gives === null || !('late' in gives) || typeof gives.late !== 'string') return null;
  const late = duration(gives.late);
  return late === null ? null : { verdict: 'late', late };
}

/** 30s, 9m, 2h, 3d of elapsed time. */
function duration(text: string): number | null {
  const plain = seconds.exec(text);
  if (plain) return Number(plain[1]) * 1000;
  try {
    const { n, unit } = limitOf(text);
    const length = { m: 60_000, h: 3_600_000, d: 86_400_000, wd: null, mo: null }[unit];
    return length === null ? null : n * length;
  } catch {
    return null;
  }
}
