import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkNode } from '../../server/bootstrap/machine.mjs';
import { databasePid, root, type Started, start, temporaryHome } from '../support/start.ts';

const server = ['start', '--production', '--no-ui'];

describe('npm start', function () {
  this.timeout(120_000);
  let home: string;
  let remove: () => void;
  const running: Started[] = [];

  beforeEach(() => {
    ({ home, remove } = temporaryHome());
  });
  afterEach(async () => {
    for (const each of running.splice(0)) {
      if (each.child.exitCode === null) each.child.kill('SIGKILL');
      await each.ended;
    }
    remove();
  });

  function begin(args = server, environment: Record<string, string> = {}): Started {
    const started = start(args, { MINGJING_HOME: home, ...environment });
    running.push(started);
    return started;
  }

  async function serving(started: Started): Promise<string> {
    const [, url = ''] = await started.said(/(http:\/\/localhost:\d+)/);
    return url;
  }

  it('serves from an empty home and stops in order at SIGTERM', async () => {
    const started = begin();
    const url = await serving(started);
    const answer = await fetch(url);
    const before = performance.now();
    const [, file = ''] = await started.said(/one-time password in\s+(\S+)/);
    const password = readFileSync(file, 'utf8').trim().split(' ').at(-1) ?? '';
    const mode = statSync(file).mode & 0o777;

    started.child.kill('SIGTERM');
    const code = await started.ended;

    expect(answer.status).to.equal(200);
    // the first administrator's password is in his file, and in no log
    expect([file, mode]).to.deep.equal([join(home, 'first-administrator'), 0o600]);
    expect(password).to.have.length.of.at.least(12);
    expect(started.output()).not.to.contain(password);
    expect(code).to.equal(0);
    expect(performance.now() - before).to.be.below(10_000);
    expect(databasePid(home)).to.equal(undefined);
  });

  it('adopts the database that a killed server left running', async () => {
    const first = begin();
    await serving(first);
    first.child.kill('SIGKILL');
    await first.ended;
    const left = databasePid(home);

    const second = begin();
    await serving(second);
    const adopted = databasePid(home);
    second.child.kill('SIGTERM');
    await second.ended;

    expect(left).to.be.a('number');
    expect(adopted).to.equal(left);
    expect(second.output()).to.contain('沿用正在运行的数据库');
    expect(databasePid(home)).to.equal(undefined);
  });

  it('does not mistake another process for its database when the lock file is stale', async () => {
    const first = begin(['cli', 'migrate']);
    await first.ended;
    writeFileSync(join(home, 'postgres', 'pg', 'postmaster.pid'), `${process.pid}\n`);

    const second = begin();
    const url = await serving(second);
    const status = (await fetch(url)).status;
    second.child.kill('SIGINT');

    expect(status).to.equal(200);
    expect(await second.ended).to.equal(0);
  });

  it('stops in order when it is told to while still starting', async () => {
    const started = begin();
    await started.said(/preparing the database files/);

    started.child.kill('SIGTERM');
    await started.ended;

    expect(databasePid(home)).to.equal(undefined);
  });

  it('shares the database with the command line', async () => {
    const started = begin();
    const url = await serving(started);

    const command = begin(['cli', 'migrate']);
    const code = await command.ended;

    expect(code).to.equal(0);
    expect((await fetch(url)).status).to.equal(200);
    expect(databasePid(home)).to.be.a('number');
  });

  it('says in one sentence that the port is taken, and starts nothing', async () => {
    const other = createServer().listen(0);
    const { port } = other.address() as AddressInfo;

    const started = begin(server, { PORT: String(port) });
    const code = await started.ended;
    other.close();

    expect(code).to.equal(1);
    expect(started.output()).to.contain(`端口 ${port} 已被别的程序占用`).and.contain(`Port ${port} is taken`);
    expect(started.output()).not.to.contain(' at ');
    expect(existsSync(join(home, 'postgres'))).to.equal(false);
  });

  it('says in one sentence that the folder cannot be written', async () => {
    writeFileSync(join(home, 'file'), '');

    const started = begin(server, { MINGJING_HOME: join(home, 'file', 'data') });

    expect(await started.ended).to.equal(1);
    expect(started.output()).to.contain('不可写').and.contain('cannot be written').and.not.contain(' at ');
  });

  it('keeps production and demonstration apart for ever', async () => {
    const first = begin();
    await serving(first);
    first.child.kill('SIGTERM');
    await first.ended;

    const second = begin(['start', '--no-ui']);

    expect(await second.ended).to.equal(1);
    expect(second.output()).to.contain('这是正式库');
    expect(databasePid(home)).to.equal(undefined);
  });

  it('serves a production database over https only', async () => {
    const started = begin(server, { PUBLIC_URL: 'http://mingjing.example' });

    expect(await started.ended).to.equal(1);
    expect(started.output()).to.contain('https');
  });

  it('says in one sentence that Node is too old', () => {
    expect(() => checkNode(root, '18.20.4')).to.throw(/需要 Node\.js 20\.19 以上，本机为 18\.20\.4/);
    expect(() => checkNode(root, '20.18.9')).to.throw(/20\.19/);
    expect(() => checkNode(root, '20.19.0')).not.to.throw();
    expect(() => checkNode(root, '26.0.0')).not.to.throw();
  });

  if (process.getuid?.() === 0) {
    it('as root, moves the data where the database user can reach them', async () => {
      const { chmodSync, rmSync } = await import('node:fs');
      chmodSync(home, 0o700);

      const started = begin(['cli', 'migrate'], { MINGJING_HOME: join(home, 'data') });
      const code = await started.ended;
      const [, moved = ''] = /数据存放在 (\/var\/lib\/mingjing\/\w+)/.exec(started.output()) ?? [];
      const isThere = existsSync(join(moved, 'postgres', 'pg', 'PG_VERSION'));
      if (moved) rmSync(moved, { recursive: true });

      expect(code).to.equal(0);
      expect(isThere).to.equal(true);
    });
  }
});
