import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseMapping } from '../../server/imports/parse.ts';
import { importFile } from '../../server/imports/run.ts';
import { settableClock } from '../../server/kernel/clock.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { Registry } from '../../server/subjects/registry.ts';
import { seedBureau } from '../support/bureau.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const registry = new Registry(subjectTypes);

describe('the shipped mappings of complaints and stop-payments', () => {
  let folder: string;
  let db: TestDatabase;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-import-'));
    db = await testDatabase();
    await seedBureau(db.database);
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await db.drop();
  });

  const sql = <R extends object>(text: string): Promise<R[]> =>
    db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      return tx.sql<R>(text);
    });
  const load = async (name: string, table: string) => {
    // the files say gb18030, in which nothing here can write
    const text = readFileSync(new URL(`../../server/imports/mappings/${name}.yml`, import.meta.url), 'utf8');
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, table);
    const runtime = {
      database: db.database,
      clock: settableClock('2026-11-23T02:00:00Z'),
      settle: async () => {},
      append: async () => {},
    };
    return importFile(runtime, registry, parseMapping(`${name}.yml`, text.replace('gb18030', 'utf-8'), registry), path);
  };
  const codeOf = async (id: number) => (await sql<{ code: string }>(`SELECT code FROM unit WHERE id = ${id}`))[0]?.code;

  it('take a letter as it was handled, even by the unit that it complains about', async () => {
    const code = await codeOf(16);
    const columns =
      '工单编号,来源,标题,内容,诉求人,联系电话,被反映单位代码,承办单位代码,受理时间,派单时间,承办人警号,签收时间,联系时间,答复时间,核查结论,回访时间,评价';
    const result = await load(
      'complaints',
      `${columns}\nXJ1,局长信箱,反映窗口排队,排队太久,郑小燕,13812345678,${code},${code},2026/11/2 9:05:00,2026/11/2 9:30:00,990001,2026/11/2 10:00:00,,2026/11/6 16:00:00,部分属实,2026/11/9 9:00:00,不满意\n`,
    );
    expect(result).to.include({ rows: 1 });
    const [row] = await sql<Record<string, unknown>>(`SELECT * FROM complaint WHERE number = 'XJ1'`);
    expect(row).to.include({
      channel: 'mailbox',
      unit_id: 16,
      against_id: 16,
      handler_id: 1,
      opinion: 'partly',
      satisfaction: 'dissatisfied',
      contacted_at: null,
    });
    expect(row?.['answered_at']).to.deep.equal(new Date('2026-11-06T16:00:00+08:00'));
  });

  it('take an account with both its stop-payments', async () => {
    const columns =
      '查控编号,登记时间,单位代码,经办警号,财产种类,机构名称,账号,户名,止付时间,止付金额,再次止付时间,审批时间,审批级别,冻结时间,通知书文号,冻结金额,到期时间';
    await load(
      'stop-payments',
      `${columns}\nCK1,2026/11/2 9:00:00,${await codeOf(16)},990001,存款,工商银行,6200112233,李大壮,2026/11/2 9:05:00,12000,2026/11/4 8:00:00,2026/11/4 15:00:00,县级,2026/11/4 15:10:00,冻财字1号,11800.5,2027-05-04 15:10:00\n`,
    );
    const [row] = await sql<Record<string, unknown>>(`SELECT * FROM "freeze" WHERE number = 'CK1'`);
    expect(row).to.include({ kind: 'funds', officer_id: 1, level: 'county', account: '6200112233' });
    expect(Number(row?.['amount'])).to.equal(11800.5);
    const stops = await sql<{ stopped_at: Date }>('SELECT stopped_at FROM freeze_stop ORDER BY stopped_at');
    expect(stops.map((stop) => stop.stopped_at)).to.deep.equal([
      new Date('2026-11-02T09:05:00+08:00'),
      new Date('2026-11-04T08:00:00+08:00'),
    ]);
  });
});
