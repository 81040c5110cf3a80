import { expect } from 'chai';
import { addressOf } from '../../server/kernel/roles.ts';

describe('the address of another login or database', () => {
  const cases: [string, string][] = [
    ['postgres://postgres@localhost:5433/postgres', 'postgres://app@localhost:5433/own'],
    ['postgresql://postgres:a%40b@db/postgres?sslmode=require', 'postgres://app:a%40b@db/own?sslmode=require'],
    ['postgres://postgres@/postgres?host=/tmp/a/b', 'postgres://app@/own?host=/tmp/a/b'],
    ['postgres://localhost', 'postgres://app@localhost/own'],
  ];
  for (const [url, other] of cases) {
    it(`keeps server and settings of ${url}`, () => {
      expect(addressOf(url, 'app', 'own')).to.equal(other);
    });
  }
});
