import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { queueImport } from '../../server/imports/import-run.ts';
import { MappingError } from '../../server/imports/mapping.ts';
import { parseMapping } from '../../server/imports/parse.ts';
import { type ImportOptions, type ImportResult, importFile, runQueued } from '../../server/imports/run.ts';
import { settableClock } from '../../server/kernel/clock.ts';
import { withClient } from '../../server/kernel/roles.ts';
import type { LedgerEntry, Runtime } from '../../server/kernel/unit-of-work.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { Registry } from '../../server/subjects/registry.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const registry = new Registry(subjectTypes);
const station = '990000000016';

const alarms = `
name: cad
target: alarm
key: [No]
zone: America/New_York
translations:
  channel: { phone: call_110, desk: walk_in }
steps:
  - verb: receive
    at: Received
    facts:
      number: No
      channel: { column: How, translate: channel }
      topic: Topic
      unit: Unit
      receivedBy: Taker
      reReports: Again
  - { verb: dispatch, part: d, at: Sent, facts: { unit: Unit, officers: Crew } }
  - { verb: arrive, part: d, at: Arrived }
`;
const header = 'No,How,Topic,Unit,Taker,Again,Sent,Crew,Arrived,Received,Weather';

describe('importing a file', () => {
  const clock = settableClock('2026-11-23T02:00:00Z');
  let folder: string;
  let db: TestDatabase;
  let runtime: Runtime;
  let ledger: LedgerEntry[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-import-'));
    db = await testDatabase();
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await db.drop();
  });
  beforeEach(async () => {
    await withClient(db.superUrl, async (client) => {
      // steps are append-only for everybody else
      await client.query(`SET session_replication_role = replica`);
      await client.query('TRUNCATE step, alarm, alarm_dispatch, link, import_run, person, unit CASCADE');
    });
    await sql(
      `INSERT INTO unit (id, code, name, short, kind, path) VALUES (16, '${station}', '北门派出所', '北门所', 'station', '{16}')`,
    );
    await sql(`INSERT INTO person (id, number, name, kind, unit_id) VALUES (1, '990001', '王强', 'police', 16)`);
    ledger = [];
    runtime = {
      database: db.database,
      clock,
      settle: async () => {},
      append: async (_uow, entries) => void ledger.push(...entries),
    };
  });

  const sql = <R extends object>(text: string, values: unknown[] = []): Promise<R[]> =>
    db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      return tx.sql<R>(text, values);
    });
  const count = async (table: string): Promise<number> =>
    (await sql<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n ?? 0;
  const load = (
    lines: string | Uint8Array,
    { mapping = alarms, name = 'a.csv', ...options }: ImportOptions & { mapping?: string; name?: string } = {},
  ): Promise<ImportResult> => {
    const path = join(folder, name);
    writeFileSync(path, lines);
    return importFile(runtime, registry, parseMapping('cad.yml', mapping, registry), path, options);
  };
  const row = (no: string, rest: Record<string, string> = {}): string => {
    const cells: Record<string, string> = {
      No: no,
      How: 'phone',
      Unit: station,
      Received: '2026-07-01 08:00:00',
      ...rest,
    };
    return header
      .split(',')
      .map((column) => cells[column] ?? '')
      .join(',');
  };
  const file = (...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;
  const errorsOf = (result: ImportResult): string[] =>
    readFileSync(result.errors ?? '', 'utf8')
      .split('\n')
      .slice(1)
      .filter(Boolean);
  const alarm = async (number: string) =>
    (await sql<Record<string, unknown>>('SELECT * FROM alarm WHERE number = $1', [number]))[0];

  it('makes a subject with its parts of each row and keeps the columns without a fact', async () => {
    const result = await load(
      file(
        row('A1', {
          Topic: '盗窃',
          Taker: '990001',
          Again: '3',
          Sent: '2026-07-01 08:01:30.250',
          Arrived: '2026-07-01T08:09:00-04:00',
          Weather: '雨',
        }),
      ),
    );

    expect(result).to.include({ rows: 1, in: 1, known: 0, wrong: 0, errors: null });
    const made = await alarm('A1');
    expect(made).to.include({ channel: 'call_110', topic: '盗窃', unit_id: 16, received_by_id: 1, re_reports: 3 });
    expect(made?.['received_at']).to.deep.equal(new Date('2026-07-01T12:00:00Z'));
    expect(made?.['source_row']).to.deep.equal({ file: 'a.csv', line: 2, columns: { How: 'phone', Weather: '雨' } });
    const [dispatch] = await sql<Record<string, unknown>>('SELECT * FROM alarm_dispatch WHERE alarm_id = $1', [
      made?.['id'],
    ]);
    expect(dispatch?.['sent_at']).to.deep.equal(new Date('2026-07-01T12:01:30.250Z'));
    expect(dispatch?.['arrived_at']).to.deep.equal(new Date('2026-07-01T12:09:00Z'));
    expect(ledger.map((entry) => entry.action)).to.include.members(['alarm.receive', 'alarm.arrive', 'import.finish']);
  });

  it('takes nothing twice, and on a fuller file only what is new', async () => {
    await load(file(row('A1'), row('A2')));
    const [steps, state] = [await count('step'), await sql('SELECT * FROM alarm ORDER BY id')];

    expect(await load(file(row('A1'), row('A2')))).to.include({ in: 0, known: 2 });
    expect(await load(file(row('A1'), row('A2')), { name: 'renamed.csv' })).to.include({ in: 0, known: 2 });
    expect([await count('step'), await sql('SELECT * FROM alarm ORDER BY id')]).to.deep.equal([steps, state]);

    expect(await load(file(row('A1', { Sent: '2026-07-01 08:01:00' }), row('A2'), row('A3')))).to.include({
      in: 2,
      known: 1,
    });
    expect(await count('alarm_dispatch')).to.equal(1);
  });

  it('knows rows without a key by file and line', async () => {
    const rows = file(row('', { Topic: 'one' }), row('', { Topic: 'two' }));
    expect(await load(rows)).to.include({ in: 2, wrong: 0 });
    expect(await load(rows)).to.include({ in: 0, known: 2 });
    expect(await count('alarm')).to.equal(2);
  });

  it('goes on after an interruption, and the whole is the same as without', async () => {
    const rows = file(...Array.from({ length: 100 }, (_, i) => row(`A${i}`, { Topic: `t${i}` })));
    const { settle } = runtime;
    let batches = 0;
    runtime.settle = async () => {
      batches += 1;
      if (batches === 4) throw new Error('the power is gone');
    };
    const stopped = await load(rows, { batch: 10 }).catch((error: Error) => error);
    expect(stopped).to.include({ message: 'the power is gone' });
    expect(await count('alarm')).to.equal(30);
    const [run] = await sql<Record<string, unknown>>('SELECT * FROM import_run');
    expect(run).to.include({ state: 'failed', last_error: 'Error: the power is gone', rows_in: 30 });

    runtime.settle = settle;
    expect(await load(rows, { batch: 10 })).to.include({ rows: 100, in: 70, known: 30, wrong: 0 });
    expect(await count('alarm')).to.equal(100);
  });

  it('goes on after a compressed file that ended early', async () => {
    const rows = file(...Array.from({ length: 3000 }, (_, i) => row(`A${i}`, { Topic: `${i * 7919}` })));
    const whole = gzipSync(rows);
    const stopped = await load(whole.subarray(0, Math.floor(whole.length * 0.8)), { name: 'b.csv.gz' }).catch(
      (error: Error) => error,
    );
    expect(String(stopped)).to.match(/unexpected end of file/);
    const before = await count('alarm');
    expect(before).to.be.within(500, 2500);

    expect(await load(whole, { name: 'b.csv.gz' })).to.include({ in: 3000 - before, known: before, wrong: 0 });
  });

  it('writes nothing in a dry run and says the same as the run', async () => {
    const rows = file(row('A1'), row('A2', { Received: 'yesterday' }), row('A3'), row('A3'), row('A4', { Again: 'x' }));
    const before = await Promise.all(['step', 'alarm', 'import_run', 'link'].map(count));
    const tried = await load(rows, { dryRun: true });

    expect(tried).to.include({ rows: 5, in: 2, wrong: 3, dryRun: true });
    expect(await Promise.all(['step', 'alarm', 'import_run', 'link'].map(count))).to.deep.equal(before);
    expect(ledger).to.deep.equal([]);
    expect(await load(rows)).to.include({ rows: 5, in: 2, wrong: 3 });
  });

  it('tells wrong rows by line, column and reason while the others go in', async () => {
    const result = await load(
      file(
        row('A1'),
        row('A2', { Received: '2026-02-31 08:00' }),
        row('A3', { Received: '' }),
        row('A4', { Again: '1.5' }),
        row('A5', { Received: '2027-01-01 08:00:00' }),
        'A6,phone',
        row('A7', { Topic: 'a"b' }),
        row('A1', { Topic: 'again' }),
        row('A8', { Topic: 'nul\0' }),
        row('A9', { Received: '0000-01-01 08:00:00' }),
        row('A10'),
      ),
    );

    expect(result).to.include({ rows: 11, in: 2, wrong: 9 });
    const lines = errorsOf(result);
    expect(lines.map((line) => line.split(',').slice(0, 2).join(','))).to.deep.equal([
      '3,"Received"',
      '4,"Received"',
      '5,"Again"',
      '6,"Received"',
      '7,""',
      '8,""',
      '9,"No"',
      '10,"Topic"',
      '11,"Received"',
    ]);
    expect(lines[0]).to.contain('不是时间 · not a time: 2026-02-31 08:00').and.contain('"A2"');
    expect(lines[1]).to.contain('没有时间');
    expect(lines[4]).to.contain('有2列，应为11列');
    expect(lines[6]).to.contain('与第2行重复');
    expect(await count('alarm')).to.equal(2);
  });

  it('tells a number that the bureau has already, found by the database', async () => {
    await load(file(row('A1')), { mapping: alarms.replace('name: cad', 'name: other') });
    const result = await load(file(row('A0'), row('A1'), row('A2')));

    expect(result).to.include({ in: 2, wrong: 1 });
    expect(errorsOf(result)[0]).to.match(/^3,"No","接警单号“A1”已经存在/);
  });

  it('takes the error file of an earlier run away when nothing is wrong any more', async () => {
    const { errors } = await load(file(row('A1', { Received: '?' })));
    expect(readFileSync(errors ?? '', 'utf8')).to.contain('?');
    await load(file(row('A1')));
    expect(() => readFileSync(errors ?? '')).to.throw(/ENOENT/);
  });

  it('leaves unknown people, units and words missing and keeps what the row said', async () => {
    await load(
      file(
        row('A1', { How: 'pigeon', Unit: '0', Taker: '999999', Sent: '2026-07-01 08:01:00', Crew: '990001; 777777' }),
      ),
    );

    const made = await alarm('A1');
    expect(made).to.include({ channel: null, unit_id: null, received_by_id: null });
    expect(made?.['source_row']).to.deep.include({
      columns: { How: 'pigeon', Unit: '0', Taker: '999999', Crew: '990001; 777777' },
    });
    expect((await sql<{ officers_ids: number[] }>('SELECT * FROM alarm_dispatch'))[0]?.officers_ids).to.deep.equal([1]);
  });

  it('records contradictory and empty intervals as they are', async () => {
    await load(file(row('A1', { Sent: '2026-07-01 08:01:00', Arrived: '2026-07-01 07:00:00' })));

    const [dispatch] = await sql<Record<string, unknown>>('SELECT * FROM alarm_dispatch');
    expect(dispatch?.['arrived_at']).to.deep.equal(new Date('2026-07-01T11:00:00Z'));
  });

  for (const [policy, twice, never] of [
    ['earlier', '2025-11-02T05:30:00Z', '2026-03-08T06:30:00Z'],
    ['later', '2025-11-02T06:30:00Z', '2026-03-08T07:30:00Z'],
    ['unknown', null, null],
  ] as const) {
    it(`reads the hours of a clock change as ${policy}`, async () => {
      const mapping = alarms.replace('target:', `clock_change: ${policy}\ntarget:`);
      await load(
        file(
          row('A1', { Received: '2025-11-02 00:30:00', Sent: '2025-11-02 01:30:00' }),
          row('A2', { Received: '2026-03-08 01:30:00', Sent: '2026-03-08 02:30:00' }),
        ),
        { mapping },
      );

      const sent = await sql<{ number: string; at: Date | null; kept: string | null }>(
        `SELECT a.number, d.sent_at AS at, a.source_row->'columns'->>'Sent' AS kept FROM alarm a LEFT JOIN alarm_dispatch d ON d.alarm_id = a.id ORDER BY 1`,
      );
      expect(sent.map(({ at }) => at?.toISOString().replace('.000', '') ?? null)).to.deep.equal([twice, never]);
      expect(sent[0]?.kept).to.equal(policy === 'unknown' ? '2025-11-02 01:30:00' : null);
    });
  }

  it('disarms formulas in the error file', async () => {
    const result = await load(
      file(row('A1', { Received: 'x', Topic: '=HYPERLINK("http://x")'.replaceAll('"', ''), Weather: '@SUM(1)' })),
    );

    expect(errorsOf(result)[0]).to.contain(`"'=HYPERLINK(http://x)"`).and.contain(`"'@SUM(1)"`);
  });

  it('says where a mapping names a column that the file does not have', async () => {
    const failed = async (text: string, mapping = alarms) => {
      const error = await load(text, { mapping }).catch((why: unknown) => why);
      expect(error).to.be.instanceOf(MappingError);
      return (error as Error).message;
    };
    const rows = file(row('A1'));
    expect(await failed(rows.replace('Topic', 'Topics'))).to.match(
      /^cad\.yml:14:14: .*no column Topic; did you mean Topics\?; it has No,/,
    );
    expect(await failed(rows.replace('Weather', 'Topic'))).to.match(/^cad\.yml:14:14: .*occurs 2 times/);
    expect(await failed('')).to.match(/^a\.csv:1:1: .*empty/);
    const gb = Uint8Array.from([0xbe, 0xaf, 0xba, 0xc5, 0x0a]);
    const error = await load(gb).catch((why: unknown) => why);
    expect(String(error)).to.contain('say encoding in the mapping');
  });

  it('is not led astray by the name of a column', async () => {
    const mapping = alarms.replace('topic: Topic', 'topic: constructor');
    const text = file(row('A1', { Topic: 'T' }), row('A2'))
      .replace('Topic', 'constructor')
      .replace('Weather', '__proto__');
    expect(await load(text, { mapping })).to.include({ in: 2, wrong: 0 });
    expect(await alarm('A1')).to.include({ topic: 'T' });
    expect(await alarm('A2')).to.include({ topic: null });
  });

  it('cuts what is too long for a fact and keeps the whole with the row', async () => {
    const topic = '长'.repeat(800);
    await load(file(row('A1', { Topic: topic })));

    const made = await alarm('A1');
    expect(made?.['topic']).to.equal('长'.repeat(500));
    expect(made?.['source_row']).to.deep.include({ columns: { How: 'phone', Topic: topic } });
  });

  it('lets two runs of one file at the same time share the rows', async () => {
    const rows = file(...Array.from({ length: 60 }, (_, i) => row(`A${i}`)));
    const results = await Promise.all([
      load(rows, { batch: 10, errors: join(folder, 'e1') }),
      load(rows, { batch: 10, errors: join(folder, 'e2') }),
    ]);

    expect(results[0].in + results[1].in).to.equal(60);
    expect(results.map(({ wrong }) => wrong)).to.deep.equal([0, 0]);
    expect(await count('alarm')).to.equal(60);
  });

  it('is run by the worker from its own row, and again when asked again', async () => {
    const [map, path] = [join(folder, 'cad.yml'), join(folder, 'queued.csv')];
    writeFileSync(map, alarms);
    writeFileSync(path, file(row('A1'), row('A2')));
    await queueImport(runtime, map, path);
    const [queued] = await sql<{ id: string; mapping: string; file: string }>('SELECT * FROM import_run');
    const seen: number[] = [];
    const told = { progress: async (rows: number) => void seen.push(rows), stopping: () => false };

    expect(await runQueued(runtime, registry, queued!, told)).to.include({ in: 2, wrong: 0 });
    expect(await runQueued(runtime, registry, queued!, told)).to.include({ in: 0, known: 2 });
    expect(seen).to.deep.equal([2, 2]);
    expect(await count('import_run')).to.equal(1);
  });

  it('imports units with their tree, then people', async () => {
    const unitMapping =
      'name: tree\ntarget: unit\nfields: { code: Code, name: Name, parent: Above, kind: { column: Kind, otherwise: station } }\n';
    const text =
      'Code,Name,Above,Kind\nX1,甲市,,city\nX2,乙局,X1,bureau\nX3,丙所,X2,\nX2,乙局,X1,bureau\nX4,丁所,X9,\nX5,戊所,X2,castle\n,无名,,\n';
    const result = await load(text, { mapping: unitMapping });
    expect(result).to.include({ rows: 7, in: 3, known: 1, wrong: 3 });
    expect(errorsOf(result).map((line) => line.split(',').slice(0, 2).join(','))).to.have.members([
      '6,"Above"',
      '7,"Kind"',
      '8,"Code"',
    ]);
    const made = await sql<{ code: string; path: number[]; kind: string }>(
      `SELECT code, path, kind FROM unit WHERE code LIKE 'X%' ORDER BY code`,
    );
    expect(made.map(({ path }) => path.length)).to.deep.equal([1, 2, 3]);
    expect(made[2]?.kind).to.equal('station');

    const personMapping =
      'name: roster\ntarget: person\ntranslations: { kind: { 民警: police, 辅警: auxiliary } }\nfields: { number: No, name: Name, kind: { column: Kind, translate: kind }, unit: Unit }\n';
    const people =
      'No,Name,Kind,Unit\n800001,张三,民警,X3\n800002,李四,辅警,X2\n800003,王五,民警,X9\n800001,张三,民警,X3\n';
    expect(await load(people, { mapping: personMapping })).to.include({ in: 2, known: 1, wrong: 1 });
    expect(await load(people, { mapping: personMapping })).to.include({ in: 0, known: 3, wrong: 1 });
    expect(await sql(`SELECT number, name, kind FROM person WHERE number LIKE '8000%' ORDER BY 1`)).to.deep.equal([
      { number: '800001', name: '张三', kind: 'police' },
      { number: '800002', name: '李四', kind: 'auxiliary' },
    ]);
    expect(ledger.filter(({ action }) => action === 'person.create')).to.have.length(2);
    expect(ledger.filter(({ action }) => action === 'unit.create')).to.have.length(3);
  });
});
