/** The thread behind render-aside.ts: draws one paper after another. */
import { parentPort } from 'node:worker_threads';
import { renderPaper } from './paper.ts';
import type { Answer, Ask } from './render-aside.ts';

const port = parentPort;
let queue = Promise.resolve();

port?.on('message', (ask: Ask) => {
  queue = queue.then(async () => {
    try {
      const bytes = new Uint8Array(await renderPaper(ask.paper, ask.fontFolder));
      port.postMessage({ id: ask.id, bytes } satisfies Answer, [bytes.buffer]);
    } catch (error) {
      port.postMessage({ id: ask.id, error: error instanceof Error ? error.message : String(error) } satisfies Answer);
    }
  });
});
