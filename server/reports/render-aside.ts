/**
 * Draws papers in a thread of their own: fonts of 15 MB and page layout would stall the event loop, and with it every
 * lock a transaction holds. One thread per process, started at the first paper, stopped after a minute without one.
 */
import { Worker } from 'node:worker_threads';
import type { Paper } from './sheet.ts';

export interface Ask {
  id: number;
  paper: Paper;
  fontFolder: string | undefined;
}
export type Answer = { id: number; bytes: Uint8Array } | { id: number; error: string };

interface Waiting {
  resolve(bytes: Buffer): void;
  reject(error: Error): void;
  limit: NodeJS.Timeout;
}

/** A paper that takes longer is stuck: its thread is ended and the next paper gets a new one. */
const longest = 60_000;
const idle = 60_000;

let thread: Worker | undefined;
let lastId = 0;
let goHome: NodeJS.Timeout | undefined;
const waiting = new Map<number, Waiting>();

/** Like renderPaper, elsewhere. Rejects when the paper cannot be drawn, or not within a minute. */
export function renderAside(paper: Paper, fontFolder?: string): Promise<Buffer> {
  clearTimeout(goHome);
  thread ??= start();
  const worker = thread;
  worker.ref();
  lastId += 1;
  const id = lastId;
  return new Promise<Buffer>((resolve, reject) => {
    const limit = setTimeout(
      () => abandon(worker, new Error(`the paper was not drawn within ${longest / 1000} s`)),
      longest,
    );
    waiting.set(id, { resolve, reject, limit });
    worker.postMessage({ id, paper, fontFolder } satisfies Ask);
  });
}

function start(): Worker {
  // The loaders of the process (tests add their own) are not handed on: the entry registers what it needs.
  const worker = new Worker(new URL('./render-thread.mjs', import.meta.url), { execArgv: [] });
  worker.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    clearTimeout(asked?.limit);
    if ('bytes' in answer) asked?.resolve(Buffer.from(answer.bytes));
    else asked?.reject(new Error(answer.error));
    if (waiting.size === 0) rest(worker);
  });
  worker.on('error', (error) => abandon(worker, error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => abandon(worker, new Error('the drawing thread ended')));
  return worker;
}

/** An idle thread keeps no process alive, and gives its memory back after a while. */
function rest(worker: Worker): void {
  worker.unref();
  goHome = setTimeout(() => void closeAside(), idle);
  goHome.unref();
}

function abandon(worker: Worker, error: Error): void {
  if (worker !== thread) return;
  thread = undefined;
  for (const asked of waiting.values()) {
    clearTimeout(asked.limit);
    asked.reject(error);
  }
  waiting.clear();
  void worker.terminate();
}

/** Ends the thread; papers under way are rejected. The next paper starts a new one. */
export async function closeAside(): Promise<void> {
  clearTimeout(goHome);
  const worker = thread;
  if (worker) abandon(worker, new Error('drawing was stopped'));
  await worker?.terminate();
}
