import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { run } from '../../server/cli.ts';
import { seedBureau } from '../support/bureau.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

describe('mingjing rules', function () {
  this.timeout(300_000);
  let db: TestDatabase;
  let folder: string;
  const kept = { address: process.env['DATABASE_URL'], mode: process.env['MINGJING_MODE'] };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-rules-'));
    db = await testDatabase();
    await seedBureau(db.database);
  });
  after(async () => {
    if (kept.address === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = kept.address;
    if (kept.mode === undefined) delete process.env['MINGJING_MODE'];
    else process.env['MINGJING_MODE'] = kept.mode;
    rmSync(folder, { recursive: true });
    await db.drop();
  });

  /** Runs the command as start.mjs does, on a production database, and listens to what it prints. */
  const command = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const heard = { out: '', err: '' };
    const { stdout, stderr } = process;
    const [write, complain] = [stdout.write, stderr.write];
    const hear = (what: 'out' | 'err') =>
      ((text: string) => {
        heard[what] += text;
        return true;
      }) as typeof stdout.write;
    stdout.write = hear('out');
    stderr.write = hear('err');
    try {
      const code = await run(['rules', ...args], {
        openDatabase: async () => {
          process.env['DATABASE_URL'] = db.url;
          process.env['MINGJING_MODE'] = 'production';
        },
      });
      return { code, ...heard };
    } finally {
      stdout.write = write;
      stderr.write = complain;
    }
  };
  const rows = <Row extends object>(text: string): Promise<Row[]> => db.database.transaction((tx) => tx.sql<Row>(text));

  it('finds the shipped rules on trial, and enacts one in the names of the two who signed the paper', async () => {
    const listed = await command('list');
    expect(listed.code).to.equal(0);
    expect(listed.out).to.match(/^PRO-01 +v1 +trial/m);

    expect((await command('enact', 'PRO-01', '--go-live', '2026-12-01')).code, 'nobody signed').to.equal(2);
    const same = ['--go-live', '2026-12-01', '--reader', '990010', '--by', '990010'];
    expect((await command('enact', 'PRO-01', ...same)).err).to.match(/起草人、审签人不得自行启用/);
    const done = await command('enact', 'PRO-01', '--go-live', '2026-12-01', '--reader', '990010', '--by', '990012');
    expect(done).to.include({ code: 0, out: 'PRO-01 v1 enact\n' });
    expect((await command('list')).out).to.match(/^PRO-01 +v1 +enacted +2026-12-01/m);
    const acts = await rows<{ act: string; name: string }>(
      `SELECT act, name FROM rule_act a JOIN rule_version v ON v.id = a.version_id JOIN rule r ON r.id = v.rule_id WHERE r.code = 'PRO-01' AND act = 'enact'`,
    );
    expect(acts).to.deep.equal([{ act: 'enact', name: '朱明' }]);
    expect(await rows(`SELECT 1 FROM judge_run WHERE reason = 'enact PRO-01 v1' AND state = 'queued'`)).to.have.length(
      1,
    );
  });

  it('exports a version and imports the file without making another', async () => {
    const file = join(folder, 'PRO-01.yml');
    const { out } = await command('export', 'PRO-01');
    expect(out).to.match(/^id: PRO-01\n/);
    writeFileSync(file, out);

    expect((await command('import', file, '--by', '990009')).out).to.equal('PRO-01 v1 enacted\n');
    writeFileSync(file, `${out}# 本局另稿\n`);
    expect((await command('import', file, '--by', '990009')).out).to.equal('PRO-01 v1001 draft\n');
    expect((await command('export', 'PRO-01', '--version', '1001')).out).to.match(/# 本局另稿\n$/);
    expect((await command('export', 'XYZ-99')).code).to.equal(1);
    expect((await command('import', file, '--by', '1')).code).to.equal(1);
  });
});
