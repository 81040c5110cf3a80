import { Problem } from './errors.ts';

/** How many requests of a kind run at once in this process. */
export interface Lane {
  /** Of everybody together: the lane's share of the pool of connections. */
  most: number;
  /** Of one person or address. */
  each: number;
  /** How many of one may wait; who comes then is sent away at once. */
  waiting: number;
  /** Milliseconds that somebody waits at most. */
  patience: number;
}

export interface Gate {
  /**
   * Waits for a turn; the answer gives it back. Turns go round among those who wait, one each, so that a crowd of one
   * person's requests delays that person alone.
   * @throws Problem 429 when too many of `who` wait already, 503 when no turn came, 499 when `gone` aborts
   */
  enter(who: string, gone: AbortSignal): Promise<() => void>;
}

interface Waiter {
  go(): void;
}

/** A gate for one lane. */
export function openGate({ most, each, waiting, patience }: Lane): Gate {
  let running = 0;
  const runningOf = new Map<string, number>();
  const queues = new Map<string, Waiter[]>();
  const isFree = (who: string): boolean => running < most && (runningOf.get(who) ?? 0) < each;

  const take = (who: string): (() => void) => {
    running += 1;
    runningOf.set(who, (runningOf.get(who) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      running -= 1;
      const left = (runningOf.get(who) ?? 1) - 1;
      if (left > 0) runningOf.set(who, left);
      else runningOf.delete(who);
      next();
    };
  };

  const next = (): void => {
    for (const [who, queue] of queues) {
      if (running >= most) return;
      if (!isFree(who)) continue;
      const waiter = queue.shift();
      // whoever had a turn stands at the end again
      queues.delete(who);
      if (queue.length > 0) queues.set(who, queue);
      waiter?.go();
    }
  };

  return {
    enter: (who, gone) => {
      if (gone.aborted) return Promise.reject(left());
      if (isFree(who) && !queues.has(who)) return Promise.resolve(take(who));
      const queue = queues.get(who) ?? [];
      if (queue.length >= waiting) return Promise.reject(crowded());
      return new Promise((done, refuse) => {
        const forget = (): void => {
          clearTimeout(limit);
          gone.removeEventListener('abort', leave);
        };
        const giveUp = (problem: Problem): void => {
          forget();
          const rest = queues.get(who)?.filter((one) => one !== waiter) ?? [];
          if (rest.length > 0) queues.set(who, rest);
          else queues.delete(who);
          refuse(problem);
        };
        const waiter: Waiter = {
          go: () => {
            forget();
            done(take(who));
          },
        };
        const leave = (): void => giveUp(left());
        const limit = setTimeout(() => giveUp(busy()), patience);
        gone.addEventListener('abort', leave);
        queue.push(waiter);
        queues.set(who, queue);
        next();
      });
    },
  };
}

/** Nobody reads this answer: whoever asked has gone. */
export const left = (): Problem => new Problem(499, 'request.gone', { zh: '请求已取消', en: 'The caller has gone' });

const crowded = (): Problem =>
  new Problem(
    429,
    'request.crowded',
    {
      zh: '您同时提出的请求过多，请等前面的完成后再试',
      en: 'Too many of your requests at once: let those finish first',
    },
    { extra: { retryAfter: 2 } },
  );

const busy = (): Problem =>
  new Problem(
    503,
    'server.busy',
    { zh: '系统暂时无法处理，请稍后再试', en: 'Not possible right now: try again shortly' },
    { extra: { retryAfter: 5 } },
  );
