import { expect } from 'chai';
import type { Tx } from '../../server/kernel/database.ts';
import type { CompiledRule } from '../../server/rules/rule.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { compiled } from './rule-text.ts';
import { late, names, twice } from './twice.ts';
import { instantOf, populate } from './world.ts';

describe('A duty', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(populate);
  });
  after(() => db.drop());
  const { judged, verdict } = twice(() => db);

  describe('gives verdicts', () => {
    const rule = compiled({
      needs: '[dispatch]',
      within: 'params.limit[alarm.area]',
      params: '{ limit: { urban: 8m, rural: 60m } }',
      excused: 'alarm.complex',
      warn: '2m',
    });
    const given = (handledAt?: string, rest: Record<string, unknown> = {}) => ({
      area: 'urban',
      receivedAt: '2026-03-02 08:00',
      ...(handledAt && { handledAt: `2026-03-02 ${handledAt}` }),
      ...rest,
    });
    const feed =
      (...intervals: [from: string, to: string | null][]) =>
      async (tx: Tx) => {
        for (const [from, to] of intervals)
          await tx.sql('INSERT INTO feed_interval (feed, from_at, to_at) VALUES ($1, $2, $3)', [
            'dispatch',
            instantOf(from),
            to && instantOf(to),
          ]);
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
      expect(
        await verdict(compiled({ due: 'alarm.calledBackAt' }), given('07:59', { calledBackAt: '2026-03-02 08:30' })),
      ).to.equal('met');
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
    it('by the deliveries of its nearest unit that has any, never by those of another', async () => {
      const told =
        (...rows: [unit: number | null, from: string, to: string | null][]) =>
        async (tx: Tx) => {
          for (const [unit, from, to] of rows)
            await tx.sql('INSERT INTO feed_interval (feed, unit_id, from_at, to_at) VALUES ($1, $2, $3, $4)', [
              'dispatch',
              unit,
              instantOf(from),
              to && instantOf(to),
            ]);
        };
      const now = '2026-03-02 09:00';
      const all = ['2000-01-01 00:00', null] as const;
      const day = ['2000-01-01 00:00', '2026-03-01 00:00'] as const;
      const by = (...rows: Parameters<typeof told>) => verdict(rule, given(), { now, before: told(...rows) });
      expect(await by([null, ...all], [12, ...day])).to.equal('overdue');
      expect(await by([null, ...all], [11, ...day])).to.equal('unknown');
      expect(await by([null, ...day], [11, ...all])).to.equal('overdue');
      expect(await by([null, ...day], [12, ...all])).to.equal('unknown');
      expect(await by([null, ...day], [1, ...all])).to.equal('overdue');
      expect(await by([1, ...day], [11, ...all])).to.equal('overdue');
      expect(await by([1, ...all], [11, ...day])).to.equal('unknown');
    });
    it('excused by its condition, or by a decision that has not run out', async () => {
      expect(await verdict(rule, given('08:30', { complex: true }), at('09:00'))).to.equal('excused');
      const excuse = (until: string | null) => async (tx: Tx, id: string) => {
        await always(tx);
        await tx.sql(
          `INSERT INTO excuse (rule_id, subject_id, occurrence, reason, until) VALUES (1, $1, '00000000-0000-0000-0000-000000000000', 'x', $2)`,
          [id, until && instantOf(until)],
        );
      };
      const now = '2026-03-02 09:00';
      expect(await verdict(rule, given(), { now, before: excuse(null) })).to.equal('excused');
      expect(await verdict(rule, given(), { now, before: excuse('2026-03-02 09:00:00.001') })).to.equal('excused');
      expect(await verdict(rule, given(), { now, before: excuse(now) })).to.equal('overdue');
    });
    it('by the parameter of the nearest unit on the day of the opening', async () => {
      const own =
        (...rows: [unit: number | null, from: string, to: string | null, amount: number][]) =>
        async (tx: Tx) => {
          await always(tx);
          for (const [unit, from, to, amount] of rows)
            await tx.sql(
              `INSERT INTO rule_param (rule_code, name, key, unit_id, from_on, to_on, amount) VALUES ($1, 'limit', 'urban', $2, $3, $4, $5)`,
              [rule.code, unit, from, to, amount],
            );
        };
      const due = async (...rows: Parameters<typeof own>) =>
        (await judged(rule, given(), { now: late, before: own(...rows) }))[0]?.dueAt?.toISOString().slice(11, 16);
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
      expect((await judged(grave, given(undefined, { reReports: 2 }))).map(({ severity }) => severity)).to.deep.equal([
        3,
      ]);
    });
  });

  describe('counts time', () => {
    const of = (keys: Record<string, string | null>) =>
      compiled({ subject: 'case', opens: 'case.filedAt', met: 'case.decidedAt', ...keys });
    const due = async (
      rule: CompiledRule,
      filedAt: string,
      rest: Record<string, unknown> = {},
    ): Promise<string | undefined> => {
      const [duty] = await judged(rule, { filedAt, ...rest });
      return duty?.dueAt
        ? new Date(duty.dueAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ')
        : undefined;
    };
    const cases: [
      what: string,
      keys: Record<string, string | null>,
      filedAt: string,
      due: string,
      rest?: Record<string, unknown>,
    ][] = [
      ['hours as elapsed time', { within: '24h' }, '2026-02-15 10:00', '2026-02-16 10:00:00.000'],
      [
        'days to the end of the last, rolled over the spring festival',
        { within: '3d' },
        '2026-02-13 10:00',
        '2026-02-24 23:59:59.999',
      ],
      ['days where a person is held', { within: '3d', rolls: 'false' }, '2026-02-13 10:00', '2026-02-16 23:59:59.999'],
      ['working days with a worked Saturday', { within: '2wd' }, '2026-02-13 10:00', '2026-02-24 23:59:59.999'],
      [
        'months to the last of a short one',
        { within: '1mo', rolls: 'false' },
        '2026-01-31 10:00',
        '2026-02-28 23:59:59.999',
      ],
      [
        'a limit that depends on facts',
        { within: "'case.complex ? d(3) : h(24)'" },
        '2026-03-02 10:00',
        '2026-03-03 10:00:00.000',
      ],
      [
        'pauses of days',
        { within: '30d', pauses: 'case.suspensions' },
        '2026-03-02 10:00',
        '2026-04-21 23:59:59.999',
        { suspensions: [{ startedAt: '2026-03-10 10:00', endedAt: '2026-03-30 10:00' }] },
      ],
      [
        'pauses that overlap once',
        { within: '24h', pauses: 'case.suspensions' },
        '2026-03-02 10:00',
        '2026-03-03 14:00:00.000',
        {
          suspensions: [
            { startedAt: '2026-03-02 11:00', endedAt: '2026-03-02 14:00' },
            { startedAt: '2026-03-02 12:00', endedAt: '2026-03-02 15:00' },
          ],
        },
      ],
      [
        'a pause before the opening by what lies after it',
        { within: '24h', pauses: 'case.suspensions' },
        '2026-03-02 10:00',
        '2026-03-03 12:00:00.000',
        { suspensions: [{ startedAt: '2026-03-01 11:00', endedAt: '2026-03-02 12:00' }] },
      ],
      [
        'no pause that starts after the due time',
        { within: '24h', pauses: 'case.suspensions' },
        '2026-03-02 10:00',
        '2026-03-03 10:00:00.000',
        { suspensions: [{ startedAt: '2026-03-03 10:00:00.001', endedAt: '2026-03-04 10:00' }] },
      ],
    ];
    for (const [what, keys, filedAt, expected, rest] of cases) {
      it(what, async () => expect(await due(of(keys), filedAt, rest)).to.equal(expected));
    }

    it('and stands still in an open pause', async () => {
      const [duty] = await judged(of({ within: '24h', pauses: 'case.suspensions', warn: '1d' }), {
        filedAt: '2026-03-02 10:00',
        suspensions: [{ startedAt: '2026-03-02 11:00' }],
      });
      expect([duty?.dueAt, duty?.warnAt, names[duty!.verdict]]).to.deep.equal([null, null, 'pending']);
    });

    it('with extensions that were approved in time, each after the one before', async () => {
      const rule = of({
        within: '30d',
        extends: '{ with: case.extensions, by: 30d, times: 2, if: level(x.level) >= 4 }',
      });
      const extension = (approvedAt: string, level = 'county') => ({ approvedAt, level });
      const months = async (...extensions: unknown[]) =>
        (await due(rule, '2026-03-02 10:00', { extensions }))?.slice(0, 10);
      expect(await months()).to.equal('2026-04-01');
      expect(await months(extension('2026-04-01 23:59:59.999'))).to.equal('2026-05-06');
      expect(await months(extension('2026-04-02 00:00'))).to.equal('2026-04-01');
      expect(await months(extension('2026-03-30 10:00', 'station'))).to.equal('2026-04-01');
      expect(await months(extension('2026-03-30 10:00'), extension('2026-05-06 10:00'))).to.equal('2026-06-01');
      expect(await months(extension('2026-05-06 10:00'), extension('2026-03-30 10:00'))).to.equal('2026-06-01');
      expect(await months(extension('2026-03-30 10:00'), extension('2026-05-07 10:00'))).to.equal('2026-05-06');
      expect(
        await months(extension('2026-03-30 10:00'), extension('2026-04-30 10:00'), extension('2026-05-20 10:00')),
      ).to.equal('2026-06-01');
    });

    it('with a due time that is a range in a year whose calendar is not published', async () => {
      const rule = of({ within: '5wd' });
      const at = async (decidedAt: string | undefined, now = late) =>
        verdict(rule, { filedAt: '2027-03-01 10:00', ...(decidedAt && { decidedAt }) }, { now });
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
});
