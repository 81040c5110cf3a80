import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { alone, birth, dropLease, holders, takeLease } from '../../server/bootstrap/lease.mjs';
import { root } from '../support/start.ts';

describe('leases of the database server', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-lease-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('counts the living and forgets the dead', () => {
    takeLease(folder);
    writeFileSync(join(folder, '999999999'), '1');

    expect(holders(folder)).to.deep.equal([process.pid]);
    expect(dropLease(folder)).to.equal(0);
  });

  it('does not take a process for another one that had its number', () => {
    writeFileSync(join(folder, String(process.pid)), 'born at another time');

    expect(holders(folder)).to.deep.equal([]);
  });

  it('lets one in at a time', async () => {
    const lock = join(folder, 'lock');
    let inside = 0;
    let most = 0;
    const enter = () =>
      alone(lock, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((done) => setTimeout(done, 5));
        inside -= 1;
      });

    await Promise.all([enter(), enter(), enter()]);

    expect(most).to.equal(1);
    expect(existsSync(lock)).to.equal(false);
  });

  for (const [whose, owner] of [
    ['whose owner died', '999999999 1'],
    ['whose owner had our own number before us, as in a container', `${process.pid} 1`],
    ['of an owner whose number another process has now', `${process.ppid} 1`],
  ] as const) {
    it(`breaks a lock ${whose}`, async () => {
      const lock = join(folder, 'lock');
      writeFileSync(lock, owner);

      expect(await alone(lock, async () => 'in')).to.equal('in');
      expect(existsSync(lock)).to.equal(false);
    });
  }

  it('breaks the folder that a release before this one left as its lock', async () => {
    const lock = join(folder, 'lock');
    mkdirSync(lock);
    writeFileSync(join(lock, 'owner'), '999999999');

    expect(await alone(lock, async () => 'in')).to.equal('in');
  });

  it('breaks a lock whose breaker died as well', async () => {
    const lock = join(folder, 'lock');
    writeFileSync(lock, '999999999 1');
    writeFileSync(`${lock}.broken`, '999999999 1');

    expect(await alone(lock, async () => 'in')).to.equal('in');
  });

  it('lets one in at a time where many processes find the lock abandoned', async () => {
    const lock = join(folder, 'lock');
    const inside = join(folder, 'inside');
    const lease = join(root, 'server/bootstrap/lease.mjs');
    const code = `
      import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
      const { alone } = await import(${JSON.stringify(lease)});
      for (let turn = 0; turn < 40; turn += 1) {
        await alone(${JSON.stringify(lock)}, async () => {
          mkdirSync(${JSON.stringify(inside)});
          await new Promise((done) => setTimeout(done, 1));
          rmdirSync(${JSON.stringify(inside)});
        });
        // leaves a lock behind as one that died would
        try { writeFileSync(${JSON.stringify(lock)}, '999999999 1', { flag: 'wx' }); } catch {}
      }`;

    const codes = await Promise.all(
      [1, 2, 3, 4].map(
        () =>
          new Promise((done) =>
            spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' }).once('exit', done),
          ),
      ),
    );

    // two at a time and one of them cannot make the folder
    expect(codes).to.deep.equal([0, 0, 0, 0]);
  }).timeout(60_000);

  it('says after five seconds for whom it waits and how to go on', async () => {
    const lock = join(folder, 'lock');
    const told: string[] = [];
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(lock, `${other.pid} ${birth(other.pid ?? 0)}`);

    const entered = alone(
      lock,
      async () => readFileSync(lock, 'utf8'),
      (zh, en) => {
        told.push(zh, en);
        other.kill('SIGKILL');
      },
    );

    expect(await entered).to.equal(`${process.pid} ${birth(process.pid)}`);
    expect(told).to.have.length(2);
    expect(told[0]).to.contain(`进程 ${other.pid}`).and.contain('结束该进程');
    expect(told[1]).to.contain(`process ${other.pid}`).and.contain('end it');
  });
});
