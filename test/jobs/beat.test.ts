import { expect } from 'chai';
import { beatJob } from '../../server/jobs/beat.ts';
import { type TestApi, testApi } from '../support/http.ts';

describe('whether somebody does the background work', () => {
  let api: TestApi;
  before(async () => {
    api = await testApi();
  });
  after(() => api.close());

  const beat = () => beatJob.run(api.app.runtime, { progress: async () => {}, data: {}, stopping: () => false });
  const ready = async () => (await api.nobody.get('/ready')).body;

  it('is told apart from serving: nobody has worked yet, somebody does, a minute without a sign', async () => {
    const before = await ready();
    await beat();
    const working = await ready();
    api.clock.pass(60_000);
    const late = await ready();
    api.clock.pass(1);
    const silent = await ready();
    await beat();

    expect(before).to.deep.equal({ status: 'serving', work: { isDone: false, lastAt: null } });
    expect(working).to.deep.include({ status: 'ready' });
    expect(late).to.deep.include({ status: 'ready' });
    expect(silent).to.deep.equal({
      status: 'serving',
      work: { isDone: false, lastAt: '2026-11-23T02:00:00.000Z' },
    });
    expect((await ready()).status).to.equal('ready');
  });
});
