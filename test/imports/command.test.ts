import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { run } from '../../server/cli.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const mapping = `name: cad
target: alarm
key: [No]
steps:
  - { verb: receive, at: Received, facts: { number: No, unit: Unit, channel: { value: walk_in } } }
`;
const rule = `id: TST-01
title: { zh: 测试, en: Test }
subject: alarm
when: alarm.channel == 'walk_in'
opens: alarm.receivedAt
within: 1h
met: alarm.handledAt
severity: flaw
in_force: { from: '2020-01-01' }
basis: [{ document: 测试, status: local }]
says: { zh: '{alarm.number}', en: '{alarm.number}' }
examples:
  - { it: 及时, given: { channel: walk_in, receivedAt: '2026-01-05 08:00', handledAt: '2026-01-05 08:30' }, gives: met }
  - { it: 未办, given: { channel: walk_in, receivedAt: '2026-01-05 08:00' }, gives: overdue }
  - { it: 电话, given: { channel: call_110, receivedAt: '2026-01-05 08:00' }, gives: nothing }
`;

describe('mingjing import', () => {
  let folder: string;
  let db: TestDatabase;
  const address = process.env['DATABASE_URL'];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-command-'));
    db = await testDatabase();
  });
  after(async () => {
    if (address === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = address;
    rmSync(folder, { recursive: true });
    await db.drop();
  });

  const put = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  /** Runs a command as start.mjs does and listens to what it prints. */
  const command = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const heard = { out: '', err: '' };
    const { stdout, stderr } = process;
    const hear = (what: 'out' | 'err') =>
      ((text: string) => {
        heard[what] += text;
        return true;
      }) as typeof stdout.write;
    const [write, complain] = [stdout.write, stderr.write];
    stdout.write = hear('out');
    stderr.write = hear('err');
    try {
      const code = await run(args, {
        openDatabase: async () => {
          process.env['DATABASE_URL'] = db.url;
        },
      });
      return { code, ...heard };
    } finally {
      stdout.write = write;
      stderr.write = complain;
    }
  };

  it('tries, imports, imports again, and says in JSON what it did', async () => {
    const [map, file] = [
      put('cad.yml', mapping),
      put('a.csv', 'No,Unit,Received\nA1,1,2026-01-05 08:00\nA2,1,never\n'),
    ];

    const tried = await command('import', map, file, '--dry-run', '--json');
    expect(JSON.parse(tried.out)).to.include({ rows: 2, in: 1, wrong: 1, dryRun: true });
    const first = await command('import', map, file, '--json', '--errors', join(folder, 'wrong.csv'));
    expect(first.code).to.equal(3);
    expect(JSON.parse(first.out)).to.deep.include({ in: 1, known: 0, wrong: 1, errors: join(folder, 'wrong.csv') });
    expect(existsSync(join(folder, 'wrong.csv'))).to.equal(true);

    put('a.csv', 'No,Unit,Received\nA1,1,2026-01-05 08:00\nA2,1,2026-01-05 09:00\n');
    const second = await command('import', map, file);
    expect(second.code).to.equal(0);
    expect(second.out).to.contain('共2行，入库1，已有1，有误0').and.contain('2 rows, 1 in, 1 known, 0 wrong');
  });

  it('prints the verdicts of a folder of rules', async () => {
    mkdirSync(join(folder, 'rules'));
    put('rules/TST-01-test.yml', rule);
    const { code, out } = await command(
      'judge',
      '--rules',
      join(folder, 'rules'),
      '--json',
      '--at',
      '2026-01-06T00:00',
    );

    expect(code).to.equal(0);
    expect(JSON.parse(out).rules[0]).to.deep.include({ rule: 'TST-01', obligations: 2 });
    expect(JSON.parse(out).rules[0].verdicts).to.include({ overdue: 2, met: 0 });
  });

  it('tells a wrong mapping, a missing column and a missing file in one line', async () => {
    const file = put('b.csv', 'No,Received\nB1,2026-01-05 08:00\n');
    for (const [args, said] of [
      [
        [put('bad.yml', mapping.replace('verb: receive', 'verb: recieve')), file],
        /bad\.yml:5:13: alarm has no step recieve/,
      ],
      [[put('cad.yml', mapping), file], /cad\.yml:5:\d+: .*no column Unit/],
      [[put('cad.yml', mapping), join(folder, 'none.csv')], /none\.csv/],
      [[join(folder, 'none.yml'), file], /none\.yml/],
    ] as const) {
      const { code, err } = await command('import', ...args);
      expect(code).to.equal(1);
      expect(err)
        .to.match(said)
        .and.not.match(/\n\s+at /);
    }
    expect((await command('import', file)).code).to.equal(2);
    expect(await command('import', file, '--dri-run')).to.include({ code: 2 });
    expect((await command('import', '--help')).out).to.contain('--dry-run');
  });

  it('can leave a file to the worker', async () => {
    expect((await command('import', put('cad.yml', mapping), put('c.csv', 'x'), '--later')).code).to.equal(0);
    const [row] = await db.database.transaction((tx) =>
      tx.sql(`SELECT state, file FROM import_run WHERE state = 'queued'`),
    );
    expect(row).to.include({ state: 'queued', file: join(folder, 'c.csv') });
  });
});
