import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ensureInstalled } from '../../server/bootstrap/install.mjs';

describe('installing', function () {
  this.timeout(60_000);
  let root: string;
  const stamp = () => join(root, 'node_modules', '.install-stamp');
  const npmsOwn = () => join(root, 'node_modules', '.package-lock.json');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mingjing-install-'));
    mkdirSync(join(root, 'own'));
    dependOnOwn('1.0.0');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function dependOnOwn(version: string): void {
    writeFileSync(join(root, 'own', 'package.json'), JSON.stringify({ name: 'own', version }));
    depend({ own: 'file:own' }, { 'node_modules/own': { resolved: 'own', link: true }, own: { version } });
  }

  function depend(dependencies: Record<string, string>, packages: Record<string, unknown>): void {
    const self = { name: 'clone', version: '1.0.0', dependencies };
    writeFileSync(join(root, 'package.json'), JSON.stringify(self));
    const lock = { name: 'clone', version: '1.0.0', lockfileVersion: 3, requires: true };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ ...lock, packages: { '': self, ...packages } }));
  }

  it('installs once, and again only when the lock file changes', async () => {
    const first = await ensureInstalled(root);
    const second = await ensureInstalled(root);
    dependOnOwn('2.0.0');
    const third = await ensureInstalled(root);

    expect([first, second, third]).to.deep.equal([true, false, true]);
  });

  it('accepts what somebody installed by hand from the same lock file', async () => {
    await ensureInstalled(root);
    rmSync(stamp());

    expect(await ensureInstalled(root)).to.equal(false);
    expect(existsSync(stamp())).to.equal(true);
  });

  it('starts over after an install that was cut off half-way', async () => {
    await ensureInstalled(root);
    rmSync(stamp());
    rmSync(npmsOwn());

    expect(await ensureInstalled(root)).to.equal(true);
    expect(existsSync(npmsOwn())).to.equal(true);
  });

  it('starts over when a package is gone', async () => {
    await ensureInstalled(root);
    rmSync(stamp());
    rmSync(join(root, 'node_modules', 'own'));

    expect(await ensureInstalled(root)).to.equal(true);
  });

  it('says in one sentence that the packages could not be installed, and tries again the next time', async () => {
    depend({ gone: 'file:gone.tgz' }, { 'node_modules/gone': { version: '1.0.0', resolved: 'file:gone.tgz' } });

    const failed = await ensureInstalled(root).catch((error: Error) => error);

    expect(String(failed)).to.contain('依赖没有装完').and.contain('run the same command again');
    expect(existsSync(stamp())).to.equal(false);
  });
});
