import { expect } from 'chai';
import { createCity } from '../../server/demo/city.ts';
import type { Planted } from '../../server/demo/story.ts';
import { tellCity } from '../../server/demo/telling.ts';
import { dayOf, dayText, endOfMonths } from '../../server/demo/time.ts';

const until = new Date('2026-10-31T00:00:00+08:00');
const least = createCity(7, 60, dayOf(until) - 12, 12);

describe('the counter, the property and the recordings of the least city', () => {
  let planted: Planted[];
  before(function () {
    this.timeout(60_000);
    planted = [...tellCity(least, until)].flatMap((day) => day.planted);
  });

  const over = (ms: number) =>
    new Set(
      planted.filter(({ due, met }) => due && met && met.getTime() - due.getTime() === ms).map(({ rule }) => rule),
    );
  const undone = () => new Set(planted.filter(({ met, excused }) => !met && !excused).map(({ rule }) => rule));

  const without = (found: ReadonlySet<string>, wanted: string[]) => wanted.filter((code) => !found.has(code));

  it('plant every limit at the very instant and a second after it', () => {
    const limits = [
      ...['ALM-05', 'ALM-06', 'ALM-07', 'ALM-08', 'ALM-10', 'ALM-11a', 'ALM-11b', 'BWC-06', 'PRO-02', 'PRO-05a'],
      ...['PRO-07', 'PRO-08a', 'PRO-08b', 'PRO-09b', 'PRO-10', 'PRO-11a', 'PRO-11b', 'PRO-12a', 'PRO-13a', 'PRO-13b'],
      'PRO-13c',
    ];

    expect(without(over(0), limits)).to.deep.equal([]);
    expect(without(over(1000), limits)).to.deep.equal([]);
  });

  it('plant what is right or wrong at one instant, both ways', () => {
    const orders = ['BWC-05', 'BWC-07', 'CAS-26b', 'ENT-04', 'PRO-09a', 'PRO-09c', 'PRO-12b', 'PRO-13d'];

    expect(without(over(0), orders)).to.deep.equal([]);
    expect(without(undone(), [...orders, 'PRO-05b'])).to.deep.equal([]);
  });

  it('plant the exceptions of the law', () => {
    const excused = new Set(planted.filter((one) => one.excused).map(({ rule }) => rule));

    expect(without(excused, ['ALM-05', 'ALM-08', 'PRO-05b', 'PRO-08b', 'PRO-10'])).to.deep.equal([]);
  });

  it('count months in the calendar of months', () => {
    const from = (text: string) => new Date(`${text}T10:00:00+08:00`);
    const ends = (text: string, months: number) => dayText(dayOf(endOfMonths(from(text), months)));

    expect(ends('2025-08-31', 6)).to.equal('2026-02-28');
    expect(ends('2025-08-10', 6)).to.equal('2026-02-10');
    expect(ends('2025-12-31', 2)).to.equal('2026-02-28');
  });
});
