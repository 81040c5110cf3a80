import { expect } from 'chai';
import { createRegistry } from '../../server/app.ts';
import { createCity } from '../../server/demo/city.ts';
import { findingDuties } from '../../server/demo/finding-duties.ts';
import { foundCity } from '../../server/demo/found.ts';
import { teller } from '../../server/demo/run.ts';
import { occasionsOf } from '../../server/demo/stay-occasions.ts';
import type { Happening, Planted } from '../../server/demo/story.ts';
import { dayOf, hour } from '../../server/demo/time.ts';
import { type Comparison, compareWithTruth, type TrueVerdict, truthAt } from '../../server/demo/truth.ts';
import { openRuntime } from '../../server/engine.ts';
import { settableClock } from '../../server/kernel/clock.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { cheapCost } from '../../server/organisation/password.ts';
import { sweep } from '../../server/rules/sweep.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const until = new Date('2026-10-31T00:00:00+08:00');

/** The occasions that come in their turn, without the rest of the city: what is rare is judged as it was planted. */
describe('the people who pass through the area', () => {
  const registry = createRegistry();
  const city = createCity(7, 60, dayOf(until) - 12, 12);
  let db: TestDatabase;
  let truth: TrueVerdict[];
  let comparison: Comparison;
  const planted: Planted[] = [];

  before(async function () {
    this.timeout(180_000);
    db = await testDatabase();
    const clock = settableClock(until);
    const { runtime } = await openRuntime(db.database, registry, { clock, demonstration: true });
    await inUnitOfWork(runtime, teller, (uow) => foundCity(uow, city, cheapCost), { as: 'engine' });
    const happenings: Happening[] = [];
    for (let day = city.first - city.runIn; day < city.first; day += 1) {
      for (const unit of city.stations) {
        for (const story of occasionsOf(city, unit, day)) {
          happenings.push(...story.happenings);
          planted.push(...story.planted);
        }
      }
    }
    happenings.sort((a, b) => a.at.getTime() - b.at.getTime());
    for (let i = 0; i < happenings.length; i += 200) {
      const batch = happenings.slice(i, i + 200);
      clock.set(batch.at(-1)?.at ?? until);
      const steps = batch.map(({ step }) => step);
      await inUnitOfWork(runtime, teller, (uow) => recordSteps(uow, registry, steps), { as: 'engine' });
      await sweep(runtime, registry);
    }
    clock.set(until);
    await sweep(runtime, registry);
    truth = truthAt(city, planted, [], until);
    comparison = await db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      // nobody has screened what was raised: the loop's own limits run
      const loop = await findingDuties(tx.sql);
      return compareWithTruth(tx.sql, truthAt(city, [...planted, ...loop.planted], loop.decided, until));
    });
  });
  after(() => db?.drop());

  it('are judged as they were planted', () => {
    expect(comparison.samples).to.deep.equal([]);
    expect(comparison).to.include({ missing: 0, extra: 0, different: 0 });
  });

  it('keep and break every duty', () => {
    const verdicts = (code: string) => new Set(truth.filter(({ rule }) => rule === code).map(({ verdict }) => verdict));
    const codes = [...new Set(truth.map(({ rule }) => rule))];
    // what needs a case is told with the cases
    expect(codes).to.have.length(30).and.not.include('PER-07');
    for (const code of codes)
      expect(
        ['late', 'overdue'].some((one) => verdicts(code).has(one as TrueVerdict['verdict'])),
        `${code} broken`,
      ).to.equal(true);
    for (const code of codes) expect(verdicts(code).has('met'), `${code} met`).to.equal(true);
    for (const code of ['PER-01b', 'PER-09', 'PER-15', 'PER-20c'])
      expect(verdicts(code).has('excused'), `${code} excused`).to.equal(true);
  });

  it('come to the very instant, and a second over it', () => {
    const over = (ms: number) =>
      new Set(
        planted.flatMap(({ rule, due, met }) => (due && met && met.getTime() - due.getTime() === ms ? [rule] : [])),
      );
    const limits = ['PER-01a', 'PER-03a', 'PER-04', 'PER-05', 'PER-06a', 'PER-06c', 'PER-09', 'PER-16', 'PER-18b'];
    expect([...over(0)]).to.include.members(limits);
    expect([...over(1000)]).to.include.members(limits);
  });

  it('are inside for hours, not for weeks', () => {
    const inquiry = truth.filter(({ rule }) => rule === 'PER-04');
    for (const { opened, due } of inquiry)
      expect((Date.parse(due ?? '') - Date.parse(opened)) / hour).to.be.within(8, 24);
  });
});
