import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Client, type TestApi, testApi } from '../support/http.ts';

const shipped = readFileSync(new URL('../../audit-rules/item/PRO-01-hand-over.yml', import.meta.url), 'utf8');
const people = ['fazhi', 'fazhizhang', 'shifazhi', 'nanfazhi', 'lingdao', 'chujing'] as const;
const acts = [
  ...(['draft', 'change', 'try', 'stop', 'sign', 'enact'] as const),
  ...(['propose_trial', 'propose_repeal', 'suspend', 'repeal'] as const),
];

interface Version {
  version: number;
  state: string;
  from: string;
  to: string | null;
  endsOn: string | null;
  beside: boolean;
  text: string;
  abilities: string[];
  acts: { act: string; personId: number; textHash: string }[];
}

/** Whatever people do in whatever order, refused or not, the life of a rule keeps its promises. */
describe('The life of a rule, at random', function () {
  this.timeout(300_000);
  let api: TestApi;
  const clients = new Map<string, Client>();
  before(async () => {
    api = await testApi({ engine: true });
    for (const login of people) clients.set(login, await api.as(login));
  });
  after(() => api.close());

  const textFrom = (day: number): string =>
    shipped.replace(/^in_force:.*$/m, `in_force: { from: '2026-12-${String(1 + day).padStart(2, '0')}' }\n# ${day}`);

  const check = (versions: Version[]): void => {
    const judged = versions.filter((one) => ['trial', 'enacted'].includes(one.state) && !one.beside);
    const end = (one: Version) => [one.to ?? '9999', one.endsOn ?? '9999'].sort()[0] ?? '';
    for (const a of judged)
      for (const b of judged)
        if (a.version < b.version && a.from < end(a) && b.from < end(b))
          expect(
            a.from >= end(b) || b.from >= end(a),
            `versions ${a.version} and ${b.version} are in force at once`,
          ).to.equal(true);
    for (const { acts: done } of versions) {
      // from an enactment to its end there are a proposal, its signature and the act, by three people
      const end = done.findLastIndex(({ act }) => act === 'suspend');
      if (end < 0) continue;
      const before = done.slice(0, end);
      const [proposed, signed] = ['propose_trial', 'sign'].map((act) => before.findLast((each) => each.act === act));
      expect(new Set([proposed?.personId, signed?.personId, done[end]?.personId]).size, 'three people').to.equal(3);
    }
    for (const one of versions.filter(({ version, state }) => version > 1000 && state === 'enacted')) {
      const enacted = one.acts.findLast((each) => each.act === 'enact');
      const signed = one.acts.findLast(
        (each) => each.act === 'sign' && one.acts.indexOf(each) < one.acts.indexOf(enacted!),
      );
      const drafters = one.acts.filter(({ act }) => ['draft', 'change'].includes(act)).map(({ personId }) => personId);
      expect(signed, 'nothing is enacted without a signature').to.not.equal(undefined);
      expect(signed?.textHash, 'of the very text').to.equal(enacted?.textHash);
      expect(drafters, 'a second person').to.not.include(enacted?.personId);
      expect(drafters, 'another reader').to.not.include(signed?.personId);
      expect(signed?.personId).to.not.equal(enacted?.personId);
    }
  };

  it('never lets two versions decide one day, and nothing be enacted by fewer than three', async () => {
    const steps = fc.array(
      fc.record({
        act: fc.constantFrom(...acts),
        who: fc.constantFrom(...people),
        on: fc.nat(3),
        day: fc.nat(20),
        // most of what people try is what their buttons offer; the rest is whatever comes to mind
        offered: fc.integer({ min: 0, max: 3 }).map((one) => one > 0),
      }),
      { minLength: 10, maxLength: 40 },
    );
    // every walk goes on where the last one ended: the rule grows old
    await fc.assert(
      fc.asyncProperty(steps, async (walk) => {
        const reader = clients.get('shifazhi');
        for (const { act: wild, who, on, day, offered } of walk) {
          const client = clients.get(who);
          const known = ((await client?.get('/rules/PRO-01'))?.body.versions ?? []) as Version[];
          const version = known[on % Math.max(known.length, 1)];
          const offers = (version?.abilities ?? []).filter((one) => one !== 'repeal' && one !== 'stop');
          const act = offered ? (offers[day % Math.max(offers.length, 1)] ?? wild) : wild;
          const path = `/rules/PRO-01/versions/${version?.version}`;
          const answer =
            act === 'draft' || !version
              ? await client?.post('/rules/drafts', { text: textFrom(day) })
              : act === 'change'
                ? await client?.put(path, { text: textFrom(day), revision: 1 })
                : await client?.post(
                    `${path}/${act}`,
                    act === 'enact' ? { goLive: '2026-12-01' } : { remark: '按规定办理' },
                  );
          expect(answer?.status, JSON.stringify(answer?.body)).to.be.lessThan(500);
        }
        check(((await reader?.get('/rules/PRO-01'))?.body.versions ?? []) as Version[]);
      }),
      { numRuns: 10, seed: 20261124, endOnFailure: true },
    );
    const [row] = await api.db.database.transaction((tx) =>
      tx.sql<{ acts: number; entries: number; enacted: number }>(
        `SELECT (SELECT count(*) FROM rule_act) AS acts, (SELECT count(*) FROM rule_act WHERE act = 'enact') AS enacted,
           (SELECT count(*) FROM ledger_entry WHERE object_type = 'rule' AND action IN ('rule.draft', 'rule.change', 'rule.try', 'rule.stop', 'rule.sign', 'rule.enact', 'rule.amend', 'rule.propose_trial', 'rule.propose_repeal', 'rule.suspend', 'rule.repeal')) AS entries`,
      ),
    );
    expect(Number(row?.entries), 'an entry for every act').to.equal(Number(row?.acts));
    expect(Number(row?.acts)).to.be.greaterThan(50);
    expect(Number(row?.enacted), 'the walk got as far as enacting').to.be.greaterThan(0);
  });
});
