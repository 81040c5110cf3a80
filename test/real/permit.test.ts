import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { type Log, openLog, type Trace } from './trace.ts';
import { demandData, skipped } from './world.ts';

const instant = (text: string | undefined): Date | undefined => (text ? new Date(text) : undefined);

/** The receipt phase of environmental permits, a trace an application, events in the order of the file. */
function read(folder: string): Trace[] {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'receipt.csv'), 'utf8'), { columns: true });
  const traces = new Map<string, Trace>();
  for (const row of rows) {
    const number = row['case:concept:name'] ?? '';
    const [startedAt, deadline, plannedEnd, endedAt] = [
      row['case:startdate'],
      row['case:deadline'],
      row['case:enddate_planned'],
      row['case:enddate'],
    ].map(instant);
    const trace = traces.get(number) ?? {
      number,
      startedAt: startedAt ?? new Date(Number.NaN),
      ...(deadline && { deadline }),
      ...(plannedEnd && { plannedEnd }),
      ...(endedAt && { endedAt }),
      events: [],
    };
    traces.set(number, trace);
    trace.events.push({
      activity: row['concept:name'] ?? '',
      at: new Date(row['time:timestamp'] ?? ''),
      resource: row['org:resource'] ?? '',
    });
  }
  return [...traces.values()];
}

type Reference = Record<string, number & number[] & Record<string, number> & [number, number][]>;

const fourEyes = {
  'PRM-05': 'four_eyes(T02 Check confirmation of receipt | T03 Adjust confirmation of receipt)',
  'PRM-06': 'four_eyes(Confirmation of receipt | T02 Check confirmation of receipt)',
  'PRM-07': 'four_eyes(T04 Determine confirmation of receipt | T05 Print and send confirmation of receipt)',
  'PRM-08': 'four_eyes(Confirmation of receipt | T05 Print and send confirmation of receipt)',
  'PRM-09': 'four_eyes(T06 Determine necessity of stop advice | T10 Determine necessity to stop indication)',
};

const orders = {
  'PRM-10': 'response(Confirmation of receipt,T02)',
  'PRM-11': 'response(T04,T05)',
  'PRM-12': 'precedence(T02,T04)',
  'PRM-13': 'precedence(T04,T05)',
  'PRM-14': 'response(T06,T10)',
};

describe(`the receipt of permits${skipped('permit')}`, function () {
  this.timeout(600_000);
  let log: Log;
  let reference: Reference;

  before(async function () {
    const folder = demandData('permit', this);
    reference = JSON.parse(readFileSync(join(folder, 'receipt_reference.json'), 'utf8'));
    log = await openLog('permit', read(folder));
  });
  after(() => log?.close());

  const both = async (rule: string) => {
    const inSql = log.verdicts(rule);
    expect((await log.inMemory(rule)).verdicts).to.deep.equal(inSql, `${rule} in memory`);
    return inSql;
  };

  it('is all there', async () => {
    const [row] = await log.sql<Record<string, number>>(
      `SELECT (SELECT count(*) FROM trace) AS cases, count(*) AS events, count(DISTINCT activity) AS activities,
         count(DISTINCT resource) AS resources FROM trace_event`,
    );
    const activities = await log.sql<{ activity: string; n: number }>(
      'SELECT activity, count(*) AS n FROM trace_event GROUP BY 1',
    );
    const [dates] = await log.sql(
      'SELECT count(deadline) AS deadline, count(ended_at) AS ended, count(planned_end) AS planned FROM trace',
    );
    expect(Object.values(row ?? {})).to.deep.equal(reference['cases/events/activities/resources']);
    expect(Object.fromEntries(activities.map(({ activity, n }) => [activity, n]))).to.deep.equal(
      reference['activity counts'],
    );
    expect(dates).to.deep.equal({
      deadline: reference['deadline present (cases)'],
      ended: reference['enddate present'],
      planned: reference['planned end present'],
    });
  });

  it('keeps or breaks its deadline as the reference says', async () => {
    const { late, overdue } = await both('PRM-01');

    expect(late).to.equal(reference['enddate > deadline']);
    expect(overdue).to.equal(Number(reference['deadline present (cases)']) - Number(reference['enddate present']));
    expect((await both('PRM-02')).overdue).to.equal(reference['deadline == planned end']);
    expect((await both('PRM-03')).overdue).to.equal(reference['last event later than case deadline']);
    expect((await both('PRM-04')).overdue).to.equal(reference['events before case startdate']);
  });

  it('counts the days from start to deadline by calendar date of the office', async () => {
    const rows = await log.sql<{ days: number; n: number }>(
      `SELECT (deadline AT TIME ZONE 'Europe/Amsterdam')::date - (started_at AT TIME ZONE 'Europe/Amsterdam')::date AS days, count(*) AS n
       FROM trace GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 6`,
    );
    expect(rows.map(({ days, n }) => [days, n])).to.deep.equal(
      reference['deadline-startdate calendar days histogram top6'],
    );
  });

  for (const [rule, name] of Object.entries(fourEyes)) {
    it(`finds the same person at both desks: ${name}`, async () => {
      const { met = 0, overdue = 0 } = await both(rule);

      expect({ traces_with_both: met + overdue, same_person: overdue, ok: met }).to.deep.equal(reference[name]);
    });
  }

  for (const [rule, name] of Object.entries(orders)) {
    it(`judges ${name}`, async () => {
      const { met = 0, overdue = 0 } = await both(rule);

      expect({ act: met + overdue, viol: overdue, traces: log.broken(rule).size }).to.deep.equal(reference[name]);
    });
  }

  it('sends its confirmation as late as the reference says', async () => {
    const [row] = await log.sql<{ n: number; median: number }>(
      `SELECT count(*) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM sent - first)) AS median FROM (
         SELECT min(at) AS first, min(at) FILTER (WHERE activity = 'T05 Print and send confirmation of receipt') AS sent
         FROM trace_event GROUP BY trace_id) t WHERE sent IS NOT NULL`,
    );
    const [day, week, fortnight] = [await both('PRM-15'), await both('PRM-16'), await both('PRM-17')];
    const [n = 0, median = 0, ...late] = reference['first event -> first T05 seconds n/median/>1d/>7d/>14d'] ?? [];

    expect(row?.n).to.equal(n);
    expect(row?.median).to.be.closeTo(median, 0.001);
    expect([day.late, week.late, fortnight.late]).to.deep.equal(late);
  });
});
