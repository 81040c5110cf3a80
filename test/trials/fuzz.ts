import { boundless, faulty, fuzz, fuzzers } from '../http/fuzz.ts';
import { testApi } from '../support/http.ts';
import type { Trial } from './trial.ts';

/** Requests drawn from the OpenAPI description, 100,000 unless told: none is answered with a fault of ours. */
export const run: Trial = async ({ seed, rounds: requests = 100_000, say }) => {
  const api = await testApi({ engine: true, budget: boundless });
  try {
    const clients = await fuzzers(api);
    const { body } = await api.nobody.get('/openapi.json');
    const found = await fuzz(api.url, clients, body, { requests, seed, say });
    const bad = await faulty(api.app.runtime);
    const control = await fuzz(bad.url, clients, bad.document, { requests: 1000, seed });
    bad.close();
    const failed = control.statuses['500'] ?? 0;
    return {
      passed: found.faults.length === 0 && failed > 0,
      counts: { requests: found.sent, statuses: found.statuses, faults: found.faults },
      control: { requests: control.sent, failed },
    };
  } finally {
    await api.close();
  }
};
