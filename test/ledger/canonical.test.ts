import canonicalize from 'canonicalize';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonical } from '../../server/ledger/canonical.ts';

describe('canonical JSON', () => {
  it('is that of RFC 8785, section 3.2.3', () => {
    const given = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonical(given)).equals(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders keys by UTF-16 units, as RFC 8785 does in section 3.2.3', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const given = Object.fromEntries(keys.map((key) => [key, 0]));
    const ordered = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(Object.keys(JSON.parse(canonical(given)))).members(keys);
    expect(
      [...canonical(given).matchAll(/"((?:\\.|[^"\\])+)":/gu)].map(([, key]) => JSON.parse(`"${key}"`)),
    ).deep.equals(ordered);
  });

  it('is the same for the same value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value);
        expect(text).equals(canonicalize(value));
        expect(JSON.parse(text)).deep.equals(JSON.parse(JSON.stringify(value)));
        expect(canonical(JSON.parse(text))).equals(text);
        expect(canonical(reversed(value))).equals(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves out what is undefined and writes instants as texts', () => {
    expect(canonical({ b: undefined, a: new Date('2026-01-05T00:00:00Z') })).equals('{"a":"2026-01-05T00:00:00.000Z"}');
  });

  it('refuses what JSON cannot hold', () => {
    const ring: { self?: unknown } = {};
    ring.self = { ring };
    const bad = [
      Number.NaN,
      Infinity,
      1n,
      undefined,
      [undefined],
      () => 1,
      Symbol('s'),
      new Map(),
      Buffer.from('a'),
      ring,
    ];
    for (const value of [...bad, { a: [{ b: Number.NaN }] }])
      expect(() => canonical(value)).throws(TypeError, 'not JSON');
    const twice = { a: 1 };
    expect(canonical([twice, twice])).equals('[{"a":1},{"a":1}]');
  });

  it('refuses half a character, or writes what the database would keep of it', () => {
    expect(() => canonical('a\ud800b')).throws(TypeError, 'surrogate');
    expect(() => canonical({ '\udc00': 1 })).throws(TypeError, 'surrogate');
    expect(canonical(['a\ud800b😀'], { repair: true })).equals('["a\ufffdb😀"]');
    expect(JSON.parse(canonical('a\ud800b', { repair: true }))).equals(Buffer.from('a\ud800b').toString());
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, member]) => [key, reversed(member)]));
}
