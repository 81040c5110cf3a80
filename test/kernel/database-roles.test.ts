import { expect } from 'chai';
import { withClient } from '../../server/kernel/roles.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const step = `INSERT INTO step (id, subject_type, subject_id, seq, verb, occurred_at, recorded_at, facts, person_name, role_name, unit_name)
  VALUES (gen_random_uuid(), 1, gen_random_uuid(), 1, 1, now(), now(), '{}', '王强', 'system', '')`;
const entry = `INSERT INTO ledger_entry (seq, action, leaf_hash, body, recorded_at) VALUES (0, 'a', sha256(''), '', now())`;

describe('database roles', () => {
  let db: TestDatabase;

  before(async () => {
    db = await testDatabase();
    expect(await attempt('none', step)).to.equal('done');
  });
  after(() => db.drop());

  it('runs as a login that is no superuser and owns nothing', async () => {
    const [row] = await db.database.transaction((tx) =>
      tx.sql(`SELECT session_user AS login, rolsuper OR rolbypassrls AS mighty,
        (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owns FROM pg_roles r WHERE rolname = session_user`),
    );

    expect(row).to.deep.equal({ login: 'mingjing_app', mighty: false, owns: 0 });
  });

  const refused = [
    'UPDATE step SET seq = 2',
    'DELETE FROM step',
    'TRUNCATE step',
    entry,
    'UPDATE ledger_entry SET body = body',
    'DELETE FROM ledger_entry',
    'TRUNCATE ledger_entry',
    'DELETE FROM ledger_head',
    'DROP TABLE step',
    'ALTER TABLE step DISABLE TRIGGER ALL',
    'CREATE TABLE own (id int)',
  ];
  for (const sql of refused) {
    for (const role of ['none', 'mingjing_engine']) {
      it(`refuses ${role === 'none' ? 'the app' : 'the engine'}: ${sql}`, async () => {
        expect(await attempt(role, sql)).to.equal('42501');
      });
    }
  }

  it('leaves verdicts to the engine', async () => {
    expect(await attempt('none', 'DELETE FROM obligation')).to.equal('42501');
    expect(await attempt('mingjing_engine', 'DELETE FROM obligation')).to.equal('done');
  });

  it('refuses even the owner a change of a step or an entry while the triggers stand', async () => {
    const codes = await withClient(db.ownerUrl, async (client) => {
      const tries = ['UPDATE step SET seq = 2', 'DELETE FROM ledger_entry', 'TRUNCATE ledger_entry'];
      const found: unknown[] = [];
      for (const sql of tries)
        found.push(
          await client.query(sql).then(
            () => 'done',
            (error) => error.code,
          ),
        );
      return found;
    });

    expect(codes).to.deep.equal(['42501', '42501', '42501']);
  });

  it('inlines local_day and end_of into a scan', async () => {
    const plan = await db.database.transaction((tx) =>
      tx.sql('EXPLAIN (VERBOSE, COSTS OFF) SELECT end_of(local_day(recorded_at) + 3) FROM step'),
    );

    expect(JSON.stringify(plan)).not.to.match(/end_of|local_day/);
  });

  async function attempt(role: string, sql: string): Promise<string> {
    return db.database
      .transaction(async (tx) => {
        await tx.sql(`SELECT set_config('role', $1, true)`, [role]);
        await tx.sql(sql);
        return 'done';
      })
      .catch((error: { code?: string }) => error.code ?? String(error));
  }
});
