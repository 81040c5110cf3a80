/**
 * Canonical JSON by RFC 8785: one text for one value, so that it can be hashed. Keys in order of UTF-16 code units,
 * no spaces, numbers and strings as ECMAScript prints them. Members that are undefined are left out, instants become
 * ISO texts. Throws TypeError for what JSON cannot hold (NaN, bigint, functions, maps, cycles) and for lone
 * surrogates; with `repair` those become U+FFFD, which is what the database stores of them.
 */
export function canonical(value: unknown, options: { repair?: boolean } = {}): string {
  return print(value, new Set(), options.repair === true);
}

// every record of every step passes here: no closures, no lists of pairs

function print(each: unknown, within: Set<object>, repair: boolean): string {
  if (each === null || typeof each === 'boolean') return String(each);
  if (typeof each === 'number') return number(each);
  if (typeof each === 'string') return string(each, repair);
  if (each instanceof Date) return string(each.toISOString(), repair);
  if (typeof each !== 'object') throw new TypeError(`not JSON: ${typeof each}`);
  if (within.has(each)) throw new TypeError('not JSON: a value that holds itself');
  within.add(each);
  const text = Array.isArray(each) ? elements(each, within, repair) : members(each, within, repair);
  within.delete(each);
  return text;
}

const elements = (each: readonly unknown[], within: Set<object>, repair: boolean): string =>
  `[${Array.from(each, (element) => print(element, within, repair)).join(',')}]`;

function members(each: object, within: Set<object>, repair: boolean): string {
  const prototype: unknown = Object.getPrototypeOf(each);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`not JSON: ${each.constructor.name}`);
  let text = '';
  // without a comparison of one's own, texts are sorted by UTF-16 code units
  for (const key of Object.keys(each).sort()) {
    const member = (each as Record<string, unknown>)[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${string(key, repair)}:${print(member, within, repair)}`;
  }
  return `{${text}}`;
}

/** Printable ASCII without quote and backslash: most strings, and they stand for themselves. */
const plain = /^[ !#-[\]-~]*$/;

function string(text: string, repair: boolean): string {
  if (plain.test(text)) return `"${text}"`;
  // the first test is the quick one; half of a pair is a surrogate to it as well
  const lone = /[\ud800-\udfff]/.test(text) && /\p{Surrogate}/u.test(text);
  if (lone && !repair) throw new TypeError('not JSON: a lone surrogate');
  return JSON.stringify(lone ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`not JSON: ${value}`);
  return JSON.stringify(value);
}
