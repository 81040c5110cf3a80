import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { demandData, openWorld, skipped, type World } from './world.ts';

const file = 'decc_cad_dev.csv.gz';
const agencies = { ALL: ['POLICE', 'FIRE', 'EMS'], POLICE: ['POLICE'] };
type Part = keyof typeof agencies;

/** Numbers that are no verdicts, of the units in $1. */
const facts = `
  SELECT count(*) AS rows,
    count(*) FILTER (WHERE a.number IS NULL) AS blank_incident_no,
    count(*) FILTER (WHERE d.arrived_at IS NULL) AS no_arrival,
    count(*) FILTER (WHERE a.handled_at IS NULL) AS no_final_close,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.arrived_at - a.received_at)) AS median_start_to_arrive_s,
    jsonb_build_object(
      'start->dispatch', count(*) FILTER (WHERE d.sent_at < a.received_at),
      'dispatch->arrive', count(*) FILTER (WHERE d.arrived_at < d.sent_at),
      'start->arrive', count(*) FILTER (WHERE d.arrived_at < a.received_at)) AS negative,
    count(*) FILTER (WHERE a.source_row->'columns'->>'Call_Reopened' = '1') AS reopened,
    count(*) FILTER (WHERE p.number = a.source_row->'columns'->>'Dispatcher') AS same_call_taker_and_dispatcher
  FROM alarm a JOIN unit u ON u.id = a.unit_id
    LEFT JOIN alarm_dispatch d ON d.alarm_id = a.id LEFT JOIN person p ON p.id = a.received_by_id
  WHERE u.code = ANY($1)`;

describe(`the dispatch log of a city${skipped('dispatch')}`, function () {
  this.timeout(600_000);
  let world: World;
  let reference: Record<Part, Record<string, unknown>>;

  before(async function () {
    const folder = demandData('dispatch', this);
    reference = JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8'));
    world = await openWorld('dispatch');
  });
  after(() => world?.close());

  const numbers = async (part: Part): Promise<Record<string, unknown>> => {
    const [row] = await world.sql<Record<string, unknown>>(facts, [agencies[part]]);
    const stored = await world.stored('unit');
    const late = (rule: string) =>
      agencies[part].reduce((sum, unit) => sum + (stored[`${rule} ${unit}`]?.['late'] ?? 0), 0);
    return {
      ...row,
      start_to_dispatch_gt120s: late('RDC-01'),
      dispatch_to_arrive_gt900s: late('RDC-02'),
      start_to_arrive_gt600s: late('RDC-03'),
    };
  };
  const everything = async () => ({
    ALL: await numbers('ALL'),
    POLICE: await numbers('POLICE'),
    steps: await world.sql('SELECT count(*) AS n FROM step'),
    alarms: await world.sql(
      `SELECT md5(string_agg(a::text || d::text, '' ORDER BY a.id)) FROM alarm a JOIN alarm_dispatch d ON d.alarm_id = a.id`,
    ),
  });
  let first: Awaited<ReturnType<typeof everything>>;

  it('imports the agencies, the staff and every incident', async () => {
    expect(await world.load('units.yml', file)).to.include({ rows: 20_213, in: 3, known: 20_210, wrong: 0 });
    // 31 incidents name no call taker
    expect(await world.load('call-takers.yml', file)).to.include({ in: 182, wrong: 31 });
    expect(await world.load('alarms.yml', file)).to.include({ rows: 20_213, in: 20_213, known: 0, wrong: 0 });
  });

  for (const part of ['ALL', 'POLICE'] as const) {
    it(`gives the reference numbers of ${part}`, async () => {
      expect(await numbers(part)).to.deep.equal(reference[part]);
    });
  }

  it('never breaks a limit for want of a time: late is the only broken verdict, and nothing is unknown', async () => {
    const counted = await world.counted();

    for (const { verdicts } of counted) expect(verdicts).to.include({ overdue: 0, unknown: 0, pending: 0 });
    expect(counted.map(({ rule, obligations }) => [rule, obligations])).to.deep.equal([
      ['RDC-01', 20_213],
      ['RDC-02', 20_213 - 2449],
      ['RDC-03', 20_213 - 2449],
    ]);
  });

  it('judges on change as it does over everything', async () => {
    const stored = await world.stored();

    for (const { rule, verdicts } of await world.counted())
      expect(stored[rule]).to.deep.equal(Object.fromEntries(Object.entries(verdicts).filter(([, n]) => n > 0)));
  });

  it('leads every verdict back to its line in the file', async () => {
    const [late] = await world.sql<{ line: number; file: string; number: string }>(
      `SELECT (a.source_row->>'line')::int AS line, a.source_row->>'file' AS file, a.number FROM obligation o JOIN alarm a ON a.id = o.subject_id
       WHERE o.verdict = 3 ORDER BY 1 LIMIT 1`,
    );
    expect(late).to.deep.equal({ line: 2, file, number: '25-071089' });
  });

  it('changes nothing when it runs a second time', async () => {
    first = await everything();
    expect(await world.load('units.yml', file)).to.include({ in: 0 });
    expect(await world.load('alarms.yml', file)).to.include({ rows: 20_213, in: 0, known: 20_213, wrong: 0 });
    expect(await everything()).to.deep.equal(first);
  });

  it('leaves a ledger that verifies', async () => {
    expect(await world.ledgerIsClean()).to.equal(true);
  });
});
