import { DateTime } from 'luxon';

/** A local time 'yyyy-MM-dd HH:mm:ss.SSS', or the instant itself where the text has an offset. */
export type LocalTime = { local: string } | { at: Date };

/** Digits of a token and the field that they fill. */
const tokens: Readonly<Record<string, readonly [field: string, digits: string]>> = {
  yyyy: ['y', '\\d{4}'],
  M: ['M', '\\d{1,2}'],
  MM: ['M', '\\d{2}'],
  d: ['d', '\\d{1,2}'],
  dd: ['d', '\\d{2}'],
  H: ['H', '\\d{1,2}'],
  HH: ['H', '\\d{2}'],
  m: ['m', '\\d{1,2}'],
  mm: ['m', '\\d{2}'],
  s: ['s', '\\d{1,2}'],
  ss: ['s', '\\d{2}'],
  SSS: ['f', '\\d{3}'],
  u: ['f', '\\d{1,9}'],
};

const compiled = new Map<string, RegExp | null>();

/** Formats of digits alone as a pattern: Luxon takes a fifth of a millisecond for what most files hold in every row. */
function patternOf(format: string): RegExp | null {
  const known = compiled.get(format);
  if (known !== undefined) return known;
  const fields = new Set<string>();
  let [source, isPlain] = ['', true];
  for (const [part] of format.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']/g)) {
    const token = tokens[part];
    if (token) {
      isPlain &&= !fields.has(token[0]);
      fields.add(token[0]);
      source += `(?<${token[0]}>${token[1]})`;
    } else if (/^[A-Za-z]/.test(part)) isPlain = false;
    else source += part.replace(/^'|'$/g, '').replace(/[^\p{L}\p{N}\s]/gu, '\\$&');
  }
  const made = isPlain && ['y', 'M', 'd'].every((field) => fields.has(field)) ? new RegExp(`^${source}$`) : null;
  compiled.set(format, made);
  return made;
}

/** Reads a text by a format of Luxon; undefined where it is not of that format. Whether the day exists is not asked. */
export function readFormat(text: string, format: string): LocalTime | undefined {
  const pattern = patternOf(format);
  if (pattern) {
    const found = pattern.exec(text)?.groups;
    if (!found) return undefined;
    const two = (field: string) => (found[field] ?? '').padStart(2, '0');
    const fraction = (found['f'] ?? '').slice(0, 3).padEnd(3, '0');
    return { local: `${found['y']}-${two('M')}-${two('d')} ${two('H')}:${two('m')}:${two('s')}.${fraction}` };
  }
  // read as if it were UTC, so that every local time is one
  const parsed = DateTime.fromFormat(text, format, { zone: 'utc', setZone: true });
  if (!parsed.isValid) return undefined;
  if (/[zZ]/.test(format.replace(/'[^']*'/g, ''))) return { at: parsed.toJSDate() };
  return { local: parsed.toFormat('yyyy-MM-dd HH:mm:ss.SSS') };
}
