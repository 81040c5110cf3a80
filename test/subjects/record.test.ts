import { expect } from 'chai';
import { settableClock } from '../../server/kernel/clock.ts';
import { Problem } from '../../server/kernel/errors.ts';
import { newId } from '../../server/kernel/id.ts';
import {
  type Actor,
  type Change,
  inUnitOfWork,
  type LedgerEntry,
  type Runtime,
} from '../../server/kernel/unit-of-work.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { recordSteps, type StepInput } from '../../server/subjects/record.ts';
import { Registry } from '../../server/subjects/registry.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const registry = new Registry(subjectTypes);
const actor: Actor = {
  personId: null,
  name: '系统',
  unitId: null,
  unitName: '澜川市公安局',
  role: 'system',
  roles: [],
};

describe('recordSteps', () => {
  const clock = settableClock('2026-01-05T09:00:00Z');
  let db: TestDatabase;
  let runtime: Runtime;
  let settled: Change[] = [];
  let ledger: LedgerEntry[] = [];

  before(async () => {
    db = await testDatabase();
    runtime = {
      database: db.database,
      clock,
      settle: async (_uow, changes) => {
        settled.push(...changes);
      },
      append: async (_uow, entries) => {
        ledger.push(...entries);
      },
    };
  });
  beforeEach(() => {
    settled = [];
    ledger = [];
  });
  after(() => db.drop());

  const record = (batch: StepInput[], byHand?: { confirmed: boolean }) =>
    inUnitOfWork(runtime, actor, (uow) => recordSteps(uow, registry, batch, byHand ? { byHand } : {}), {
      as: 'engine',
    });
  const rows = <Row extends object = Record<string, unknown>>(text: string, values: unknown[] = []) =>
    db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      return tx.sql<Row>(text, values);
    });
  const at = (time: string) => new Date(`2026-01-05T${time}+08:00`);
  const refused = async (work: Promise<unknown>): Promise<Problem> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    throw new Error('was not refused');
  };
  let serial = 0;
  const opened = (facts: Record<string, unknown> = {}): StepInput => {
    serial += 1;
    return {
      type: 'alarm',
      verb: 'receive',
      occurredAt: at('08:00'),
      facts: { number: `A${serial}`, channel: 'call_110', unit: 1, ...facts },
    };
  };

  it('keeps the step and the state row together', async () => {
    const [alarm] = await record([opened({ topic: '电动自行车被盗', priority: 'urgent' })]);

    const [row] = await rows<{ version: number; topic: string; received_at: Date }>(
      'SELECT * FROM alarm WHERE id = $1',
      [alarm?.subject],
    );
    expect(row).to.include({ version: 1, topic: '电动自行车被盗' });
    expect(row?.received_at).to.deep.equal(at('08:00'));
    const steps = await rows<{ seq: number; person_name: string }>('SELECT * FROM step WHERE subject_id = $1', [
      alarm?.subject,
    ]);
    expect(steps).to.have.length(1);
    expect(steps[0]).to.include({ seq: 1, person_name: '系统' });
    expect(settled).to.deep.include({ type: 'alarm', id: alarm?.subject });
    expect(ledger.map((entry) => entry.action)).to.deep.equal(['alarm.receive']);
  });

  it('commits to a sensitive fact in the ledger instead of telling it', async () => {
    await record([opened({ caller: '王小明', topic: '盗窃' })]);

    expect(JSON.stringify(ledger)).to.not.contain('王小明');
    expect(JSON.stringify(ledger)).to.contain('盗窃');
  });

  it('records a whole story in one batch, parts included', async () => {
    const alarm = newId(clock.now());
    const dispatch = newId(clock.now());
    await record([
      { ...opened(), subject: alarm },
      {
        type: 'alarm',
        subject: alarm,
        verb: 'dispatch',
        part: dispatch,
        occurredAt: at('08:01'),
        facts: { unit: 1, officer: 7 },
      },
      { type: 'alarm', subject: alarm, verb: 'arrive', part: dispatch, occurredAt: at('08:05') },
    ]);

    const [row] = await rows('SELECT * FROM alarm_dispatch WHERE id = $1', [dispatch]);
    expect(row).to.include({ alarm_id: alarm, officer_id: 7, on_scene: true });
    expect(row?.arrived_at).to.deep.equal(at('08:05'));
    const [state] = await rows('SELECT version FROM alarm WHERE id = $1', [alarm]);
    expect(state).to.include({ version: 3 });
  });

  it('corrects a step by a new one that keeps the part and recomputes the row', async () => {
    const alarm = newId(clock.now());
    const dispatch = newId(clock.now());
    await record([
      { ...opened(), subject: alarm },
      { type: 'alarm', subject: alarm, verb: 'dispatch', part: dispatch, occurredAt: at('08:01'), facts: { unit: 1 } },
    ]);
    const [arrival] = await record([
      {
        type: 'alarm',
        subject: alarm,
        verb: 'arrive',
        part: dispatch,
        occurredAt: at('08:30'),
        facts: { arrivalSource: 'manual' },
      },
    ]);

    await record([
      {
        type: 'alarm',
        subject: alarm,
        verb: 'arrive',
        part: dispatch,
        occurredAt: at('08:10'),
        replaces: arrival?.step ?? '',
        reason: '录入错误',
      },
    ]);

    const [row] = await rows('SELECT * FROM alarm_dispatch WHERE id = $1', [dispatch]);
    expect(row?.arrived_at).to.deep.equal(at('08:10'));
    expect(row?.arrival_source).to.equal(null);
    expect(await rows('SELECT 1 FROM step WHERE subject_id = $1', [alarm])).to.have.length(4);
  });

  it('refuses a second arrival, a future instant, an unknown fact and a duplicate number, and writes nothing', async () => {
    const alarm = newId(clock.now());
    const dispatch = newId(clock.now());
    const first = { ...opened(), subject: alarm };
    await record([
      first,
      { type: 'alarm', subject: alarm, verb: 'dispatch', part: dispatch, occurredAt: at('08:01'), facts: { unit: 1 } },
      { type: 'alarm', subject: alarm, verb: 'arrive', part: dispatch, occurredAt: at('08:05') },
    ]);
    const [before] = await rows<{ n: number }>('SELECT count(*) AS n FROM step');

    const arrive: StepInput = {
      type: 'alarm',
      subject: alarm,
      verb: 'arrive',
      part: dispatch,
      occurredAt: at('08:06'),
    };
    expect((await refused(record([opened(), arrive]))).code).to.equal('alarm.second-arrive');
    expect(
      (await refused(record([{ ...opened(), occurredAt: new Date('2026-01-06T00:00:00Z') }]))).fields?.[0]?.path,
    ).to.equal('occurredAt');
    expect((await refused(record([opened({ colour: 'red' })]))).fields?.[0]?.path).to.equal('facts.colour');
    expect((await refused(record([opened({ priority: 'urgnt' })]))).fields?.[0]?.path).to.equal('facts.priority');
    expect((await refused(record([opened({ number: first.facts?.number })]))).code).to.equal('alarm.duplicate-number');
    expect((await refused(record([{ ...arrive, subject: newId(clock.now()) }]))).status).to.equal(404);
    const [after] = await rows<{ n: number }>('SELECT count(*) AS n FROM step');
    expect(after).to.deep.equal(before);
  });

  it('asks for a reason when an entry by hand lies before what it follows', async () => {
    const alarm = newId(clock.now());
    const dispatch = newId(clock.now());
    await record([
      { ...opened(), subject: alarm },
      { type: 'alarm', subject: alarm, verb: 'dispatch', part: dispatch, occurredAt: at('08:01'), facts: { unit: 1 } },
    ]);
    const early: StepInput = { type: 'alarm', subject: alarm, verb: 'arrive', part: dispatch, occurredAt: at('07:59') };

    expect((await refused(record([early], { confirmed: false }))).code).to.equal('step.needs-confirmation');
    const recorded = await record([{ ...early, reason: '巡逻中途遇到' }], { confirmed: true });

    expect(recorded).to.have.length(1);
  });

  it('leaves out what it has already taken from the same source', async () => {
    const input = { ...opened(), sourceKey: 'cad:1' };

    expect(await record([input, input])).to.have.length(1);
    expect(await record([input])).to.have.length(0);
  });

  it('links recordings to dispatches of the same people at the same time, whichever comes first', async () => {
    const alarm = newId(clock.now());
    const dispatch = newId(clock.now());
    const clip = (number: string, wearer: number, from: string, until: string): StepInput => ({
      type: 'recording',
      verb: 'register',
      occurredAt: at(from),
      facts: { number, source: 'camera', wearer, endedAt: at(until).toISOString() },
    });
    const [early] = await record([clip('R1', 21, '08:04', '08:20')]);
    await record([
      { ...opened(), subject: alarm },
      {
        type: 'alarm',
        subject: alarm,
        verb: 'dispatch',
        part: dispatch,
        occurredAt: at('08:01'),
        facts: { unit: 1, officer: 20, officers: [21] },
      },
      { type: 'alarm', subject: alarm, verb: 'handle', part: dispatch, occurredAt: at('08:25') },
    ]);
    settled = [];
    const [late, , stranger] = await record([
      clip('R2', 20, '08:21', '08:24'),
      clip('R3', 20, '09:30', '09:40'),
      clip('R4', 22, '08:05', '08:10'),
    ]);

    const links = await rows<{ their_id: string }>('SELECT their_id FROM link WHERE own_id = $1', [dispatch]);
    expect(links.map((link) => link.their_id)).to.have.members([early?.subject, late?.subject]);
    expect(links.map((link) => link.their_id)).to.not.include(stranger?.subject);
    const touched = settled.find((change) => change.type === 'alarm' && change.id === alarm);
    expect(touched?.facts).to.include.members(['link.1', 'recording.startedAt', 'recording.endedAt']);
  });

  it('touches the case of an item, the former one too, and the items of a case', async () => {
    const [one, other] = await record(
      [1, 2].map((n) => ({
        type: 'case',
        verb: 'report',
        occurredAt: at('08:00'),
        facts: { number: `C${n}`, kind: 'criminal', cause: '盗窃', unit: 1 },
      })),
    );
    const [item] = await record([
      {
        type: 'item',
        verb: 'take',
        occurredAt: at('08:00'),
        facts: { number: 'I1', unit: 1, how: 'seized', kind: 'phone', name: '手机', case: one?.subject },
      },
    ]);
    settled = [];

    await record([
      {
        type: 'item',
        subject: item?.subject ?? '',
        verb: 'link_case',
        occurredAt: at('09:00'),
        facts: { case: other?.subject },
      },
    ]);

    expect(settled.filter((change) => change.type === 'case').map((change) => change.id)).to.have.members([
      one?.subject,
      other?.subject,
    ]);
    settled = [];
    await record([{ type: 'case', subject: other?.subject ?? '', verb: 'accept', occurredAt: at('09:00') }]);
    expect(settled).to.deep.include({ type: 'item', id: item?.subject, facts: ['case.acceptedAt'] });
  });
});
