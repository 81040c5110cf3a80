import { expect } from 'chai';
import { newId } from '../../server/kernel/id.ts';
import { judgeEverything, startRun } from '../../server/rules/everything.ts';
import { feedStopped } from '../../server/rules/feeds.ts';
import { sweep } from '../../server/rules/sweep.ts';
import type { StepInput } from '../../server/subjects/record.ts';
import { type Bench, openBench } from './engine.ts';
import { registry, station } from './world.ts';

describe('What time alone changes', () => {
  let bench: Bench;
  afterEach(() => bench.db.drop());

  const minutes = (n: number): void =>
    bench.clock.set(new Date(bench.clock.now().getTime() + n * 60_000).toISOString());
  /** An urgent alarm whose officer was sent off just now and has not arrived. */
  const alarm = (n: number): { id: string; steps: StepInput[] } => {
    const id = newId(bench.clock.now());
    const of = { type: 'alarm', subject: id, occurredAt: bench.clock.now() };
    const facts = { number: `J${n}`, channel: 'call_110', unit: station, priority: 'urgent', area: 'urban' };
    return {
      id,
      steps: [
        { ...of, verb: 'receive', facts },
        { ...of, verb: 'dispatch', part: newId(bench.clock.now()), facts: { unit: station, officer: 1 } },
      ],
    };
  };
  const verdictsOf = async (ids: readonly string[]): Promise<number[]> =>
    (
      await bench.rows<{ verdict: number }>(
        `SELECT o.verdict FROM unnest($1::uuid[]) WITH ORDINALITY i (id, n) JOIN obligation o ON o.subject_id = i.id JOIN rule r ON r.id = o.rule_id WHERE r.code = 'ALM-03' ORDER BY i.n`,
        [ids],
      )
    ).map(({ verdict }) => verdict);

  it('is judged for everybody else where one record cannot be judged, which is put aside and tried again', async () => {
    bench = await openBench('2026-03-03T12:00:00+08:00');
    const alarms = Array.from({ length: 7 }, (_, i) => alarm(i));
    await bench.record(alarms.flatMap(({ steps }) => steps));
    const ids = alarms.map(({ id }) => id);
    const bad = [...ids].sort()[2]!;
    let broken = true;
    const runtime = {
      ...bench.runtime,
      settle: async (...[uow, changes]: Parameters<Bench['runtime']['settle']>) => {
        if (broken && changes.some(({ id }) => id === bad)) throw new Error('a fault of ours');
        await bench.runtime.settle(uow, changes);
      },
    };

    minutes(30);
    const told = await sweep(runtime, registry);

    expect(told.aside).to.equal(1);
    expect(await verdictsOf(ids)).to.deep.equal(ids.map((id) => (id === bad ? 1 : 4)));
    expect(await bench.rows('SELECT subject_id, subject_type, attempts, last_error FROM set_aside')).to.deep.equal([
      { subject_id: bad, subject_type: 'alarm', attempts: 1, last_error: 'a fault of ours' },
    ]);
    expect((await sweep(runtime, registry)).aside, 'left alone for a while').to.equal(0);

    broken = false;
    minutes(2);
    await sweep(runtime, registry);
    expect(await verdictsOf([bad])).to.deep.equal([4]);
    expect(await bench.rows('SELECT * FROM set_aside')).to.deep.equal([]);
  });

  it('is judged anew for everybody else too: a run goes past the record that cannot be judged', async () => {
    bench = await openBench('2026-03-03T12:00:00+08:00');
    const alarms = Array.from({ length: 5 }, (_, i) => alarm(i));
    await bench.record(alarms.flatMap(({ steps }) => steps));
    const ids = alarms.map(({ id }) => id).sort();
    let broken = true;
    const runtime = {
      ...bench.runtime,
      settle: async (...[uow, changes]: Parameters<Bench['runtime']['settle']>) => {
        if (broken && changes.some(({ id }) => id === ids[1])) throw new Error('a fault of ours');
        await bench.runtime.settle(uow, changes);
      },
    };
    await bench.rows('DELETE FROM obligation');

    const run = await judgeEverything(runtime, registry, await bench.work((uow) => startRun(uow, registry, '核对')), {
      chunk: 3,
    });

    expect(run).to.include({ state: 'done', judged: 5 });
    expect(await verdictsOf(ids)).to.have.length(4);
    expect(await bench.rows('SELECT subject_id FROM set_aside')).to.deep.equal([{ subject_id: ids[1] }]);

    broken = false;
    minutes(2);
    await sweep(runtime, registry);
    expect(await verdictsOf(ids)).to.have.length(5);
    expect(await bench.rows('SELECT subject_id FROM set_aside')).to.deep.equal([]);
  });

  it('puts nobody aside while the database is away', async () => {
    bench = await openBench('2026-03-03T12:00:00+08:00');
    await bench.record(alarm(1).steps);
    const settle = async (): Promise<void> => {
      throw Object.assign(new Error('the disk is full'), { code: '53100' });
    };

    minutes(30);
    const told = await sweep({ ...bench.runtime, settle }, registry).catch((error: Error) => error.message);

    expect(told).to.equal('the disk is full');
    expect(await bench.rows('SELECT subject_id FROM set_aside')).to.deep.equal([]);
  });

  it('is a run of the rules that read it where a person or a unit changed, and one for many changes', async () => {
    bench = await openBench('2026-03-03T12:00:00+08:00');
    const change = (type: string, fact: string) =>
      bench.work(async (uow) => uow.changed([{ type, id: '11', facts: [`${type}.${fact}`] }]));

    await change('person', 'qualification');
    await change('person', 'qualification');
    await change('person', 'phone');

    const runs = await bench.rows<{ id: string; rules: number[] }>(
      'SELECT id, types, rules::int[] AS rules FROM judge_run',
    );
    expect(runs).to.have.length(1);
    const codes = await bench.rows('SELECT code FROM rule WHERE id = ANY($1::smallint[]) ORDER BY code', [
      runs[0]!.rules,
    ]);
    expect(codes).to.deep.include({ code: 'CAS-26b' });
    expect(codes).to.not.deep.include({ code: 'ALM-03' });
    expect(await judgeEverything(bench.runtime, registry, runs[0]!.id)).to.include({ state: 'done' });
  });

  it('wakes near a year without a calendar when it is overdue whatever the calendar will say', async () => {
    bench = await openBench('2026-12-30T12:00:00+08:00');
    const id = newId(bench.clock.now());
    const facts = { number: 'A1', kind: 'public_order', cause: '殴打他人', unit: station };
    const of = { type: 'case', subject: id, occurredAt: bench.clock.now() };
    await bench.record([
      { ...of, verb: 'report', facts },
      { ...of, verb: 'accept', facts: {} },
    ]);
    const waiting = () =>
      bench.rows<{ due_at: Date; next_at: Date }>(
        'SELECT due_at, next_at FROM obligation WHERE subject_id = $1 AND verdict = 1 AND due_at >= $2 ORDER BY due_at',
        [id, '2026-12-31T16:00:00Z'],
      );
    const [first] = await waiting();
    expect(first, 'a duty that falls due in January 2027').to.not.equal(undefined);

    bench.clock.set(new Date(first!.due_at.getTime() + 1000).toISOString());
    await sweep(bench.runtime, registry);
    const [after] = await waiting();

    expect(after!.due_at).to.deep.equal(first!.due_at);
    expect(after!.next_at.getTime()).to.be.greaterThan(bench.clock.now().getTime() + 3_600_000);
    expect((await sweep(bench.runtime, registry)).judged, 'nothing is judged again and again').to.equal(0);
  });

  it('after an outage is a run where it would hold a request up, and bounded by unit and time where not', async () => {
    bench = await openBench('2026-03-03T12:00:00+08:00');
    const { steps } = alarm(1);
    await bench.record(steps);
    let judged: number | undefined;
    const runtime = {
      ...bench.runtime,
      settle: async (...[uow, changes]: Parameters<Bench['runtime']['settle']>) => {
        judged = changes.length;
        await bench.runtime.settle(uow, changes);
      },
    };
    const stop = async (unitId: number | null, at: string): Promise<number> => {
      judged = 0;
      const own = { ...bench, runtime };
      await import('../../server/kernel/unit-of-work.ts').then(({ inUnitOfWork }) =>
        inUnitOfWork(
          own.runtime,
          { personId: null, name: '系统', unitId: null, unitName: '', role: 'system', roles: [] },
          (uow) => feedStopped(uow, bench.engine, 'dispatch', unitId, new Date(at)),
          { as: 'engine' },
        ),
      );
      return judged;
    };

    expect(await stop(12, '2026-03-03T11:00:00+08:00'), 'another unit').to.equal(0);
    expect(await stop(null, '2026-03-04T11:00:00+08:00'), 'after everything was due').to.equal(0);
    expect(await stop(null, '2026-03-03T11:00:00+08:00')).to.equal(1);
    await bench.rows(
      `INSERT INTO obligation SELECT o.rule_id, o.version_id, o.subject_type, gen_random_uuid(), o.occurrence, o.unit_id, o.person_id, o.opened_at, o.due_at, o.met_at, o.warn_at, o.next_at, 4, o.severity, o.trial, o.judged_at
         FROM obligation o JOIN rule r ON r.id = o.rule_id CROSS JOIN generate_series(1, 1001) WHERE r.code = 'ALM-03'`,
    );
    expect(await stop(null, '2026-03-03T11:00:00+08:00')).to.equal(0);
    const [run] = await bench.rows('SELECT id, reason, state, types FROM judge_run');
    expect(run).to.deep.include({ reason: 'feed dispatch', state: 'queued', types: ['alarm'] });
    const other = alarm(2);
    await bench.record(other.steps);
    await bench.rows('UPDATE obligation SET verdict = 2 WHERE subject_id = $1', [other.id]);
    expect(await judgeEverything(bench.runtime, registry, String(run!['id'])), 'only whom it can concern').to.include({
      state: 'done',
      judged: 1,
    });
  });
});
