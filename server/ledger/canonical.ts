/**
 * Canonical JSON by RFC 8785: one text for one value, so that it can be hashed. Keys in order of UTF-16 code units,
 * no spaces, numbers and strings as ECMAScript prints them. Members that are undefined are left out, instants become
 * ISO texts. Throws TypeError for what JSON cannot hold (NaN, bigint, functions, maps, cycles) and for lone
 * surrogates; with `repair` those become U+FFFD, which is what the database stores of them.
 */
export function canonical(value: unknown, options: { repair?: boolean } = {}): string {
  const within = new Set<object>();

  function print(each: unknown): string {
    if (each === null || typeof each === 'boolean') return String(each);
    if (typeof each === 'number') return number(each);
    if (typeof each === 'string') return string(each);
    if (each instanceof Date) return string(each.toISOString());
    if (typeof each !== 'object') throw new TypeError(`not JSON: ${typeof each}`);
    if (within.has(each)) throw new TypeError('not JSON: a value that holds itself');
    within.add(each);
    const text = Array.isArray(each) ? `[${Array.from(each, print).join(',')}]` : members(each);
    within.delete(each);
    return text;
  }

  function members(each: object): string {
    const prototype: unknown = Object.getPrototypeOf(each);
    if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`not JSON: ${each.constructor.name}`);
    const known = Object.entries(each).filter(([, member]) => member !== undefined);
    known.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${known.map(([key, member]) => `${string(key)}:${print(member)}`).join(',')}}`;
  }

  function string(text: string): string {
    // the first test is the quick one; half of a pair is a surrogate to it as well
    const lone = /[\ud800-\udfff]/.test(text) && /\p{Surrogate}/u.test(text);
    if (lone && !options.repair) throw new TypeError('not JSON: a lone surrogate');
    return JSON.stringify(lone ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text);
  }

  return print(value);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`not JSON: ${value}`);
  return JSON.stringify(value);
}
