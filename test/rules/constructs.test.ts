import { expect } from 'chai';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { compiled } from './rule-text.ts';
import { twice } from './twice.ts';
import { cast, populate } from './world.ts';

/** Every construct of audit-rules/language.md with facts that it turns on, in SQL and in memory. */
describe('Each construct of the language', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(populate);
  });
  after(() => db.drop());
  const { judged, verdict, holds } = twice(() => db);

  const sent = (...times: string[]) => ({ dispatches: times.map((sentAt) => ({ sentAt: `2026-03-02 ${sentAt}` })) });
  const phone = (...others: Record<string, unknown>[]) => ({ callerPhone: '19900000001', samePhone: others });
  const cases: [when: string, given: Record<string, unknown>, holds: boolean][] = [
    ["alarm.dispatches.exists(d, d.arrivalSource == 'camera')", { dispatches: [{ arrivalSource: 'camera' }] }, true],
    ["alarm.dispatches.exists(d, d.arrivalSource == 'camera')", { dispatches: [{ arrivalSource: 'manual' }] }, false],
    ['alarm.dispatches.exists(d, true) && !alarm.dispatches.all(d, false)', { dispatches: [{}] }, true],
    ['alarm in alarm.case.alarms', { case: {} }, true],
    ['alarm in alarm.samePhone', phone({}), false],
    ['alarm.dispatches.all(d, d.sentAt >= alarm.receivedAt)', sent('08:00', '09:00'), true],
    ['alarm.dispatches.all(d, d.sentAt >= alarm.receivedAt)', sent('07:59', '09:00'), false],
    ['alarm.dispatches.filter(d, d.sentAt > alarm.receivedAt).size() == 1', sent('08:00', '08:01'), true],
    ['alarm.dispatches.count() == 2 && size(alarm.dispatches) == 2', sent('08:00', '08:01'), true],
    ['first(alarm.dispatches).sentAt < last(alarm.dispatches).sentAt', sent('08:00', '08:01'), true],
    ['first(alarm.dispatches).sentAt < alarm.dispatches.last().sentAt', sent('08:01', '08:00'), false],
    ['alarm.dispatches.map(d, d.sentAt).min() == first(alarm.dispatches).sentAt', sent('08:00', '08:01'), true],
    ['max(alarm.dispatches.map(d, d.sentAt)) == first(alarm.dispatches).sentAt', sent('08:02', '08:01'), true],
    [
      'sum(alarm.dispatches.map(d, d.sentAt - alarm.receivedAt)) == alarm.handledAt - alarm.receivedAt',
      { ...sent('08:01', '08:02'), handledAt: '2026-03-02 08:03' },
      true,
    ],
    ['alarm.items.map(i, i.value).sum() == 0.3', { items: [{ value: 0.1 }, { value: 0.2 }] }, true],
    ['alarm.items.all(i, i.value > 1000.0)', { items: [{ value: 1000.01 }, { value: 1000 }] }, false],
    ['min(alarm.reReports, 2) + max(1, 3) * 2 - 1 == 6', { reReports: 1 }, true],
    ['-alarm.reReports < 0', { reReports: 1 }, true],
    ['alarm.reReports in [1, 3]', { reReports: 3 }, true],
    ['earliest([alarm.receivedAt, alarm.handledAt]) == alarm.handledAt', { handledAt: '2026-03-02 07:00' }, true],
    ['latest([alarm.receivedAt, alarm.handledAt]) == alarm.handledAt', { handledAt: '2026-03-02 09:00' }, true],
    ['allOf([alarm.receivedAt, alarm.handledAt]) == alarm.handledAt', { handledAt: '2026-03-02 09:00' }, true],
    ['after(alarm.receivedAt, m(15)) == alarm.handledAt', { handledAt: '2026-03-02 08:15' }, true],
    ['after(alarm.receivedAt, d(1)) == alarm.handledAt', { handledAt: '2026-03-03 23:59:59.999' }, true],
    ['after(alarm.receivedAt, wd(5)) == alarm.handledAt', { handledAt: '2026-03-09 23:59:59.999' }, true],
    ['before(alarm.receivedAt, wd(1)) == alarm.handledAt', { handledAt: '2026-02-28 23:59:59.999' }, true],
    ['before(alarm.receivedAt, mo(1)) == alarm.handledAt', { handledAt: '2026-02-02 23:59:59.999' }, true],
    // the zone is the bureau's: 1 January there is 31 December in Greenwich
    ['year(alarm.handledAt) == 2026', { handledAt: '2026-01-01 00:00' }, true],
    ['year(alarm.handledAt) == 2025', { handledAt: '2025-12-31 23:59:59.999' }, true],
    ['year(alarm.handledAt) == null && date(alarm.handledAt) == null', {}, true],
    ['year(date(alarm.handledAt)) == 2026', { handledAt: '2026-01-01 00:00' }, true],
    ['date(alarm.handledAt) == date(alarm.receivedAt)', { handledAt: '2026-03-02 23:59:59.999' }, true],
    ['date(alarm.handledAt) > date(alarm.receivedAt)', { handledAt: '2026-03-03 00:00' }, true],
    [
      'alarm.dispatches.exists(d, d.alarm == alarm && d.alarm.reReports == 2)',
      { reReports: 2, dispatches: [{}] },
      true,
    ],
    [
      'alarm.dispatches.exists(d, first(d.officers) == last(d.officers))',
      { dispatches: [{ officers: ['police-1'] }] },
      true,
    ],
    [
      "alarm.dispatches.exists(d, first(d.officers).name == 'police-3' && last(d.officers).name == 'police-1')",
      { dispatches: [{ officers: ['police-3', 'police-2', 'police-1', 'police-3'] }] },
      true,
    ],
    ['alarm.samePhone.size() == 2', phone({}, {}), true],
    ['alarm.samePhone.size() == 0', { callerPhone: '19900000001' }, true],
    // missing keys match nothing, another's key neither
    ['alarm.samePhone.size() == 0', { samePhone: [{}, { callerPhone: '19900000001' }] }, true],
    ['alarm.samePhone.exists(o, o.samePhone.exists(x, x == alarm))', phone({}), true],
    ['alarm.samePhone.exists(o, o == alarm)', phone({}), false],
    [
      'last(alarm.samePhone).receivedAt > first(alarm.samePhone).receivedAt',
      phone({ receivedAt: '2026-03-01 08:00' }, { receivedAt: '2026-02-01 08:00' }),
      true,
    ],
    ['alarm.samePhone.exists(o, o.dispatches.exists(d, d.sentAt != null))', phone(sent('08:00')), true],
  ];
  for (const [when, given, expected] of cases) {
    it(`${when}, ${JSON.stringify(given)}: ${expected}`, async () => {
      expect(await holds(when, given)).to.equal(expected);
    });
  }

  it('makes a duty of every part, and of every related row', async () => {
    const parts = compiled({ each: 'd in alarm.dispatches', opens: 'd.sentAt', within: '3m', met: 'd.arrivedAt' });
    const given = {
      dispatches: [
        { sentAt: '2026-03-02 08:00', arrivedAt: '2026-03-02 08:03' },
        { sentAt: '2026-03-02 08:00', arrivedAt: '2026-03-02 08:03:00.001' },
        {},
        { sentAt: '2026-03-02 08:00' },
      ],
    };
    expect(await verdict(parts, given)).to.equal('met late overdue');
    const related = compiled({ each: 'o in alarm.samePhone', opens: 'o.receivedAt', require: 'o.complex', met: null });
    const others = [{ receivedAt: '2026-03-02 08:00', complex: true }, { receivedAt: '2026-03-02 08:00' }, {}];
    expect((await verdict(related, phone(...others))).split(' ').sort()).to.deep.equal(['met', 'overdue']);
    const linked = compiled({
      subject: 'shift',
      each: 'r in shift.recordings',
      opens: 'r.endedAt',
      within: '24h',
      met: 'r.uploadedAt',
    });
    const recordings = [{ endedAt: '2026-03-02 08:00', uploadedAt: '2026-03-03 08:00' }, {}];
    expect(await verdict(linked, { recordings })).to.equal('met');
  });

  it('counts one extension where nothing is said of times', async () => {
    const rule = (times: string) =>
      compiled({
        subject: 'case',
        opens: 'case.filedAt',
        met: 'case.decidedAt',
        within: '24h',
        extends: `{ with: case.extensions, by: 24h${times} }`,
      });
    const given = {
      filedAt: '2026-03-02 08:00',
      extensions: [{ approvedAt: '2026-03-02 09:00' }, { approvedAt: '2026-03-02 10:00' }],
    };
    const due = async (times: string) => (await judged(rule(times), given))[0]?.dueAt?.toISOString().slice(0, 13);
    expect(await due('')).to.equal('2026-03-04T00');
    expect(await due(', times: 2')).to.equal('2026-03-05T00');
  });

  it('lets the first of several people owe', async () => {
    const rule = compiled({ each: 'd in alarm.dispatches', opens: 'd.sentAt', met: 'd.arrivedAt', owes: 'd.officers' });
    const owing = async (officers: string[]) =>
      (await judged(rule, { dispatches: [{ sentAt: '2026-03-02 08:00', officers }] })).map((duty) => duty.personId);
    expect(await owing(['police-3', 'police-1'])).to.deep.equal([cast['police-3']]);
    expect(await owing([])).to.deep.equal([null]);
  });

  it('sees what an officer does elsewhere at the same time, and whose that is', async () => {
    const rule = compiled({
      subject: 'stay',
      each: 'i in stay.interviews',
      opens: 'i.startedAt',
      within: null,
      met: null,
      require:
        "'i.clashes.all(c, c.stay.cause == stay.cause || earliest([i.endedAt, c.endedAt]) - latest([i.startedAt, c.startedAt]) <= m(2))'",
    });
    const clash = (startedAt: string, cause: string) => ({
      cause: 'A1',
      interviews: [
        {
          startedAt: '2026-03-02 10:00',
          endedAt: '2026-03-02 11:00',
          officers: ['police-1'],
          clashes: [{ startedAt: `2026-03-02 ${startedAt}`, endedAt: '2026-03-02 12:00', stay: { cause } }],
        },
      ],
    });
    expect(await verdict(rule, clash('10:58', 'A2'))).to.equal('met');
    expect(await verdict(rule, clash('10:57:59', 'A2'))).to.equal('overdue');
    expect(await verdict(rule, clash('10:00', 'A1'))).to.equal('met');
  });
});
