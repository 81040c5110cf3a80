import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import { orphansOf } from '../../server/bootstrap/orphans.mjs';
import { openCluster, runningPid } from '../../server/bootstrap/postgres.mjs';
import { PlainStop } from '../../server/bootstrap/sentences.mjs';
import { supervise } from '../../server/bootstrap/supervision.mjs';
import { withClient } from '../../server/kernel/roles.ts';
import { root } from '../support/start.ts';

type Cluster = Awaited<ReturnType<typeof openCluster>>;

describe('supervision of the embedded database', function () {
  this.timeout(60_000);
  let folder: string;
  const said: string[] = [];
  const clusters: Cluster[] = [];
  const pid = () => runningPid(join(folder, 'pg'));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-supervised-'));
    chmodSync(folder, 0o755);
    // two servers that share one home, as two processes would
    for (let n = 0; n < 2; n += 1) {
      const cluster = await openCluster({ root, folder, say: (text) => said.push(text) });
      clusters.push(cluster);
      cluster.supervise().catch((error) => said.push(String(error)));
    }
  });
  after(async () => {
    for (const cluster of clusters) await cluster.release();
    rmSync(folder, { recursive: true, force: true });
  });

  const answer = () =>
    withClient(clusters[0]?.url('postgres', 'postgres') ?? '', async (client) => {
      const { rows } = await client.query<{ one: number }>('SELECT 1 AS one');
      return rows[0]?.one;
    });

  async function again(killed: number | undefined): Promise<void> {
    while (!pid() || pid() === killed || (await answer().catch(() => 0)) !== 1)
      await new Promise((done) => setTimeout(done, 50));
  }

  it('starts the server again once, though two watch over it', async () => {
    const killed = pid();
    process.kill(killed ?? 0, 'SIGKILL');
    await again(killed);
    const started = pid();
    await new Promise((done) => setTimeout(done, 1_500));

    expect(pid()).to.equal(started);
    expect(said).to.include('数据库已恢复 · the database is back');
    expect(said.filter((text) => /did not start/.test(text))).to.deep.equal([]);
  });

  it('starts no server beside a child of the old one that has not noticed its death', async function () {
    if (!existsSync('/proc/self/cwd')) this.skip();
    const client = new pg.Client({ connectionString: clusters[0]?.url('postgres', 'postgres') });
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const child = rows[0]?.pid ?? 0;
    const busy = client
      .query('SELECT count(*) FROM generate_series(1, 10000000000)')
      .catch((error: Error) => error.message);
    expect(orphansOf(join(folder, 'pg'))).to.include(child);
    const killed = pid();

    process.kill(killed ?? 0, 'SIGKILL');
    await again(killed);

    expect(await busy).to.match(/terminated/);
    expect(orphansOf(join(folder, 'pg'))).not.to.include(child);
  });

  it('gives up in one sentence after eight starts in vain, each pause longer than the last', async () => {
    const pauses: number[] = [];
    let starts = 0;

    const failed = await supervise({
      isRunning: () => false,
      isWanted: () => true,
      ensureRunning: async () => {
        starts += 1;
        throw new PlainStop('磁盘已满', 'no space left');
      },
      say: () => {},
      wait: async (ms) => void pauses.push(ms),
    }).catch((error: Error) => error);

    expect(failed).to.be.instanceOf(PlainStop);
    expect(String(failed)).to.contain('连续 8 次未能启动').and.contain('磁盘已满').and.contain('8 times in a row');
    expect(starts).to.equal(8);
    expect(pauses).to.deep.equal([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('counts anew once the server ran', async () => {
    let asked = 0;
    let starts = 0;

    await supervise({
      // every other look finds it running
      isRunning: () => asked % 2 === 0,
      isWanted: () => {
        asked += 1;
        return asked < 40;
      },
      ensureRunning: async () => {
        starts += 1;
        throw new PlainStop('', '');
      },
      say: () => {},
      wait: async () => {},
    });

    expect(starts).to.equal(20);
  });
});
