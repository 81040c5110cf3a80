import { expect } from 'chai';
import { criminalTurns, plots } from '../../server/demo/case-criminal-turns.ts';
import { createCity } from '../../server/demo/city.ts';
import type { Planted } from '../../server/demo/story.ts';
import { tellCity } from '../../server/demo/telling.ts';
import { dayOf } from '../../server/demo/time.ts';

const until = new Date('2026-10-31T00:00:00+08:00');
const least = createCity(7, 60, dayOf(until) - 12, 12);

describe('the criminal stories of the least city', () => {
  let planted: Planted[];
  before(function () {
    this.timeout(60_000);
    planted = [...tellCity(least, until)].flatMap((day) => day.planted);
  });

  const over = (ms: number) =>
    new Set(
      planted.filter(({ due, met }) => due && met && met.getTime() - due.getTime() === ms).map(({ rule }) => rule),
    );
  const limits = [
    ...['CAS-04', 'CAS-05a', 'CAS-05b', 'CAS-06a', 'CAS-06b', 'CAS-06c', 'CAS-07a', 'CAS-07b', 'CAS-21', 'CAS-22a'],
    ...[
      'CAS-22b',
      'CAS-23',
      'CAS-24a',
      'CAS-24b',
      'CAS-28c',
      'CAS-28f',
      'CAS-29a',
      'CAS-29b',
      'CAS-30a',
      'CAS-30b',
      'CAS-31a',
    ],
    ...['CAS-33a', 'CAS-33b', 'CAS-35a', 'CAS-35b', 'CAS-35d', 'ENT-05a', 'ENT-05b', 'PER-10', 'PER-11', 'PER-12'],
  ];
  const orders = ['CAS-28a', 'CAS-28b', 'CAS-28d', 'CAS-28e', 'CAS-31b', 'CAS-35c', 'CAS-35e', 'ENT-01', 'ENT-02'];

  it('tell every plot before the days that people look at', () => {
    const days = Array.from({ length: least.runIn }, (_, i) => least.first - least.runIn + i);
    const turns = days.flatMap((day) => least.stations.flatMap((unit) => criminalTurns(least, unit, day)));

    expect(turns.length).to.be.at.least(plots.length);
  });

  it('plant every limit at the very instant and a second after it', () => {
    expect([...over(0)]).to.include.members(limits);
    expect([...over(1000)]).to.include.members(limits);
  });

  it('plant every order of acts, kept and broken', () => {
    const broken = new Set(planted.filter(({ met, excused }) => !met && !excused).map(({ rule }) => rule));

    expect([...over(0)]).to.include.members(orders);
    expect([...broken]).to.include.members(orders);
  });
});
