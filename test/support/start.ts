import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runningPid } from '../../server/bootstrap/postgres.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A child process of ours and what it printed. */
export interface Started {
  child: ChildProcess;
  output(): string;
  /** Resolves with the exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
  /** Waits until it printed something that matches. */
  said(pattern: RegExp): Promise<RegExpMatchArray>;
}

/** Runs server/start.mjs in a process of its own, in production mode: empty, and so quick to start. */
export function start(args: string[], environment: Record<string, string>): Started {
  const { DATABASE_URL, DATABASE_OWNER_URL, ...inherited } = process.env;
  const child = spawn(process.execPath, ['server/start.mjs', ...args], {
    cwd: root,
    env: { ...inherited, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | string>((done) =>
    child.once('close', (code, signal) => done(code ?? signal ?? '')),
  );
  return {
    child,
    output: () => output,
    ended,
    said: (pattern) =>
      new Promise((done, refuse) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match) done(match);
        };
        listeners.add(look);
        look();
        ended.then((code) => refuse(new Error(`ended (${code}) without saying ${pattern}:\n${output}`)));
      }),
  };
}

/** A home folder that the database user can reach, and its removal with whatever still runs in it. */
export function temporaryHome(): { home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'mingjing-home-'));
  chmodSync(home, 0o755);
  return {
    home,
    remove: () => {
      const pid = databasePid(home);
      if (pid) process.kill(pid, 'SIGQUIT');
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** The process id of the database server of a home folder, when it runs. */
export function databasePid(home: string): number | undefined {
  return runningPid(join(home, 'postgres', 'pg'));
}
