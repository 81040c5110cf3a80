import { randomUUID } from 'node:crypto';
import { type Answer, type Client, request } from '../support/http.ts';

/** An alarm whose reception and dispatch the server has both acknowledged. */
export interface Settled {
  id: string;
  number: string;
}

/** What the writers met. */
export interface Met {
  /** Answers by status; `cut` where the connection broke before one. */
  answers: Record<string, number>;
  /** Writes that had to be sent again with their key, since nobody knew whether they were in. */
  retried: number;
  /** Answers that no write of ours should meet, the first few. */
  unexpected: string[];
}

/** Writers that receive and dispatch alarms until they are stopped, each write with its key until it is acknowledged. */
export interface Load {
  settled: Settled[];
  met: Met;
  /** Resolves at the next acknowledgement of a write that began after this call. */
  acknowledged(): Promise<void>;
  /** Lets the writes at hand finish. */
  stop(): Promise<void>;
}

const ago = (seconds: number): string =>
  new Date(performance.timeOrigin + performance.now() - seconds * 1000).toISOString();
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Starts `writers` of them as `client`, who may receive and dispatch. */
export function startLoad(url: string, client: Client, prefix: string, writers: number): Load {
  const load: Omit<Load, 'acknowledged' | 'stop'> = {
    settled: [],
    met: { answers: {}, retried: 0, unexpected: [] },
  };
  const waiting = new Set<{ since: number; done: () => void }>();
  let count = 0;
  let isStopped = false;

  /** Null where the server has forgotten what it had acknowledged. */
  async function write(path: string, body: unknown): Promise<Answer | null> {
    const headers = {
      cookie: client.cookie,
      'x-csrf-token': client.session.csrf as string,
      'idempotency-key': randomUUID(),
    };
    for (let attempt = 1; ; attempt += 1) {
      const began = performance.now();
      const answer = await request(url, 'POST', path, body, headers).catch(() => null);
      const status = answer ? String(answer.status) : 'cut';
      load.met.answers[status] = (load.met.answers[status] ?? 0) + 1;
      if (answer && answer.status < 300) {
        if (attempt > 1) load.met.retried += 1;
        for (const one of waiting) if (one.since <= began) one.done();
        return answer;
      }
      if (answer && ![429, 500, 502, 503].includes(answer.status)) {
        if (load.met.unexpected.length < 5)
          load.met.unexpected.push(`${path} ${status} ${JSON.stringify(answer.body).slice(0, 300)}`);
        return null;
      }
      await pause(100);
    }
  }

  async function writer(): Promise<void> {
    while (!isStopped) {
      count += 1;
      const number = `${prefix}${String(count).padStart(8, '0')}`;
      const facts = { number, channel: 'call_110', unit: 16, topic: '电动车被盗', place: '北门区文化路12号' };
      const opened = await write('/alarms', { verb: 'receive', occurredAt: ago(60), facts });
      if (!opened) continue;
      const { id } = opened.body as { id: string };
      await write(`/alarms/${id}/steps`, { verb: 'dispatch', occurredAt: ago(30), facts: { unit: 16 } });
      load.settled.push({ id, number });
      await pause(20);
    }
  }

  const running = Array.from({ length: writers }, writer);
  return {
    ...load,
    acknowledged: () =>
      new Promise((done) => {
        const one = {
          since: performance.now(),
          done: () => {
            waiting.delete(one);
            done();
          },
        };
        waiting.add(one);
      }),
    stop: async () => {
      isStopped = true;
      await Promise.all(running);
    },
  };
}
