import { expect } from 'chai';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { compiled } from './rule-text.ts';
import { twice } from './twice.ts';
import { populate } from './world.ts';

describe('What is not recorded', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(populate);
  });
  after(() => db.drop());
  const { verdict, holds } = twice(() => db);

  describe('takes what is not recorded as not done', () => {
    const cases: [when: string, given: Record<string, unknown>, holds: boolean][] = [
      // 2: predicates are always true or false
      ['alarm.reReports > 1', {}, false],
      ['alarm.reReports <= 1', {}, false],
      ["!(alarm.priority in ['urgent'])", {}, true],
      ["alarm.priority in ['urgent']", {}, false],
      ['alarm.topic in [alarm.place, alarm.caller]', {}, false],
      ['alarm.topic in [alarm.place, alarm.caller]', { topic: 'a', caller: 'a' }, true],
      ['!(alarm.topic in [alarm.place, alarm.caller])', { topic: 'a', place: 'b' }, true],
      ["alarm.priority == 'urgent'", {}, false],
      ["alarm.priority != 'urgent'", {}, true],
      ['alarm.intakeCategory == alarm.feedbackCategory', {}, true],
      ['alarm.intakeCategory == alarm.feedbackCategory', { intakeCategory: 'dispute' }, false],
      ['alarm.intakeCategory != alarm.feedbackCategory', { intakeCategory: 'dispute' }, true],
      ['alarm.complex', {}, false],
      ['!alarm.complex', {}, true],
      ['alarm.complex == false', {}, false],
      ['alarm.complex != false', {}, true],
      ['alarm.complex == alarm.enterprise', {}, true],
      ['alarm.complex && alarm.reReports > 1 || alarm.topic == null', {}, true],
      ['!(alarm.complex && alarm.enterprise)', { complex: true }, true],
      // 1: terms hand the missing on; a choice takes its second branch
      ['alarm.reReports + 1 == null', {}, true],
      ['(alarm.complex ? 1 : 2) == 2', {}, true],
      ['alarm.handledAt - alarm.receivedAt == null', {}, true],
      ['min(alarm.reReports, 2) == null', {}, true],
      ['after(alarm.handledAt, h(1)) == null', {}, true],
      ['level(alarm.case.measures.first().level) == null', {}, true],
      // 3: quantifiers over nothing
      ['alarm.dispatches.exists(d, true)', {}, false],
      ['alarm.dispatches.all(d, false)', {}, true],
      ['alarm.dispatches.size() == 0', {}, true],
      ['alarm.dispatches.all(d, d.sentAt > alarm.receivedAt)', { dispatches: [{}] }, false],
      ['alarm.dispatches.exists(d, !(d.onScene))', { dispatches: [{}] }, true],
      ['alarm.case == null', {}, true],
      ['alarm.case.filedAt == null', {}, true],
      ['first(alarm.dispatches) == null', {}, true],
      ['first(alarm.dispatches).sentAt == null', { dispatches: [{}, { sentAt: '2026-03-02 09:00' }] }, true],
      ['last(alarm.dispatches).sentAt == null', { dispatches: [{}, { sentAt: '2026-03-02 09:00' }] }, false],
      // 4: earliest of the recorded ones, allOf only when all are
      ['earliest([alarm.handledAt, alarm.reportedAt]) == alarm.reportedAt', { reportedAt: '2026-03-02 09:00' }, true],
      ['allOf([alarm.handledAt, alarm.reportedAt]) == null', { reportedAt: '2026-03-02 09:00' }, true],
      ['latest([alarm.handledAt, alarm.reportedAt]) == alarm.reportedAt', { reportedAt: '2026-03-02 09:00' }, true],
      ['allOf(alarm.dispatches.map(d, d.sentAt)) == null', { dispatches: [{ sentAt: '2026-03-02 09:00' }, {}] }, true],
      ['allOf(alarm.dispatches.map(d, d.sentAt)) == null', {}, true],
      ['sum(alarm.dispatches.map(d, 1)) == 2', { dispatches: [{}, {}] }, true],
      ['sum(alarm.case.extensions.map(x, x.days)) == 0', {}, true],
      ['earliest(alarm.dispatches.map(d, alarm.receivedAt)) == alarm.receivedAt', { dispatches: [{}] }, true],
    ];
    for (const [when, given, expected] of cases) {
      it(`${when}, ${JSON.stringify(given)}: ${expected}`, async () => {
        expect(await holds(when, given)).to.equal(expected);
      });
    }
  });

  it('knows people: auxiliaries, trainees and civilians never count as qualified, nobody counts twice', async () => {
    const count = (n: number) => `alarm.dispatches.exists(d, d.officers.filter(o, o.qualified).size() == ${n})`;
    expect(await holds(count(2), { dispatches: [{ officers: ['police-1', 'police-2'] }] })).to.equal(true);
    expect(
      await holds(count(1), { dispatches: [{ officers: ['police-1', 'trainee-1', 'auxiliary-1', 'civilian-1'] }] }),
    ).to.equal(true);
    expect(await holds(count(1), { dispatches: [{ officers: ['police-1', 'police-1'] }] })).to.equal(true);
    expect(
      await holds('alarm.dispatches.exists(d, d.officer in d.officers)', {
        dispatches: [{ officer: 'police-1', officers: ['police-2'] }],
      }),
    ).to.equal(false);
    expect(
      await holds("alarm.dispatches.exists(d, d.officer.unit.area == 'urban' && d.officer.name == 'police-1')", {
        dispatches: [{ officer: 'police-1' }],
      }),
    ).to.equal(true);
  });

  describe('measures coverage', () => {
    const between = (startedAt: string, endedAt: string | null) => ({
      startedAt: `2026-03-02 ${startedAt}`,
      ...(endedAt && { endedAt: `2026-03-02 ${endedAt}` }),
    });
    const rule = (condition: string) =>
      compiled({ subject: 'shift', opens: 'shift.startedAt', require: `'${condition}'`, within: null, met: null });
    const met = async (condition: string, onlines: unknown[], exemptions: unknown[] = []): Promise<boolean> =>
      (await verdict(rule(condition), {
        startedAt: '2026-03-02 08:00',
        endedAt: '2026-03-02 18:00',
        onlines,
        exemptions,
      })) === 'met';
    const coverage = 'coverage(shift.onlines, shift.startedAt, shift.endedAt)';
    const gap = 'longestGap(shift.onlines, shift.startedAt, shift.endedAt)';
    const bare = 'coverage(shift.onlines, shift.startedAt, shift.endedAt, shift.exemptions)';
    const bareGap = 'longestGap(shift.onlines, shift.startedAt, shift.endedAt, shift.exemptions)';

    it('as a share, clipped to the interval, overlaps once', async () => {
      expect(await met(`${coverage} == 0.7`, [between('07:00', '12:00'), between('10:00', '15:00')])).to.equal(true);
      expect(await met(`${coverage} == 1.0`, [between('07:00', null)])).to.equal(true);
      expect(await met(`${coverage} == 0.0`, [])).to.equal(true);
      expect(
        await met(`${coverage} == 0.0`, [
          between('12:00', '11:00'),
          between('19:00', '20:00'),
          between('06:00', '08:00'),
        ]),
      ).to.equal(true);
      expect(await met(`${gap} == null`, [between('10:00', '11:00')])).to.equal(false);
    });

    it('not at all where an end of the interval is missing, or it has no length', async () => {
      for (const what of ['coverage', 'longestGap']) {
        const asked = (from: string, to: string) => `${what}(shift.onlines, ${from}, ${to}) == null`;
        const exempt = (from: string, to: string) => `${what}(shift.onlines, ${from}, ${to}, shift.exemptions) == null`;
        for (const of of [asked, exempt]) {
          expect(await met(of('shift.startedAt', 'shift.plannedEnd'), [between('09:00', '10:00')])).to.equal(true);
          expect(await met(of('shift.plannedStart', 'shift.endedAt'), [between('09:00', '10:00')])).to.equal(true);
          expect(await met(of('shift.startedAt', 'shift.startedAt'), [between('07:00', '10:00')])).to.equal(true);
          expect(await met(of('shift.endedAt', 'shift.startedAt'), [between('09:00', '10:00')])).to.equal(true);
        }
      }
    });

    it('joins what follows within five seconds and no later', async () => {
      const twice = (again: string) => [between('08:00', '12:00'), between(again, '18:00')];
      expect(
        await met(
          `${coverage} == 1.0 && ${gap} == m(1) - m(1)`.replace('m(1) - m(1)', 'shift.startedAt - shift.startedAt'),
          twice('12:00:05'),
        ),
      ).to.equal(true);
      expect(
        await met(`${coverage} < 1.0 && ${gap} > shift.startedAt - shift.startedAt`, twice('12:00:05.001')),
      ).to.equal(true);
      expect(await met(`${bare} == 1.0`, twice('12:00:05'))).to.equal(true);
      expect(await met(`${bare} < 1.0`, twice('12:00:05.001'))).to.equal(true);
      // not at the ends
      expect(await met(`${gap} == shift.startedAt - shift.startedAt`, [between('08:00:03', '18:00')])).to.equal(false);
    });

    it('finds the longest gap, before, between and after', async () => {
      expect(await met(`${gap} == h(2)`.replace('== h(2)', '>= h(2)'), [between('10:00', '18:00')])).to.equal(true);
      expect(await met(`${gap} > h(2)`, [between('10:00', '18:00')])).to.equal(false);
      expect(await met(`${gap} >= h(3)`, [between('08:00', '12:00'), between('15:00', '18:00')])).to.equal(true);
      expect(await met(`${gap} >= h(4)`, [between('08:00', '14:00'), between('09:00', '10:00')])).to.equal(true);
      expect(await met(`${gap} >= h(10)`, [])).to.equal(true);
    });

    it('takes exempt time out of what is owed and out of the gaps', async () => {
      expect(await met(`${bare} == 0.75`, [between('08:00', '14:00')], [between('16:00', '18:00')])).to.equal(true);
      expect(
        await met(
          `${bare} == 0.5`,
          [between('08:00', '12:00')],
          [between('10:00', '12:00'), between('11:00', '12:00'), between('14:00', '18:00')],
        ),
      ).to.equal(true);
      expect(await met(`${bare} == 1.0`, [], [between('08:00', null)])).to.equal(true);
      expect(
        await met(`${bareGap} >= h(4) && ${bareGap} <= h(4)`, [between('08:00', '10:00')], [between('12:00', '14:00')]),
      ).to.equal(true);
      expect(await met(`${bareGap} <= m(1)`, [], [between('07:00', '19:00')])).to.equal(true);
      // exempt intervals are not joined: the three seconds between them are owed
      expect(await met(`${bare} == 0.0`, [], [between('08:00', '12:00'), between('12:00:03', '18:00')])).to.equal(true);
    });

    it('is missing for an interval that is empty, reversed or unknown', async () => {
      const missing = rule(`${coverage} == null && ${gap} == null && ${bare} == null && ${bareGap} == null`);
      expect(
        await verdict(missing, {
          startedAt: '2026-03-02 08:00',
          endedAt: '2026-03-02 08:00',
          onlines: [between('07:00', '09:00')],
          exemptions: [between('07:00', '09:00')],
        }),
      ).to.equal('met');
      expect(
        await verdict(missing, {
          startedAt: '2026-03-02 08:00',
          endedAt: '2026-03-02 07:00',
          onlines: [between('07:00', '09:00')],
          exemptions: [between('07:00', '09:00')],
        }),
      ).to.equal('met');
      expect(await verdict(missing, { startedAt: '2026-03-02 08:00', onlines: [between('07:00', '09:00')] })).to.equal(
        'met',
      );
    });
  });
});
