import { expect } from 'chai';
import { type Events, openEvents } from '../../server/jobs/events.ts';
import { signIn, type TestApi, testApi } from '../support/http.ts';

describe('the stream of events', () => {
  let api: TestApi;
  let events: Events;
  before(async () => {
    // the server listens to the database that it serves
    api = await testApi({
      events: async (url) => {
        events = await openEvents(url, () => {});
        return events;
      },
    });
  });
  after(async () => {
    await events.close();
    await api.close();
  });

  const open = async (cookie: string): Promise<{ status: number; ended: Promise<void>; leave: () => void }> => {
    const leave = new AbortController();
    const answer = await fetch(`${api.url}/api/events`, { headers: { cookie }, signal: leave.signal });
    const ended = (async () => {
      const reader = answer.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; ) part = await reader?.read();
    })().catch(() => undefined);
    return { status: answer.status, ended, leave: () => leave.abort() };
  };

  it('ends with its session at once, and another session of the same person goes on', async () => {
    const [here, there] = await Promise.all([signIn(api.url, 'hedong'), signIn(api.url, 'hedong')]);
    const [first, second] = [await open(here.cookie), await open(there.cookie)];
    expect(events.count(6)).to.equal(2);

    await here.delete('/session');
    await first.ended;

    expect(events.count(6)).to.equal(1);
    second.leave();
  });

  it('ends when its person is disabled', async () => {
    const { cookie } = await signIn(api.url, 'chujing2');
    const stream = await open(cookie);

    const admin = await api.as('xitong');
    const answer = await admin.post('/people/2/disable', { reason: '离职' });

    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    await stream.ended;
  });

  it('is open ten times at most for one person', async () => {
    const { cookie } = await signIn(api.url, 'chujing');
    const streams = [];
    for (let i = 0; i < 11; i += 1) streams.push(await open(cookie));

    expect(streams.map(({ status }) => status)).to.deep.equal([...Array(10).fill(200), 429]);
    for (const stream of streams) stream.leave();
  });
});
