import { expect } from 'chai';
import { judgeContext } from '../../server/rules/judge-explain.ts';
import { loadSubjects } from '../../server/rules/judge-facts.ts';
import { type CompiledRule, type JudgedObligation, verdicts } from '../../server/rules/rule.ts';
import type { Tx } from '../../server/kernel/database.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { compiled } from './rule-text.ts';
import { insertGiven, instantOf, lineOf, populate, registry, type Row, Undo, undone } from './world.ts';

const names = Object.fromEntries(Object.entries(verdicts).map(([name, code]) => [code, name]));
const late = '2029-01-01 00:00';

describe('A compiled rule', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(populate);
  });
  after(() => db.drop());

  /** Judges one subject by SQL and in memory, demands the same, and returns the duties. */
  async function judged(rule: CompiledRule, given: Record<string, unknown>, options: { now?: string; before?: (tx: Tx, id: string) => Promise<unknown> } = {}): Promise<JudgedObligation[]> {
    let duties: JudgedObligation[] = [];
    await undone(db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      await tx.sql('INSERT INTO rule (id, code) VALUES (1, $1)', [rule.code]);
      for (const { name, values } of rule.params) for (const { key, amount } of values) await tx.sql('INSERT INTO rule_param (rule_code, name, key, amount) VALUES ($1, $2, $3, $4)', [rule.code, name, key, amount]);
      const id = await insertGiven(tx, rule.subject, given);
      await options.before?.(tx, id);
      const now = instantOf(options.now ?? late);
      const [subject] = await loadSubjects(tx, registry, rule.subject, [id]);
      const context = await judgeContext(tx, [{ rule }] as never, now, [id]);
      duties = rule.judge(subject!, context);
      const lines = duties.map((duty) => lineOf(rule.code, {
        subject_id: duty.subjectId, occurrence: duty.occurrence, unit_id: duty.unitId, person_id: duty.personId, opened_at: duty.openedAt,
        due_at: duty.dueAt, warn_at: duty.warnAt, met_at: duty.metAt, verdict: duty.verdict, severity: duty.severity,
      }));
      expect((await tx.sql<Row>(`${rule.sql} ORDER BY occurrence`, [[id], now])).map((row) => lineOf(rule.code, row)), 'SQL').to.deep.equal(lines);
      expect((await tx.sql<Row>(`${rule.sqlAll} ORDER BY occurrence`, [now])).map((row) => lineOf(rule.code, row)), 'SQL over everything').to.deep.equal(lines);
      throw new Undo();
    }));
    return duties;
  }

  const verdict = async (...args: Parameters<typeof judged>): Promise<string> => (await judged(...args)).map((duty) => names[duty.verdict]).join(' ') || 'nothing';

  /** Whether a condition holds of an alarm. */
  async function holds(when: string, given: Record<string, unknown>): Promise<boolean> {
    const text = `"${when.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    return (await verdict(compiled({ when: text }), { receivedAt: '2026-03-02 08:00', ...given })) !== 'nothing';
  }

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
    expect(await holds(count(1), { dispatches: [{ officers: ['police-1', 'trainee-1', 'auxiliary-1', 'civilian-1'] }] })).to.equal(true);
    expect(await holds(count(1), { dispatches: [{ officers: ['police-1', 'police-1'] }] })).to.equal(true);
    expect(await holds('alarm.dispatches.exists(d, d.officer in d.officers)', { dispatches: [{ officer: 'police-1', officers: ['police-2'] }] })).to.equal(false);
    expect(await holds("alarm.dispatches.exists(d, d.officer.unit.area == 'urban' && d.officer.name == 'police-1')", { dispatches: [{ officer: 'police-1' }] })).to.equal(true);
  });

  describe('measures coverage', () => {
    const between = (startedAt: string, endedAt: string | null) => ({ startedAt: `2026-03-02 ${startedAt}`, ...(endedAt && { endedAt: `2026-03-02 ${endedAt}` }) });
    const rule = (condition: string) => compiled({ subject: 'shift', opens: 'shift.startedAt', require: `'${condition}'`, within: null, met: null });
    const met = async (condition: string, onlines: unknown[], exemptions: unknown[] = []): Promise<boolean> =>
      (await verdict(rule(condition), { startedAt: '2026-03-02 08:00', endedAt: '2026-03-02 18:00', onlines, exemptions })) === 'met';
    const coverage = 'coverage(shift.onlines, shift.startedAt, shift.endedAt)';
    const gap = 'longestGap(shift.onlines, shift.startedAt, shift.endedAt)';
    const bare = 'coverage(shift.onlines, shift.startedAt, shift.endedAt, shift.exemptions)';
    const bareGap = 'longestGap(shift.onlines, shift.startedAt, shift.endedAt, shift.exemptions)';

    it('as a share, clipped to the interval, overlaps once', async () => {
      expect(await met(`${coverage} == 0.7`, [between('07:00', '12:00'), between('10:00', '15:00')])).to.equal(true);
      expect(await met(`${coverage} == 1.0`, [between('07:00', null)])).to.equal(true);
      expect(await met(`${coverage} == 0.0`, [])).to.equal(true);
      expect(await met(`${coverage} == 0.0`, [between('12:00', '11:00'), between('19:00', '20:00'), between('06:00', '08:00')])).to.equal(true);
      expect(await met(`${gap} == null`, [between('10:00', '11:00')])).to.equal(false);
    });

    it('joins what follows within five seconds and no later', async () => {
      const twice = (again: string) => [between('08:00', '12:00'), between(again, '18:00')];
      expect(await met(`${coverage} == 1.0 && ${gap} == m(1) - m(1)`.replace('m(1) - m(1)', 'shift.startedAt - shift.startedAt'), twice('12:00:05'))).to.equal(true);
      expect(await met(`${coverage} < 1.0 && ${gap} > shift.startedAt - shift.startedAt`, twice('12:00:05.001'))).to.equal(true);
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
      expect(await met(`${bare} == 0.5`, [between('08:00', '12:00')], [between('10:00', '12:00'), between('11:00', '12:00'), between('14:00', '18:00')])).to.equal(true);
      expect(await met(`${bare} == 1.0`, [], [between('08:00', null)])).to.equal(true);
      expect(await met(`${bareGap} >= h(4) && ${bareGap} <= h(4)`, [between('08:00', '10:00')], [between('12:00', '14:00')])).to.equal(true);
      expect(await met(`${bareGap} <= m(1)`, [], [between('07:00', '19:00')])).to.equal(true);
      // exempt intervals are not joined: the three seconds between them are owed
      expect(await met(`${bare} == 0.0`, [], [between('08:00', '12:00'), between('12:00:03', '18:00')])).to.equal(true);
    });

    it('is missing for an interval that is empty, reversed or unknown', async () => {
      const missing = rule(`${coverage} == null && ${gap} == null && ${bare} == null && ${bareGap} == null`);
      expect(await verdict(missing, { startedAt: '2026-03-02 08:00', endedAt: '2026-03-02 08:00', onlines: [between('07:00', '09:00')], exemptions: [between('07:00', '09:00')] })).to.equal('met');
      expect(await verdict(missing, { startedAt: '2026-03-02 08:00', endedAt: '2026-03-02 07:00', onlines: [between('07:00', '09:00')], exemptions: [between('07:00', '09:00')] })).to.equal('met');
      expect(await verdict(missing, { startedAt: '2026-03-02 08:00', onlines: [between('07:00', '09:00')] })).to.equal('met');
    });
  });

  describe('gives verdicts', () => {
    const rule = compiled({ needs: '[dispatch]', within: 'params.limit[alarm.area]', params: '{ limit: { urban: 8m, rural: 60m } }', excused: 'alarm.complex', warn: '2m' });
    const given = (handledAt?: string, rest: Record<string, unknown> = {}) => ({ area: 'urban', receivedAt: '2026-03-02 08:00', ...(handledAt && { handledAt: `2026-03-02 ${handledAt}` }), ...rest });
    const feed = (...intervals: [from: string, to: string | null][]) => async (tx: Tx) => {
      for (const [from, to] of intervals) await tx.sql('INSERT INTO feed_interval (feed, from_at, to_at) VALUES ($1, $2, $3)', ['dispatch', instantOf(from), to && instantOf(to)]);
    };
    const always = feed(['2000-01-01 00:00', null]);
    const at = (now: string) => ({ now: `2026-03-02 ${now}`, before: always });

    it('met up to the last millisecond, late after it', async () => {
      expect(await verdict(rule, given('08:08'), at('09:00'))).to.equal('met');
      expect(await verdict(rule, given('08:08:00.001'), at('09:00'))).to.equal('late');
    });
    it('pending until the due time has passed', async () => {
      expect(await verdict(rule, given(), at('08:08'))).to.equal('pending');
      expect(await verdict(rule, given(), at('08:08:00.001'))).to.equal('overdue');
    });
    it('unknown where no limit is known, or what was done lies before the opening', async () => {
      expect(await verdict(rule, given('08:04', { area: 'suburban' }), at('09:00'))).to.equal('unknown');
      expect(await verdict(rule, given('07:59'), at('09:00'))).to.equal('unknown');
      expect(await verdict(compiled({ due: 'alarm.calledBackAt' }), given('07:59', { calledBackAt: '2026-03-02 08:30' }))).to.equal('met');
      expect(await verdict(compiled({ due: 'alarm.calledBackAt' }), given('07:59'))).to.equal('unknown');
    });
    it('unknown while a feed was down at any time from the opening to the due time or now', async () => {
      expect(await verdict(rule, given(), { now: '2026-03-02 09:00' })).to.equal('unknown');
      expect(await verdict(rule, given('08:09'), { now: '2026-03-02 09:00' })).to.equal('unknown');
      expect(await verdict(rule, given('08:04'), { now: '2026-03-02 09:00' })).to.equal('met');
      const touching = feed(['2026-03-02 07:00', '2026-03-02 08:05'], ['2026-03-02 08:05', '2026-03-02 08:08']);
      expect(await verdict(rule, given(), { now: '2026-03-02 09:00', before: touching })).to.equal('overdue');
      const hole = feed(['2026-03-02 07:00', '2026-03-02 08:05'], ['2026-03-02 08:05:00.001', null]);
      expect(await verdict(rule, given(), { now: '2026-03-02 09:00', before: hole })).to.equal('unknown');
      expect(await verdict(rule, given(), { now: '2026-03-02 08:03', before: hole })).to.equal('pending');
    });
    it('excused by its condition, or by a decision that has not run out', async () => {
      expect(await verdict(rule, given('08:30', { complex: true }), at('09:00'))).to.equal('excused');
      const excuse = (until: string | null) => async (tx: Tx, id: string) => {
        await always(tx);
        await tx.sql(`INSERT INTO excuse (rule_id, subject_id, occurrence, reason, until) VALUES (1, $1, '00000000-0000-0000-0000-000000000000', 'x', $2)`, [id, until && instantOf(until)]);
      };
      const now = '2026-03-02 09:00';
      expect(await verdict(rule, given(), { now, before: excuse(null) })).to.equal('excused');
      expect(await verdict(rule, given(), { now, before: excuse('2026-03-02 09:00:00.001') })).to.equal('excused');
      expect(await verdict(rule, given(), { now, before: excuse(now) })).to.equal('overdue');
    });
    it('by the parameter of the nearest unit on the day of the opening', async () => {
      const own = (...rows: [unit: number | null, from: string, to: string | null, amount: number][]) => async (tx: Tx) => {
        await always(tx);
        for (const [unit, from, to, amount] of rows) await tx.sql(`INSERT INTO rule_param (rule_code, name, key, unit_id, from_on, to_on, amount) VALUES ($1, 'limit', 'urban', $2, $3, $4, $5)`, [rule.code, unit, from, to, amount]);
      };
      const due = async (...rows: Parameters<typeof own>) => (await judged(rule, given(), { now: late, before: own(...rows) }))[0]?.dueAt?.toISOString().slice(11, 16);
      expect(await due()).to.equal('00:08');
      expect(await due([1, '2020-01-01', null, 10])).to.equal('00:10');
      expect(await due([11, '2020-01-01', null, 12], [1, '2026-03-01', null, 10])).to.equal('00:12');
      expect(await due([12, '2020-01-01', null, 12])).to.equal('00:08');
      expect(await due([null, '2026-03-02', null, 20])).to.equal('00:20');
      expect(await due([null, '2026-03-03', null, 20])).to.equal('00:08');
      expect(await due([null, '2026-03-01', '2026-03-02', 20])).to.equal('00:08');
      expect(await due([11, '2020-01-01', null, 0])).to.equal(undefined);
    });
    it('nothing before it is in force, after it, or where it does not apply', async () => {
      const dated = compiled({ in_force: "{ from: '2026-01-01', to: '2026-02-01' }" });
      expect(await verdict(dated, { receivedAt: '2025-12-31 23:59:59.999' })).to.equal('nothing');
      expect(await verdict(dated, { receivedAt: '2026-01-01 00:00' })).to.equal('overdue');
      expect(await verdict(dated, { receivedAt: '2026-01-31 23:59:59.999' })).to.equal('overdue');
      expect(await verdict(dated, { receivedAt: '2026-02-01 00:00' })).to.equal('nothing');
      expect(await verdict(dated, {})).to.equal('nothing');
    });
    it('broken the moment it opens, with require', async () => {
      const required = compiled({ require: 'alarm.complex', within: null, met: null });
      expect(await verdict(required, given(), at('08:00'))).to.equal('pending');
      expect(await verdict(required, given(), at('08:00:00.001'))).to.equal('overdue');
      expect(await verdict(required, given('09:00', { complex: true }), at('08:00'))).to.equal('met');
    });
    it('with a severity that depends on facts', async () => {
      const grave = compiled({ aggravated: 'alarm.reReports >= 2 -> serious', severity: 'flaw' });
      expect((await judged(grave, given())).map(({ severity }) => severity)).to.deep.equal([1]);
      expect((await judged(grave, given(undefined, { reReports: 2 }))).map(({ severity }) => severity)).to.deep.equal([3]);
    });
  });

  describe('counts time', () => {
    const of = (keys: Record<string, string | null>) => compiled({ subject: 'case', opens: 'case.filedAt', met: 'case.decidedAt', ...keys });
    const due = async (rule: CompiledRule, filedAt: string, rest: Record<string, unknown> = {}): Promise<string | undefined> => {
      const [duty] = await judged(rule, { filedAt, ...rest });
      return duty?.dueAt ? new Date(duty.dueAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ') : undefined;
    };
    const cases: [what: string, keys: Record<string, string | null>, filedAt: string, due: string, rest?: Record<string, unknown>][] = [
      ['hours as elapsed time', { within: '24h' }, '2026-02-15 10:00', '2026-02-16 10:00:00.000'],
      ['days to the end of the last, rolled over the spring festival', { within: '3d' }, '2026-02-13 10:00', '2026-02-24 23:59:59.999'],
      ['days where a person is held', { within: '3d', rolls: 'false' }, '2026-02-13 10:00', '2026-02-16 23:59:59.999'],
      ['working days with a worked Saturday', { within: '2wd' }, '2026-02-13 10:00', '2026-02-24 23:59:59.999'],
      ['months to the last of a short one', { within: '1mo', rolls: 'false' }, '2026-01-31 10:00', '2026-02-28 23:59:59.999'],
      ['a limit that depends on facts', { within: "'case.complex ? d(3) : h(24)'" }, '2026-03-02 10:00', '2026-03-03 10:00:00.000'],
      ['pauses of days', { within: '30d', pauses: 'case.suspensions' }, '2026-03-02 10:00', '2026-04-21 23:59:59.999', { suspensions: [{ startedAt: '2026-03-10 10:00', endedAt: '2026-03-30 10:00' }] }],
      ['pauses that overlap once', { within: '24h', pauses: 'case.suspensions' }, '2026-03-02 10:00', '2026-03-03 14:00:00.000', { suspensions: [{ startedAt: '2026-03-02 11:00', endedAt: '2026-03-02 14:00' }, { startedAt: '2026-03-02 12:00', endedAt: '2026-03-02 15:00' }] }],
      ['a pause before the opening by what lies after it', { within: '24h', pauses: 'case.suspensions' }, '2026-03-02 10:00', '2026-03-03 12:00:00.000', { suspensions: [{ startedAt: '2026-03-01 11:00', endedAt: '2026-03-02 12:00' }] }],
      ['no pause that starts after the due time', { within: '24h', pauses: 'case.suspensions' }, '2026-03-02 10:00', '2026-03-03 10:00:00.000', { suspensions: [{ startedAt: '2026-03-03 10:00:00.001', endedAt: '2026-03-04 10:00' }] }],
    ];
    for (const [what, keys, filedAt, expected, rest] of cases) {
      it(what, async () => expect(await due(of(keys), filedAt, rest)).to.equal(expected));
    }

    it('and stands still in an open pause', async () => {
      const [duty] = await judged(of({ within: '24h', pauses: 'case.suspensions', warn: '1d' }), { filedAt: '2026-03-02 10:00', suspensions: [{ startedAt: '2026-03-02 11:00' }] });
      expect([duty?.dueAt, duty?.warnAt, names[duty!.verdict]]).to.deep.equal([null, null, 'pending']);
    });

    it('with extensions that were approved in time, each after the one before', async () => {
      const rule = of({ within: '30d', extends: "{ with: case.extensions, by: 30d, times: 2, if: level(x.level) >= 4 }" });
      const extension = (approvedAt: string, level = 'county') => ({ approvedAt, level });
      const months = async (...extensions: unknown[]) => (await due(rule, '2026-03-02 10:00', { extensions }))?.slice(0, 10);
      expect(await months()).to.equal('2026-04-01');
      expect(await months(extension('2026-04-01 23:59:59.999'))).to.equal('2026-05-06');
      expect(await months(extension('2026-04-02 00:00'))).to.equal('2026-04-01');
      expect(await months(extension('2026-03-30 10:00', 'station'))).to.equal('2026-04-01');
      expect(await months(extension('2026-03-30 10:00'), extension('2026-05-06 10:00'))).to.equal('2026-06-01');
      expect(await months(extension('2026-05-06 10:00'), extension('2026-03-30 10:00'))).to.equal('2026-06-01');
      expect(await months(extension('2026-03-30 10:00'), extension('2026-05-07 10:00'))).to.equal('2026-05-06');
      expect(await months(extension('2026-03-30 10:00'), extension('2026-04-30 10:00'), extension('2026-05-20 10:00'))).to.equal('2026-06-01');
    });

    it('with a due time that is a range in a year whose calendar is not published', async () => {
      const rule = of({ within: '5wd' });
      const at = async (decidedAt: string | undefined, now = late) => verdict(rule, { filedAt: '2027-03-01 10:00', ...(decidedAt && { decidedAt }) }, { now });
      expect(await at('2027-03-08 23:59:59.999')).to.equal('met');
      expect(await at('2027-03-09 00:00')).to.equal('unknown');
      expect(await at('2027-06-01 00:00')).to.equal('late');
      expect(await at(undefined, '2027-03-09 00:00')).to.equal('pending');
      expect(await at(undefined)).to.equal('overdue');
    });

    it('backwards and forwards without rolling', async () => {
      const moment = async (due: string, filedAt: string) => due_(of({ due, within: null }), filedAt);
      const due_ = async (rule: CompiledRule, filedAt: string) => due(rule, filedAt, { hearingAt: filedAt });
      expect(await moment('before(case.hearingAt, d(7))', '2026-03-20 09:00')).to.equal('2026-03-13 23:59:59.999');
      expect(await moment('before(case.hearingAt, wd(2))', '2026-02-24 09:00')).to.equal('2026-02-13 23:59:59.999');
      expect(await moment('before(case.hearingAt, wd(1))', '2026-02-18 09:00')).to.equal('2026-02-14 23:59:59.999');
      expect(await moment('before(case.hearingAt, h(48))', '2026-03-20 09:00')).to.equal('2026-03-18 09:00:00.000');
      expect(await moment('after(case.hearingAt, d(3))', '2026-02-13 09:00')).to.equal('2026-02-16 23:59:59.999');
      expect(await moment('after(case.hearingAt, mo(6))', '2026-08-31 09:00')).to.equal('2027-02-28 23:59:59.999');
    });
  });

  it('holds hostile texts as what they are', async () => {
    for (const text of ["'; DROP TABLE alarm; --", "o'brien", "''", '\\', "\\'", '\\\\', '"', '$1', '$$', '%s', '/*', "E'\\x", '\n', '文', '\u{1f600}', "') OR true --"]) {
      const cel = `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
      expect(await holds(`alarm.topic == ${cel} && alarm.place in [${cel}, "x"]`, { topic: text, place: text }), text).to.equal(true);
      expect(await holds(`alarm.topic == ${cel}`, { topic: `${text}x` }), text).to.equal(false);
    }
    const [row] = await db.database.transaction((tx) => tx.sql<{ n: number }>('SELECT count(*) AS n FROM alarm'));
    expect(row?.n).to.equal(0);
  });

  it('is the same text each time', () => {
    const keys = { when: '"alarm.dispatches.exists(d, d.officers.exists(o, o.unit.name == alarm.unit.name) && d.recordings.size() > 1)"', needs: '[a, b]' };
    expect(compiled(keys).sql).to.equal(compiled(keys).sql);
    expect(compiled(keys).countSql).to.equal(compiled(keys).countSql);
  });

  it('tells everything that it reads', () => {
    const rule = compiled({
      each: 'd in alarm.dispatches', opens: 'd.sentAt', met: 'earliest(d.recordings.map(r, r.startedAt))', owes: 'd.officer',
      when: '"d.officer.qualified && alarm.case.lead.unit.area == null && alarm.case.items.exists(i, i.value > 1)"',
    });
    expect(rule.reads).to.deep.equal([
      'alarm.case', 'alarm.unit', 'alarm_dispatch.id', 'alarm_dispatch.officer', 'alarm_dispatch.sentAt', 'case.lead', 'item.case', 'item.value', 'link.1',
      'person.kind', 'person.qualification', 'person.unit', 'recording.startedAt', 'unit.area',
    ]);
  });

  it('inlines the calendar and finds one subject by its index', async () => {
    await db.database.transaction(async (tx) => {
      const plan = async (sql: string, values: unknown[]) => (await tx.sql<{ 'QUERY PLAN': string }>(`EXPLAIN (VERBOSE) ${sql}`, values)).map((row) => row['QUERY PLAN']).join('\n');
      const rule = compiled({ subject: 'case', opens: 'case.filedAt', met: 'case.decidedAt', within: '30d', rolls: 'false' });
      const batch = await plan(rule.brokenSql, [new Date(0)]);
      expect(batch).to.not.contain('end_of(').and.not.contain('local_day(');
      await tx.sql('SET LOCAL enable_seqscan = off');
      expect(await plan(rule.sql, [['00000000-0000-7000-8000-000000000001'], new Date(0)])).to.match(/Index (Only )?Scan using case_pkey/);
    });
  });

  describe('says', () => {
    const sentence = async (zh: string, en: string, given: Record<string, unknown>, now = late): Promise<{ zh: string; en: string }> => {
      const rule = compiled({ says: `\n  zh: '${zh}'\n  en: '${en}'`, warn: '2h', params: '{ limit: 8m, share: 0.95 }' });
      let text = { zh: '', en: '' };
      await undone(db.database.transaction(async (tx) => {
        await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
        const id = await insertGiven(tx, 'alarm', given);
        const [subject] = await loadSubjects(tx, registry, 'alarm', [id]);
        for (const { name, values } of rule.params) for (const { key, amount } of values) await tx.sql('INSERT INTO rule_param (rule_code, name, key, amount) VALUES ($1, $2, $3, $4)', [rule.code, name, key, amount]);
        const context = await judgeContext(tx, [{ rule }] as never, instantOf(now));
        text = rule.sentence(subject!, rule.judge(subject!, context)[0]!, context);
        throw new Undo();
      }));
      return text;
    };

    it('instants, durations, options, people and limits in the official style', async () => {
      const said = await sentence(
        '{alarm.unit}{alarm.receivedAt}接报，{alarm.handledAt}处置，用时{met - opens}，超过{over}，等级{alarm.priority}，{alarm.receivedBy}，{params.limit}，{params.share}，{alarm.complex}{alarm.topic}',
        '{alarm.unit}: received {alarm.receivedAt}, handled {met}, {met - opens}, {over} late, {alarm.priority}, {params.limit}',
        { receivedAt: '2026-03-02 08:02', handledAt: '2026-03-03 09:17:30', priority: 'urgent', receivedBy: 'police-1', complex: true },
        '2026-04-01 00:00',
      );
      expect(said.zh).to.equal('北门派出所3月2日08时02分接报，3月3日09时17分处置，用时1天1小时，超过1小时15分钟，等级紧急，police-1，8分钟，95%，是');
      expect(said.en).to.equal('北门派出所: received 2 Mar 2026 08:02, handled 3 Mar 2026 09:17, 1 d 1 h, 1 h 15 min late, Urgent, 8 min');
    });

    it('a date once, the year where it is another, and nothing for what is missing', async () => {
      const said = await sentence('{opens}至{due}，办结{met}，超过{over}', '{opens}', { receivedAt: '2025-12-31 08:00' }, '2026-01-01 08:00:42');
      expect(said.zh).to.equal('2025年12月31日08时00分至1月1日08时00分，办结，超过42秒');
      const same = await sentence('{alarm.receivedAt}、{alarm.reportedAt}', 'a', { receivedAt: '2026-03-02 08:00', reportedAt: '2026-03-02 08:03' }, '2026-03-09 00:00');
      expect(same.zh).to.equal('3月2日08时00分、08时03分');
    });
  });
});
