import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { newId } from '../../server/kernel/id.ts';
import { withClient } from '../../server/kernel/roles.ts';
import { type Actor, inUnitOfWork, type Runtime, type UnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { appendEntries } from '../../server/ledger/ledger.ts';
import type { ReportSettings } from '../../server/reports/kind.ts';
import { renderReport, renderWaiting } from '../../server/reports/render.ts';
import { closeAside } from '../../server/reports/render-aside.ts';
import { requestReport } from '../../server/reports/request.ts';
import type { Paper } from '../../server/reports/sheet.ts';
import { recordSteps, type StepInput } from '../../server/subjects/record.ts';
import { actorOf, lead, type Name, openWorld, registry, system, type World } from '../findings/world.ts';

const settings: ReportSettings = { registry, zone: 'Asia/Shanghai', demo: true };

describe('reports in PostgreSQL', function () {
  this.timeout(30_000);
  let world: World;
  let runtime: Runtime;

  before(async () => {
    world = await openWorld();
    runtime = { ...world.runtime, append: async (uow, entries) => void (await appendEntries(uow, entries)) };
    await withClient(world.db.superUrl, async (client) => {
      await client.query('UPDATE rule_version SET text = $1 WHERE id = 1', [
        'id: PRO-03\ntitle: { zh: 涉案财物移交, en: Hand-over }\nsubject: item\nbasis:\n  - { document: 公安机关涉案财物管理若干规定, article: 第十一条, status: confirmed }\n  - { document: 演示参数, article: 二十四小时, status: unconfirmed }\n',
      ]);
    });
  });
  after(async () => {
    await closeAside();
    await world.db.drop();
  });

  /** Signed in as the pipeline would have him: each post with its unit, what is below it, and its bureau. */
  const signedIn = (who: Name): Actor => {
    const actor = actorOf(who);
    const unitId = actor.unitId ?? 0;
    return {
      ...actor,
      posts: [{ role: actor.role, unitId, subtree: [unitId], bureau: unitId === 21 ? [20, 21] : [10, 11, 16] }],
    };
  };
  const as = <T>(who: Name, work: (uow: UnitOfWork) => Promise<T>): Promise<T> =>
    inUnitOfWork(runtime, signedIn(who), work);
  const order = (who: Name, kind: string, subjectId?: string, params: Record<string, unknown> = {}) =>
    as(who, (uow) => requestReport(uow, settings, { kind, subjectId, params }));
  const rows = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    inUnitOfWork(runtime, system, (uow) => uow.sql<Row>(text, values), { as: 'engine' });
  const words = async (id: string): Promise<string> =>
    JSON.stringify((await rows<{ paper: Paper }>('SELECT paper FROM report WHERE id = $1', [id]))[0]?.paper);
  const confirmed = async (): Promise<string> => {
    const id = await world.hit();
    await lead(world, id, 'rectifying');
    return id;
  };

  it('issues a notice of a confirmed issue with a number of its bureau and year, its article, and nobody by name', async () => {
    const { id, number } = await order('reviewer', 'supervision-notice', await confirmed());
    expect(number).to.equal('望公法监通字〔2026〕1号');
    const said = await words(id);
    expect(said).to.include('《公安机关涉案财物管理若干规定》第十一条').and.not.include('演示参数');
    expect(said).to.include('责任民警张某某（警号尾号01）').and.not.include('张建国');
    expect(said).to.include('北门派出所：');
  });

  it('gives the number of a request that failed to the next one, and never the same number twice', async () => {
    const finding = await confirmed();
    const taken = async (): Promise<string> => (await order('reviewer', 'supervision-notice', finding)).number;
    const before = Number(/(\d+)号/.exec(await taken())?.[1]);
    const failed = await as('reviewer', async (uow) => {
      await requestReport(uow, settings, { kind: 'supervision-notice', subjectId: finding });
      throw new Error('the request fails after all');
    }).catch((error: Error) => error.message);
    expect(failed).to.equal('the request fails after all');
    const both = await Promise.all([taken(), taken()]);
    expect(both.sort()).to.deep.equal(
      [`望公法监通字〔2026〕${before + 1}号`, `望公法监通字〔2026〕${before + 2}号`].sort(),
    );
  });

  it('refuses a notice before the issue is judged, and one by whom no policy allows to issue', async () => {
    const open = await world.hit();
    expect((await world.refused(order('reviewer', 'supervision-notice', open))).code).to.equal('report.not-judged');
    expect((await world.refused(order('head', 'supervision-notice', await confirmed()))).status).to.equal(403);
    expect((await world.refused(order('elsewhere', 'supervision-notice', await confirmed()))).status).to.equal(404);
    expect((await world.refused(order('reviewer', 'supervision-notice', newId(world.clock.now())))).status).to.equal(
      404,
    );
    expect((await world.refused(order('reviewer', 'telegram', open))).code).to.equal('report.unknown-kind');
    expect(
      (
        await world.refused(
          order('reviewer', 'unit-scorecard', undefined, { unitId: 16, from: '2026-13', to: '2026-11' }),
        )
      ).status,
    ).to.equal(422);
  });

  it('draws it once, stores the bytes with their hash and the ledger before its own entry, and logs both', async () => {
    const [before] = await rows<{ size: number }>('SELECT size FROM ledger_head');
    const { id, number } = await order('reviewer', 'rectification-notice', await confirmed());
    expect(number).to.match(/^望公法整字〔2026〕\d+号$/);
    expect(await renderReport(runtime, settings, id)).to.equal(true);
    const [row] = await rows<{ state: string; bytes: Buffer; sha256: Buffer; ledger_seq: number; ledger_root: Buffer }>(
      'SELECT state, bytes, sha256, ledger_seq, ledger_root FROM report WHERE id = $1',
      [id],
    );
    expect(row?.state).to.equal('done');
    expect(row?.bytes.subarray(0, 5).toString()).to.equal('%PDF-');
    expect(
      createHash('sha256')
        .update(row?.bytes ?? '')
        .digest()
        .equals(row?.sha256 ?? Buffer.alloc(0)),
    ).to.equal(true);
    expect(row?.ledger_seq).to.be.at.least(before?.size ?? 0);
    expect(row?.ledger_root).to.have.length(32);
    const entries = await rows<{ body: Buffer }>(`SELECT body FROM ledger_entry WHERE object_id = $1 ORDER BY seq`, [
      id,
    ]);
    expect(entries.map(({ body }) => (JSON.parse(body.toString()) as { action: string }).action)).to.deep.equal([
      'report.issue',
      'report.render',
    ]);
    expect(await renderReport(runtime, settings, id)).to.equal(false);
  });

  it('keeps an issued paper from being changed or removed', async () => {
    const { id } = await order('reviewer', 'supervision-notice', await confirmed());
    await renderReport(runtime, settings, id);
    const refusal = (text: string): Promise<string> =>
      as('reviewer', (uow) => uow.sql(text, [id])).then(
        () => 'nothing',
        (error: { code?: string }) => error.code ?? '',
      );
    expect(await refusal(`UPDATE report SET bytes = '\\x00' WHERE id = $1`)).to.equal('42501');
    expect(await refusal(`UPDATE report SET number = 'x' WHERE id = $1`)).to.equal('42501');
    expect(await refusal('DELETE FROM report WHERE id = $1')).to.equal('42501');
  });

  it('draws each waiting paper once, however many workers look', async () => {
    for (let n = 0; n < 3; n += 1) await order('reviewer', 'supervision-notice', await confirmed());
    await renderWaiting(runtime, settings);
    for (let n = 0; n < 4; n += 1) await order('reviewer', 'supervision-notice', await confirmed());
    const drawn = await Promise.all([
      renderWaiting(runtime, settings),
      renderWaiting(runtime, settings),
      renderWaiting(runtime, settings),
    ]);
    expect(drawn.reduce((sum, n) => sum + n, 0)).to.equal(4);
    expect(await rows(`SELECT FROM report WHERE state <> 'done'`)).to.have.length(0);
  });

  it('takes up again what a dead worker left, and gives up after five attempts with the reason on the row', async () => {
    const { id } = await order('reviewer', 'supervision-notice', await confirmed());
    await rows(`UPDATE report SET state = 'rendering', attempts = 1, claimed_at = $2 WHERE id = $1`, [
      id,
      world.clock.now(),
    ]);
    expect(await renderReport(runtime, settings, id)).to.equal(false);
    world.clock.pass(3 * 60_000);
    expect(await renderReport(runtime, settings, id)).to.equal(true);

    const broken = (await order('reviewer', 'supervision-notice', await confirmed())).id;
    await rows(`UPDATE report SET paper = jsonb_set(paper, '{asOf}', '"never"') WHERE id = $1`, [broken]);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await renderReport(runtime, settings, broken);
      world.clock.pass(60_000);
    }
    const [row] = await rows<{ state: string; attempts: number; last_error: string }>(
      'SELECT state, attempts, last_error FROM report WHERE id = $1',
      [broken],
    );
    expect(row).to.include({ state: 'failed', attempts: 5 });
    expect(row?.last_error).to.not.equal('');
    expect(await rows(`SELECT FROM notice WHERE link = $1`, [`/reports/${broken}`])).to.have.length(1);
  });

  it('puts a case, its alarm, its property and its recordings on one audit report, with the holes', async () => {
    const at = (time: string): Date => new Date(`2026-11-20T${time}:00+08:00`);
    const [caseId, alarmId, phone, tool, clip] = [1, 2, 3, 4, 5].map(() => newId(world.clock.now())) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const steps: StepInput[] = [
      {
        type: 'case',
        subject: caseId,
        verb: 'report',
        occurredAt: at('22:10'),
        facts: {
          number: 'A9901025100002026110034',
          kind: 'public_order',
          cause: '盗窃',
          unit: 16,
          lead: 1,
          coOfficers: [2],
          suspectKnown: true,
        },
      },
      {
        type: 'case',
        subject: caseId,
        verb: 'add_person',
        occurredAt: at('22:20'),
        facts: { role: 'victim', name: '王秀英', ageClass: 'adult' },
      },
      {
        type: 'case',
        subject: caseId,
        verb: 'add_person',
        occurredAt: at('22:21'),
        facts: { role: 'suspect', name: '孙小龙', ageClass: 'under18' },
      },
      {
        type: 'alarm',
        subject: alarmId,
        verb: 'receive',
        occurredAt: at('21:10'),
        facts: {
          number: '99010200000020261120000187',
          channel: 'call_110',
          unit: 16,
          topic: '电动自行车被盗',
          caller: '王秀英',
        },
      },
      { type: 'alarm', subject: alarmId, verb: 'link_case', occurredAt: at('22:12'), facts: { case: caseId } },
      {
        type: 'item',
        subject: phone,
        verb: 'take',
        occurredAt: at('21:40'),
        facts: {
          number: 'WH-涉财-2026-001234',
          unit: 16,
          how: 'registered',
          kind: 'phone',
          name: '手机',
          takenBy: 1,
          case: caseId,
          quantity: 1,
          measure: '部',
          value: 1200,
        },
      },
      {
        type: 'item',
        subject: tool,
        verb: 'take',
        occurredAt: at('21:45'),
        facts: {
          number: 'WH-涉财-2026-001235',
          unit: 16,
          how: 'registered',
          kind: 'tool',
          name: '断线钳',
          takenBy: 1,
          case: caseId,
          quantity: 1,
          measure: '把',
        },
      },
      {
        type: 'item',
        subject: tool,
        verb: 'hand_over',
        occurredAt: at('22:00'),
        facts: { custodian: 5, storeroom: 'centre', shelf: 'A-03-2' },
      },
      {
        type: 'recording',
        subject: clip,
        verb: Object.keys(registry.get('recording').steps)[0] ?? '',
        occurredAt: at('21:35'),
        facts: { number: 'R1', source: 'camera', wearer: 1, unit: 16, endedAt: at('22:06').toISOString() },
      },
    ];
    await inUnitOfWork(
      runtime,
      system,
      async (uow) => {
        await recordSteps(uow, registry, steps);
        const [dispatch] = await recordSteps(uow, registry, [
          {
            type: 'alarm',
            subject: alarmId,
            verb: 'dispatch',
            occurredAt: at('21:12'),
            facts: { unit: 16, officer: 1 },
          },
        ]);
        const part = dispatch?.part ?? '';
        await recordSteps(uow, registry, [
          {
            type: 'alarm',
            subject: alarmId,
            verb: 'arrive',
            part,
            occurredAt: at('21:21'),
            facts: { arrivalSource: 'terminal' },
          },
          { type: 'alarm', subject: alarmId, verb: 'handle', part, occurredAt: at('22:05'), facts: {} },
        ]);
        const code = registry.get('item').code;
        await uow.sql(
          `INSERT INTO obligation (rule_id, version_id, subject_type, subject_id, occurrence, unit_id, person_id, opened_at, due_at, verdict, severity, judged_at) VALUES (1, 1, $1, $2, $3, 16, 1, $4, $5, 4, 2, $6)`,
          [code, phone, '00000000-0000-0000-0000-000000000000', at('21:40'), at('23:40'), uow.now],
        );
      },
      { as: 'engine' },
    );

    const { id, number } = await order('reviewer', 'case-audit', caseId);
    expect(number).to.equal('BG-990102-2026-00001');
    const said = await words(id);
    expect(said).to.include('提取2件＝在库1件＋调用0件＋发还0件＋移交0件＋处置0件＋未见入库1件，账目相符');
    expect(said).to.include('覆盖68.2%，最长缺录14分').and.include('未成年人甲').and.include('逾期未办1项');
    for (const name of ['王秀英', '孙小龙', '张建国']) expect(said).to.not.include(name);
    await renderReport(runtime, settings, id);
  });

  it('prints the scorecard of a unit from the cells and open duties', async () => {
    await rows(
      `INSERT INTO cell (unit_id, version_id, month, met, late, excused) VALUES (16, 1, '2026-11-01', 57, 2, 1)`,
    );
    const { id, number } = await order('reviewer', 'unit-scorecard', undefined, {
      unitId: 16,
      from: '2026-11',
      to: '2026-11',
    });
    expect(number).to.equal('JF-990102-2026-00001');
    const said = await words(id);
    expect(said).to.include('95.0%（57÷60）').and.include('涉案财物移交').and.include('不替代省厅考评');
  });
});
