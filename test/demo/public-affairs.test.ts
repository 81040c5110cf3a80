import { expect } from 'chai';
import { createCity } from '../../server/demo/city.ts';
import type { Happening, Planted } from '../../server/demo/story.ts';
import { tellCity } from '../../server/demo/telling.ts';
import { dayOf } from '../../server/demo/time.ts';

const until = new Date('2026-10-31T00:00:00+08:00');

describe('freezes, complaints, licences and inspections of the smallest city', () => {
  let planted: Planted[] = [];
  let happened: Set<string>;
  let steps: Happening[] = [];
  before(function () {
    this.timeout(60_000);
    const days = [...tellCity(createCity(7, 60, dayOf(until) - 12, 12), until)];
    planted = days.flatMap((day) => day.planted).filter((one) => one.opened <= until);
    steps = days.flatMap((day) => day.happenings).filter(({ step }) => step.type === 'freeze');
    happened = new Set(days.flatMap((day) => day.happenings.map(({ step }) => `${step.type}.${step.verb}`)));
  });

  /** Rules with a duty met so many milliseconds after it was due. */
  const metAfter = (ms: number): Set<string> =>
    new Set(
      planted.flatMap(({ rule, due, met }) => (due && met && met.getTime() - due.getTime() === ms ? [rule] : [])),
    );
  const terms = [
    ...['FRZ-01a', 'FRZ-04a', 'FRZ-04b', 'FRZ-05', 'FRZ-06b', 'FRZ-08'],
    ...['CMP-01a', 'CMP-01b', 'CMP-01c', 'CMP-02a', 'CMP-02b', 'CMP-03', 'CMP-04', 'CMP-05', 'CMP-06a', 'CMP-06b'],
    ...['LIC-01a', 'LIC-02a', 'LIC-02c', 'LIC-03a', 'LIC-03b', 'LIC-04c'],
  ];
  const demands = [
    ...['FRZ-01b', 'FRZ-03a', 'FRZ-03b', 'FRZ-03c', 'FRZ-04c', 'FRZ-04d', 'FRZ-06a', 'FRZ-07', 'ENT-03a', 'ENT-03b'],
    ...['CMP-06c', 'LIC-01b', 'LIC-01c', 'LIC-02b', 'LIC-04a', 'LIC-04b', 'ENT-06a', 'ENT-06b'],
  ];

  it('has every term met at its very end and missed by a second', () => {
    expect(terms.filter((rule) => !metAfter(0).has(rule))).to.deep.equal([]);
    expect(terms.filter((rule) => !metAfter(1000).has(rule))).to.deep.equal([]);
  });

  it('has every demand met and broken', () => {
    const of = (isMet: boolean) =>
      new Set(planted.flatMap((one) => ((one.met !== undefined) === isMet ? [one.rule] : [])));
    expect([...demands, 'FRZ-02'].filter((rule) => !of(true).has(rule))).to.deep.equal([]);
    expect([...demands, 'FRZ-02'].filter((rule) => !of(false).has(rule))).to.deep.equal([]);
  });

  it('counts the stops of one account over all its cases', () => {
    const accountOf = new Map(
      steps.flatMap(({ step }) => (step.verb === 'open' ? [[step.subject, step.facts?.['account']] as const] : [])),
    );
    const stops = steps.filter(({ step }) => step.verb === 'stop');
    const stopsUpTo = (subject: string, at: Date) =>
      stops.filter(({ step }) => accountOf.get(step.subject) === accountOf.get(subject) && step.occurredAt <= at)
        .length;
    const counted = planted.filter(({ rule }) => rule === 'FRZ-01b');

    expect(counted.map((one) => stopsUpTo(one.subject, one.opened) <= 2)).to.deep.equal(
      counted.map((one) => one.met !== undefined),
    );
  });

  it('has officers cleared of malicious complaints', () => {
    expect([...happened]).to.include.members(['complaint.dismiss', 'complaint.clear', 'freeze.pay', 'licence.suspend']);
  });
});
