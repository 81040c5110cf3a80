import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { withClient } from '../../server/kernel/roles.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

describe('findings of earlier releases', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
  });
  after(() => db.drop());

  it('lose what their record masks, and keep everything else', async () => {
    const file = readFileSync(new URL('../../migrations/masks/snapshots.sql', import.meta.url), 'utf8');
    const cleaning = file.slice(file.indexOf('CREATE FUNCTION'));
    const snapshot = {
      facts: { caller: '张小明', priority: 'urgent', people: ['李某', '王某'], name: '张小明' },
      part: { number: 'D1', place: '文化路12号' },
      params: [1],
      explanation: {
        opened: 'x',
        values: [
          { name: 'caller', mask: 'caller', text: { zh: '张某某' } },
          { name: 'narrative', mask: 'narrative', text: { zh: '张小明与李某争吵' } },
        ],
      },
    };

    const [cleaned, bare] = await withClient(db.ownerUrl, async (client) => {
      await client.query(cleaning);
      const of = async (value: unknown, subject: string) =>
        (await client.query('SELECT pg_temp.without_sensitive($1::jsonb, $2) AS s', [JSON.stringify(value), subject]))
          .rows[0].s;
      return [await of(snapshot, 'alarm'), await of({ facts: { name: '手机' } }, 'item')];
    });

    expect(cleaned).to.deep.equal({
      facts: { caller: { masked: true }, priority: 'urgent', people: 2, name: { masked: true } },
      part: { number: 'D1', place: { masked: true } },
      params: [1],
      explanation: {
        opened: 'x',
        values: [
          { name: 'caller', mask: 'caller', text: { zh: '张某某' } },
          { name: 'narrative', mask: 'narrative', text: null, masked: true },
        ],
      },
    });
    expect(bare).to.deep.equal({ facts: { name: '手机' } });
  });
});
