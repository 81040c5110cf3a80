/** Keeps the embedded PostgreSQL running: somebody's kill, the machine's out-of-memory killer, a crash. */
import { PlainStop, pause } from './sentences.mjs';

const interval = 500;
/** Starts that fail one after another: about two minutes. */
const mostFailures = 8;
const longestPause = 30_000;

/**
 * Looks twice a second and starts the server again when it is gone. Several processes may do so for one server.
 * @param {object} options
 * @param {() => boolean} options.isRunning
 * @param {() => boolean} options.isWanted false once the server was given back
 * @param {() => Promise<boolean>} options.ensureRunning true where another process was quicker
 * @param {(text: string) => void} options.say
 * @param {(ms: number) => Promise<unknown>} [options.wait]
 * @returns {Promise<void>} ends when the server is not wanted any more
 * @throws {PlainStop} when it could not be started again and again
 */
export async function supervise({ isRunning, isWanted, ensureRunning, say, wait = pause }) {
  let failures = 0;
  for (;;) {
    await wait(failures === 0 ? interval : Math.min(interval * 2 ** failures, longestPause));
    if (!isWanted()) return;
    if (isRunning()) {
      failures = 0;
      continue;
    }
    say('数据库意外中断，正在重新启动 · the database ended unexpectedly and is started again');
    try {
      await ensureRunning();
      say('数据库已恢复 · the database is back');
      failures = 0;
    } catch (error) {
      failures += 1;
      const { message } = /** @type {Error} */ (error);
      if (failures === mostFailures)
        throw new PlainStop(
          `数据库连续 ${failures} 次未能启动，服务停止；排除原因后重新运行 npm start 即可，数据都在。最后一次的原因：\n${message}`,
          `The database could not be started ${failures} times in a row, so the server stops. Mend the cause above and run npm start again: the data are there.`,
        );
      say(message);
    }
  }
}
