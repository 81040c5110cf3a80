import { PassThrough } from 'node:stream';
import { Content, type Route, route } from '../kernel/route.ts';
import { type Listener, listen } from '../kernel/wake.ts';
import { noticeChannel } from './notify.ts';

/** Keeps proxies from closing a quiet stream. */
const heartbeat = 25_000;
/** A stream ends by itself and the browser comes again: so a session that has ended is found out. */
const longest = 10 * 60_000;

/** Who listens in this process, by person. */
export interface Events {
  subscribe(person: number, tell: () => void): () => void;
  close(): Promise<void>;
}

/** Hears from the database whose notices are new and tells the browsers of those people. */
export async function openEvents(url: string, report: (error: Error) => void): Promise<Events> {
  const listeners = new Map<number, Set<() => void>>();
  const ears: Listener = listen(
    url,
    noticeChannel,
    (payload) => {
      const { people } = JSON.parse(payload) as { people: number[] };
      for (const person of people) for (const tell of listeners.get(person) ?? []) tell();
    },
    report,
  );
  await ears.ready;
  return {
    subscribe: (person, tell) => {
      const own = listeners.get(person) ?? new Set();
      listeners.set(person, own.add(tell));
      return () => {
        own.delete(tell);
        if (own.size === 0) listeners.delete(person);
      };
    },
    close: () => ears.close(),
  };
}

/** `GET /api/events`: server-sent events; `notice` says that there are new ones, nothing more. */
export const eventRoutes = (events: Events): Route[] => [
  route({
    method: 'GET',
    path: '/api/events',
    summary: { zh: '消息推送', en: 'Server-sent events' },
    action: 'session',
    quiet: true,
    transaction: 'own',
    handle: async ({ actor, reply }) => {
      const stream = new PassThrough();
      reply.header('X-Accel-Buffering', 'no');
      stream.write('retry: 3000\n\n');
      const stop = events.subscribe(actor.personId ?? 0, () => void stream.write('event: notice\ndata: {}\n\n'));
      const beat = setInterval(() => void stream.write(': still here\n\n'), heartbeat);
      const end = setTimeout(() => stream.end(), longest);
      stream.once('close', () => {
        clearInterval(beat);
        clearTimeout(end);
        stop();
      });
      return new Content(stream, 'text/event-stream');
    },
  }),
];
