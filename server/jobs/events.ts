import { PassThrough } from 'node:stream';
import { Problem } from '../kernel/errors.ts';
import { Content, type Route, route } from '../kernel/route.ts';
import { type Listener, listen, sessionChannel } from '../kernel/wake.ts';
import { noticeChannel } from './notify.ts';

/** Keeps proxies from closing a quiet stream; each beat also asks whether the session still holds. */
const heartbeat = 25_000;
/** A stream ends by itself and the browser comes again. */
const longest = 10 * 60_000;
/** Open pages of one person. */
const mostStreams = 10;

/** What an open stream hears. */
export interface Ear {
  /** There are new notices. */
  notice(): void;
  /** A session of this person has ended, perhaps the stream's own. */
  ended(): void;
}

/** Who listens in this process, by person. */
export interface Events {
  subscribe(person: number, ear: Ear): () => void;
  /** Streams of a person in this process. */
  count(person: number): number;
  close(): Promise<void>;
}

/** Hears from the database whose notices are new and whose sessions ended, and tells the browsers of those people. */
export async function openEvents(url: string, report: (error: Error) => void): Promise<Events> {
  const listeners = new Map<number, Set<Ear>>();
  const ears: Listener = listen(
    url,
    [noticeChannel, sessionChannel],
    (payload, channel) => {
      if (channel === sessionChannel) for (const ear of listeners.get(Number(payload)) ?? []) ear.ended();
      else {
        const { people } = JSON.parse(payload) as { people: number[] };
        for (const person of people) for (const ear of listeners.get(person) ?? []) ear.notice();
      }
    },
    report,
  );
  await ears.ready;
  return {
    subscribe: (person, ear) => {
      const own = listeners.get(person) ?? new Set();
      listeners.set(person, own.add(ear));
      return () => {
        own.delete(ear);
        if (own.size === 0) listeners.delete(person);
      };
    },
    count: (person) => listeners.get(person)?.size ?? 0,
    close: () => ears.close(),
  };
}

/**
 * `GET /api/events`: server-sent events; `notice` says that there are new ones, nothing more.
 * @param holds whether the session of this token still holds
 */
export const eventRoutes = (events: Events, holds: (token: string) => Promise<boolean>): Route[] => [
  route({
    method: 'GET',
    path: '/api/events',
    summary: { zh: '消息推送', en: 'Server-sent events' },
    action: 'session',
    quiet: true,
    transaction: 'own',
    handle: async ({ actor, caller, reply }) => {
      const person = actor.personId ?? 0;
      if (events.count(person) >= mostStreams) throw tooManyStreams();
      const stream = new PassThrough();
      reply.header('X-Accel-Buffering', 'no');
      stream.write('retry: 3000\n\n');
      const check = async (): Promise<void> => {
        // a database that is away ends nobody's page
        if (!(await holds(caller.token).catch(() => true))) stream.end();
      };
      const stop = events.subscribe(person, {
        notice: () => void stream.write('event: notice\ndata: {}\n\n'),
        ended: () => void check(),
      });
      const beat = setInterval(() => {
        stream.write(': still here\n\n');
        void check();
      }, heartbeat);
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

const tooManyStreams = (): Problem =>
  new Problem(
    429,
    'events.too-many',
    { zh: '打开的页面过多，请关闭一些', en: 'Too many open pages: close some' },
    { extra: { retryAfter: 60 } },
  );
