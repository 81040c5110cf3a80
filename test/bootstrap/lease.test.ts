import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { alone, dropLease, holders, takeLease } from '../../server/bootstrap/lease.mjs';

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

  it('breaks a lock whose owner died', async () => {
    const lock = join(folder, 'lock');
    mkdirSync(lock);
    writeFileSync(join(lock, 'owner'), '999999999');

    expect(await alone(lock, async () => 'in')).to.equal('in');
  });
});
