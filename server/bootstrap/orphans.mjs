/**
 * What a killed PostgreSQL leaves behind: its children end when they notice, which one amid a long statement does late.
 * A new server beside them would write the same files, so it starts when the last of them is gone.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from './sentences.mjs';

/** How long each of the ways to end them may take. */
const waits = /** @type {const} */ ([
  [1_000, 0],
  [2_000, 'SIGQUIT'],
  [5_000, 'SIGKILL'],
]);

/**
 * Waits for the children of a server that died, and ends those that do not go by themselves.
 * @param {string} data the folder of the server's files
 */
export async function endOrphans(data) {
  for (const [patience, signal] of waits) {
    for (const pid of orphansOf(data)) if (signal) kill(pid, signal);
    for (let waited = 0; waited < patience; waited += 25) {
      if (orphansOf(data).length === 0) return;
      await pause(25);
    }
  }
}

/**
 * Processes of PostgreSQL that work in this folder. Where the machine has no /proc (macOS) none is found: there
 * PostgreSQL itself refuses to start while its shared memory is in use.
 * @param {string} data
 * @returns {number[]} process ids
 */
export function orphansOf(data) {
  if (!existsSync('/proc/self/cwd') || !existsSync(data)) return [];
  const folder = realpathSync(data);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const there = join('/proc', String(pid));
        // a shell that somebody left in the folder is none of them
        return (
          readlinkSync(join(there, 'cwd')) === folder && readFileSync(join(there, 'comm'), 'utf8') === 'postgres\n'
        );
      } catch {
        return false;
      }
    });
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // it went by itself
  }
}
