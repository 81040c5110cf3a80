import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { type Log, openLog, type Trace } from './trace.ts';
import { demandData, skipped } from './world.ts';

/** The fines of a local police, a trace a fine, events in the order of the file. */
function read(folder: string): Trace[] {
  const rows: Record<string, string>[] = parse(
    gunzipSync(readFileSync(join(folder, 'rtfm_first30000_cases.csv.gz'))).toString('utf8'),
    { columns: true },
  );
  const traces = new Map<string, Trace>();
  for (const row of rows) {
    const number = row['case:concept:name'] ?? '';
    const at = new Date(row['time:timestamp'] ?? '');
    const trace = traces.get(number) ?? { number, startedAt: at, events: [] };
    traces.set(number, trace);
    trace.events.push({ activity: row['concept:name'] ?? '', at });
  }
  return [...traces.values()];
}

describe(`the fines of a local police${skipped('fines')}`, function () {
  this.timeout(600_000);
  let log: Log;
  let reference: Record<string, Record<string, number> | number>;

  before(async function () {
    const folder = demandData('fines', this);
    reference = JSON.parse(readFileSync(join(folder, 'reference_first30000.json'), 'utf8'));
    log = await openLog('fines', read(folder));
  });
  after(() => log?.close());

  it('are all there', async () => {
    const [rows] = await log.sql(
      'SELECT (SELECT count(*) FROM trace) AS cases, (SELECT count(*) FROM trace_event) AS events',
    );
    expect(rows).to.deep.equal({ cases: reference['cases'], events: reference['events'] });
  });

  for (const [rule, name] of [
    ['FIN-01', 'D1 Create Fine -> Send Fine <=90 calendar days'],
    ['FIN-02', 'D2 Send Fine -> Payment <=60'],
    ['FIN-03', 'D3 Insert Fine Notification -> Payment <=60'],
    ['FIN-04', 'D4 Send Fine -> Insert Fine Notification <=90'],
  ] as const) {
    it(`give the reference numbers of ${name}, in PostgreSQL and in memory`, async () => {
      const { activated, ok, late, never } = reference[name] as Record<string, number>;
      const wanted = { met: ok, late, overdue: never };

      expect(log.verdicts(rule)).to.deep.equal(wanted);
      expect((await log.inMemory(rule)).verdicts).to.deep.equal(wanted);
      expect((ok ?? 0) + (late ?? 0) + (never ?? 0)).to.equal(activated);
    });
  }

  it('have their penalty exactly sixty calendar days after the notification, over every clock change', async () => {
    const [all] = reference['IFN -> Add penalty exactly 60 calendar days'] as unknown as [number, number];

    expect(log.verdicts('FIN-05')).to.deep.equal({ met: all });
    expect(log.verdicts('FIN-06')).to.deep.equal({ late: all });
    expect((await log.inMemory('FIN-05')).verdicts).to.deep.equal({ met: all });
    expect((await log.inMemory('FIN-06')).verdicts).to.deep.equal({ late: all });
  });

  it('would be wrongly called early or late by counting 60 × 24 hours', async () => {
    const rows = await log.sql<{ hours: number; n: number }>(
      `SELECT (extract(epoch FROM b.at - a.at) / 3600)::int AS hours, count(*) AS n
       FROM trace_event a JOIN trace_event b ON b.trace_id = a.trace_id AND b.activity = 'Add penalty' AND b.idx > a.idx
       WHERE a.activity = 'Insert Fine Notification' GROUP BY 1 ORDER BY 1`,
    );
    expect(rows.map(({ hours }) => hours)).to.deep.equal([1439, 1440, 1441]);
    expect(rows.map(({ n }) => n)).to.deep.equal(reference['IFN -> Add penalty elapsed hours 1439/1440/1441']);
  });

  for (const [rule, name] of [
    ['FIN-07', 'not co-existence Payment / Send for Credit Collection: violating traces'],
    ['FIN-08', 'absence2(Payment) violating traces'],
    ['FIN-09', 'precedence(Send Appeal to Prefecture -> Receive Result Appeal) violations'],
  ] as const) {
    it(`give the reference number of ${name}`, async () => {
      expect(log.verdicts(rule).overdue).to.equal(reference[name]);
      expect((await log.inMemory(rule)).verdicts.overdue).to.equal(reference[name]);
    });
  }
});
