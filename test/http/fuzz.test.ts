import { expect } from 'chai';
import { type TestApi, testApi } from '../support/http.ts';
import { boundless, faulty, fuzz, fuzzers } from './fuzz.ts';

describe('requests drawn from the OpenAPI description', function () {
  this.timeout(120_000);
  let api: TestApi;
  before(async () => {
    api = await testApi({ engine: true, budget: boundless });
  });
  after(() => api.close());

  it('are never answered with a fault of ours (the long form: npm run trials -- fuzz)', async () => {
    const { body } = await api.nobody.get('/openapi.json');

    const found = await fuzz(api.url, await fuzzers(api), body, { requests: 400, seed: 7 });

    expect(found.faults).to.deep.equal([]);
    expect(found.sent).to.equal(400);
    expect(found.statuses['200'] ?? 0, JSON.stringify(found.statuses)).to.be.above(20);
  });

  it('notice a route that looks names up in a prototype (the control)', async () => {
    const bad = await faulty(api.app.runtime);
    const found = await fuzz(bad.url, await fuzzers(api), bad.document, { requests: 200, seed: 7 });
    bad.close();

    expect(found.statuses['500']).to.be.above(0);
  });
});
