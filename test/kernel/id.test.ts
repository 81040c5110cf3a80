import { expect } from 'chai';
import { newId, noOccurrence } from '../../server/kernel/id.ts';

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids', () => {
  it('are the UUIDs of version 7 of RFC 9562 (its own example)', () => {
    // RFC 9562, A.6: 2022-02-22T19:22:22.00Z, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F
    const bits = () => Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);

    expect(newId(new Date('2022-02-22T19:22:22Z'), bits)).to.equal('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('follow the time and do not repeat', () => {
    const at = new Date('2026-01-05T00:00:00Z');
    const ids = Array.from({ length: 1000 }, () => newId(at));

    expect(new Set(ids).size).to.equal(1000);
    for (const id of ids) expect(id).to.match(uuid7);
    expect(newId(new Date('2026-01-05T00:00:00.001Z')) > (ids.sort().at(-1) ?? '')).to.equal(true);
  });

  it('have none that could be mistaken for "no occurrence"', () => {
    expect(noOccurrence).not.to.match(uuid7);
  });
});
