import { expect } from 'chai';
import { gaps, joined, length } from '../../admin-ui/src/bars/intervals.ts';
import { interval } from '../../admin-ui/src/figures/interval.ts';

const minutes = (from: number, to: number) => ({ from: from * 60_000, to: to * 60_000 });

describe('the bars of duty and recording', () => {
  it('joins files that follow within seconds and keeps the others apart', () => {
    const files = [minutes(10, 20), { from: 20 * 60_000 + 3_000, to: 30 * 60_000 }, minutes(40, 50)];
    expect(joined(files)).to.deep.equal([minutes(10, 30), minutes(40, 50)]);
  });

  it('finds the gap after arrival, between files and at the end', () => {
    const holes = gaps(minutes(0, 60), [minutes(14, 30), minutes(35, 50)]);
    expect(holes).to.deep.equal([minutes(0, 14), minutes(30, 35), minutes(50, 60)]);
    expect(length(holes)).to.equal(29 * 60_000);
  });

  it('ignores what lies outside and what is empty', () => {
    expect(gaps(minutes(10, 20), [minutes(0, 5), minutes(25, 30), minutes(12, 12)])).to.deep.equal([minutes(10, 20)]);
  });

  it('sees no gap where another wearer recorded meanwhile', () => {
    expect(gaps(minutes(0, 30), [minutes(0, 12), minutes(10, 30)])).to.deep.equal([]);
  });

  it('gives a wide interval to few cases and none to nothing', () => {
    expect(interval(0, 0)).to.equal(null);
    const [low, high] = interval(9, 10) ?? [0, 0];
    expect(low).to.be.closeTo(0.596, 0.001);
    expect(high).to.be.closeTo(0.982, 0.001);
  });
});
