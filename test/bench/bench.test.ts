import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createRegistry } from '../../server/app.ts';
import { withClient } from '../../server/kernel/roles.ts';
import { loadCatalogue, shippedRules } from '../../server/rules/catalogue.ts';
import { verdicts } from '../../server/rules/rule.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { benchNow } from './fill.ts';
import { type Measurement, measure } from './measure.ts';
import { judgeByHand } from './peers/hand-written.ts';
import { contested, loadRows, workingDays } from './peers/rows.ts';
import { median, quantile } from './rounds.ts';

describe('The bench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-bench-'));
  let db: TestDatabase;
  let measured: Measurement;

  before(async function () {
    this.timeout(120_000);
    db = await testDatabase();
    const sizes = { alarms: 400, rounds: 1, events: 3, batch: 50 };
    measured = await measure({ databaseUrl: db.url, ownerUrl: db.ownerUrl, folder, ...sizes, say: () => {} });
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await db?.drop();
  });

  it('fills alarms with dispatches and recordings as the city has them', () => {
    expect(measured.filled.alarms).to.equal(400);
    expect(measured.filled.dispatches).to.be.within(150, 400);
    expect(measured.filled.recordings).to.be.within(200, 1200);
  });

  it('prints figures that JSON can hold, each with what it stands beside', () => {
    expect(JSON.parse(JSON.stringify(measured))).to.deep.equal(measured);
    const { verdicts: judged, event, batch } = measured;
    for (const value of [
      judged.totalMs,
      judged.ratioToScan,
      judged.scansMs['alarm']?.median,
      event.httpMs.p50,
      event.httpMs.p99,
      event.bareInsertMs.p50,
      event.ratioP50,
      batch.fullMs.median,
      batch.bareInsertMs.median,
      batch.ratio,
    ])
      expect(value).to.be.a('number').and.satisfy(Number.isFinite);
    expect(readFileSync(judged.slowest.plan, 'utf8')).to.match(/Buffers|actual time/);
    expect(measured.machine.cores).to.be.at.least(1);
  });

  it('judges alike by the text of a change, by the one that finds what is broken and by the one that counts', async () => {
    const rules = loadCatalogue(shippedRules, createRegistry())
      .map(({ rule }) => rule)
      .filter(({ subject }) => subject === 'alarm');
    expect(measured.verdicts.rules.map(({ rule }) => rule)).to.have.members(rules.map(({ code }) => code));
    await db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      // the batches and events came after the verdicts were counted
      const filled = await tx.sql<{ id: string }>(`SELECT id FROM alarm WHERE number LIKE 'B000%'`);
      for (const rule of rules) {
        const rows = await tx.sql<{ verdict: number }>(rule.sql, [filled.map(({ id }) => id), benchNow]);
        const counted = Object.fromEntries(
          Object.entries(verdicts).map(([name, code]) => [name, rows.filter(({ verdict }) => verdict === code).length]),
        );
        const told = measured.verdicts.rules.find((one) => one.rule === rule.code);
        expect(told?.verdicts, rule.code).to.deep.equal(counted);
        expect(told?.broken, rule.code).to.equal((counted['late'] ?? 0) + (counted['overdue'] ?? 0));
        expect(told?.obligations, rule.code).to.equal(rows.length);
      }
    });
  });

  it('stands beside a loop written by hand that finds the same duties broken', async () => {
    const found = await withClient(db.ownerUrl, async (client) =>
      judgeByHand(await loadRows(client), await workingDays(client), benchNow.getTime()),
    );
    for (const code of contested) {
      const rule = loadCatalogue(shippedRules, createRegistry()).find((one) => one.rule.code === code)?.rule;
      const rows = await db.database.transaction(async (tx) => {
        await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
        return tx.sql<{ key: string }>(
          `SELECT subject_id || ' ' || occurrence AS key FROM (${rule?.brokenSql}) b ORDER BY 1`,
          [benchNow],
        );
      });
      expect(
        found
          .filter((one) => one.rule === code)
          .map(({ subject, occurrence }) => `${subject} ${occurrence}`)
          .sort(),
        code,
      ).to.deep.equal(rows.map(({ key }) => key));
    }
    expect(found).to.not.be.empty;
  });

  it('takes the middle, and the value below which a share lies', () => {
    expect(median([3, 1, 2])).to.equal(2);
    expect(median([4, 1, 2, 3])).to.equal(2.5);
    expect(quantile([5, 1, 4, 2, 3], 0.5)).to.equal(3);
    expect(quantile([1, 2, 3], 0.99)).to.equal(3);
  });
});
