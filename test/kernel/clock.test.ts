import { expect } from 'chai';
import { settableClock, systemClock } from '../../server/kernel/clock.ts';

describe('clock', () => {
  it('stands still until it is set or time passes', () => {
    const clock = settableClock('2026-01-05T08:00:00+08:00');
    const first = clock.now();
    clock.pass(11 * 60_000);

    expect(first.toISOString()).to.equal('2026-01-05T00:00:00.000Z');
    expect(clock.now().toISOString()).to.equal('2026-01-05T00:11:00.000Z');
    clock.set('2026-02-01T00:00:00Z');
    expect(clock.now().toISOString()).to.equal('2026-02-01T00:00:00.000Z');
  });

  it('hands out instants that nobody can change for others', () => {
    const clock = settableClock('2026-01-05T00:00:00Z');
    clock.now().setFullYear(1999);

    expect(clock.now().getUTCFullYear()).to.equal(2026);
  });

  it('refuses what is no instant', () => {
    expect(() => settableClock('yesterday')).to.throw(/not an instant/);
  });

  it('of the machine goes forward', () => {
    expect(systemClock.now().getTime()).to.be.at.most(systemClock.now().getTime());
  });
});
