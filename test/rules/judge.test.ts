import { expect } from 'chai';
import { checkCells } from '../../server/figures/cells.ts';
import { rates } from '../../server/figures/rates.ts';
import { cellsJob } from '../../server/jobs/cells.ts';
import { newId } from '../../server/kernel/id.ts';
import { setGoLive, setState } from '../../server/rules/catalogue-store.ts';
import { cancelRun, judgeEverything, startRun } from '../../server/rules/everything.ts';
import { backtest } from '../../server/rules/everything-count.ts';
import { feedResumed, feedStopped } from '../../server/rules/feeds.ts';
import { setParam } from '../../server/rules/params.ts';
import { nextSweep, sweep } from '../../server/rules/sweep.ts';
import type { StepInput } from '../../server/subjects/record.ts';
import { type Bench, openBench, shipped } from './engine.ts';
import { bureau, registry, ruralStation, station } from './world.ts';

describe('Judging', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench('2026-03-03T12:00:00+08:00');
  });
  afterEach(() => bench.db.drop());

  const at = (time: string): Date => new Date(`2026-03-03T${time}+08:00`);
  let serial = 0;
  /** An urgent alarm in town with one dispatch at 11:50, arrived when told. */
  const alarm = (
    over: { arrived?: string; unit?: number } = {},
  ): { id: string; dispatch: string; steps: StepInput[] } => {
    serial += 1;
    const [id, dispatch] = [newId(bench.clock.now()), newId(bench.clock.now())];
    const unit = over.unit ?? station;
    return {
      id,
      dispatch,
      steps: [
        {
          type: 'alarm',
          subject: id,
          verb: 'receive',
          occurredAt: at('11:49'),
          facts: {
            number: `J${serial}`,
            channel: 'call_110',
            unit,
            intakeCategory: 'dispute',
            priority: 'urgent',
            area: 'urban',
            topic: '打架',
            caller: '王小明',
            place: '北门路12号',
          },
        },
        { type: 'alarm', subject: id, verb: 'report', occurredAt: at('11:50') },
        {
          type: 'alarm',
          subject: id,
          verb: 'dispatch',
          part: dispatch,
          occurredAt: at('11:50'),
          facts: { unit, officer: 1 },
        },
        ...(over.arrived
          ? [{ type: 'alarm', subject: id, verb: 'arrive', part: dispatch, occurredAt: at(over.arrived) }]
          : []),
      ],
    };
  };
  interface Stored {
    code: string;
    verdict: number;
    severity: number;
    due_at: Date | null;
    met_at: Date | null;
    next_at: Date | null;
    trial: boolean;
    unit_id: number;
    occurrence: string;
  }
  const duties = (id: string, code?: string): Promise<Stored[]> =>
    bench.rows<Stored>(
      'SELECT r.code, o.* FROM obligation o JOIN rule r ON r.id = o.rule_id WHERE subject_id = $1 AND ($2::text IS NULL OR r.code = $2) ORDER BY r.code, occurrence',
      [id, code ?? null],
    );
  const verdictOf = async (id: string, code: string): Promise<number | undefined> =>
    (await duties(id, code))[0]?.verdict;

  it('stores a met duty with its times, and counts it in the cell of its unit and month', async () => {
    const { id, dispatch, steps } = alarm({ arrived: '11:54' });
    await bench.record(steps);

    const [arrival] = await duties(id, 'ALM-03');
    expect(arrival).to.include({ verdict: 2, severity: 2, unit_id: station, occurrence: dispatch, trial: false });
    expect(arrival?.due_at).to.deep.equal(at('11:58'));
    expect(bench.hits).to.deep.equal([]);
    const [cell] = await bench.rows(
      `SELECT month, met, late, excused FROM cell c JOIN rule_version v ON v.id = c.version_id JOIN rule r ON r.id = v.rule_id WHERE r.code = 'ALM-03'`,
    );
    expect(cell).to.deep.equal({ month: '2026-03-01', met: 1, late: 0, excused: 0 });
  });

  it('raises a late arrival once, with its sentence and every value read', async () => {
    const { id, steps } = alarm({ arrived: '11:59' });
    await bench.record(steps);
    await bench.record([
      { type: 'alarm', subject: id, verb: 're_report', occurredAt: at('11:59'), facts: { reReports: 1 } },
    ]);

    expect(bench.hits.map((hit) => hit.rule.code)).to.deep.equal(['ALM-03']);
    const [hit] = bench.hits;
    expect(hit?.verdict).to.equal('late');
    expect(hit?.sentence.zh)
      .to.contain('北门派出所')
      .and.to.contain('接到紧急警情派警指令')
      .and.to.contain('超过处警到场时限1分');
    expect(hit?.snapshot['facts']).to.include({ priority: 'urgent', area: 'urban' });
    expect(hit?.snapshot['params']).to.deep.include({
      rule: 'ALM-03',
      name: 'limit',
      key: 'urban',
      unitId: null,
      fromOn: '-infinity',
      toOn: null,
      amount: 8,
    });
  });

  it('warns and then breaks by the passing of time alone', async () => {
    const { id, steps } = alarm();
    bench.clock.set(at('11:51'));
    await bench.record(steps);
    expect(await verdictOf(id, 'ALM-03')).to.equal(1);
    expect(await nextSweep(bench.runtime)).to.deep.equal(at('11:56'));

    bench.clock.set(at('11:57'));
    await sweep(bench.runtime, registry);
    expect(bench.warnings.map((one) => one.rule.rule.code)).to.deep.equal(['ALM-03']);
    await sweep(bench.runtime, registry);
    expect(bench.warnings).to.have.length(1);

    bench.clock.set(at('11:58'));
    expect(await sweep(bench.runtime, registry)).to.deep.equal({ judged: 0, aside: 0 });
    bench.clock.pass(1);
    expect(await sweep(bench.runtime, registry)).to.deep.equal({ judged: 1, aside: 0 });
    expect(await verdictOf(id, 'ALM-03')).to.equal(4);
    expect(bench.hits.map((hit) => `${hit.rule.code} ${hit.verdict}`)).to.deep.equal(['ALM-03 overdue']);
    expect(bench.hits[0]?.sentence.zh).to.match(/截至\d+月\d+日\d+时\d+分未见到场记录/);
  });

  it('tells when a correction heals a broken duty, and moves the cell', async () => {
    const { id, dispatch, steps } = alarm();
    await bench.record(steps);
    const [arrival] = await bench.record([
      { type: 'alarm', subject: id, verb: 'arrive', part: dispatch, occurredAt: at('11:59:30') },
    ]);
    expect(await verdictOf(id, 'ALM-03')).to.equal(3);

    await bench.record([
      {
        type: 'alarm',
        subject: id,
        verb: 'arrive',
        part: dispatch,
        occurredAt: at('11:55'),
        replaces: arrival?.step ?? '',
        reason: '录入错误',
      },
    ]);

    expect(await verdictOf(id, 'ALM-03')).to.equal(2);
    expect(bench.healed.map(({ before, after }) => [before.verdict, after?.verdict])).to.deep.equal([[3, 2]]);
    expect(await bench.db.database.transaction((tx) => checkCells(tx))).to.deep.equal([]);
  });

  it('removes a duty that no longer applies and says so', async () => {
    const { id, steps } = alarm();
    const [received] = await bench.record(steps);
    expect(await verdictOf(id, 'ALM-03')).to.equal(4);

    await bench.record([
      {
        ...steps[0]!,
        facts: { ...steps[0]?.facts, priority: 'consult' },
        replaces: received?.step ?? '',
        reason: '等级登记有误',
      },
    ]);

    expect(await duties(id, 'ALM-03')).to.deep.equal([]);
    expect(bench.healed.map((one) => one.after)).to.include(null);
  });

  it('writes nothing when nothing changed', async () => {
    const { id, steps } = alarm({ arrived: '11:54' });
    await bench.record(steps);
    const before = await bench.rows('SELECT xmin::text FROM obligation WHERE subject_id = $1 ORDER BY rule_id', [id]);
    await bench.work(async (uow) => uow.changed([{ type: 'alarm', id }]));
    expect(
      await bench.rows('SELECT xmin::text FROM obligation WHERE subject_id = $1 ORDER BY rule_id', [id]),
    ).to.deep.equal(before);
  });

  it('keeps a rule on trial, and what opened before the go-live date, away from people and cells', async () => {
    await bench.work((uow) => setState(uow, 'ALM-03', 1, 'trial'));
    await bench.reload();
    const first = alarm();
    await bench.record(first.steps);
    expect((await duties(first.id, 'ALM-03'))[0]).to.include({ verdict: 4, trial: true });
    expect(bench.hits).to.deep.equal([]);

    await bench.work((uow) => setState(uow, 'ALM-03', 1, 'enacted', '2026-03-04'));
    await bench.reload();
    const second = alarm();
    await bench.record(second.steps);
    expect((await duties(second.id, 'ALM-03'))[0]).to.include({ trial: true });

    await bench.work((uow) => setGoLive(uow, 'ALM-03', station, '2026-03-01'));
    await bench.reload();
    const [third, elsewhere] = [alarm(), alarm({ unit: ruralStation })];
    await bench.record([...third.steps, ...elsewhere.steps]);
    expect(bench.hits.map((hit) => hit.subjectId)).to.deep.equal([third.id]);
    expect((await duties(elsewhere.id, 'ALM-03'))[0]).to.include({ trial: true });
  });

  it('leaves the duties of a repealed rule as they were, and comes to rest', async () => {
    const { id, steps } = alarm();
    bench.clock.set(at('11:51'));
    await bench.record(steps);
    const before = (await duties(id, 'ALM-03'))[0];
    await bench.work((uow) => setState(uow, 'ALM-03', 1, 'repealed'));
    const reading = bench.engine.rules;
    await bench.reload();

    bench.clock.set(at('12:30'));
    await bench.record([
      { type: 'alarm', subject: id, verb: 're_report', occurredAt: at('11:59'), facts: { reReports: 1 } },
    ]);
    await sweep(bench.runtime, registry);
    expect((await duties(id, 'ALM-03'))[0]).to.deep.equal({ ...before, next_at: null });

    // a process that has not heard of the repeal yet, and a duty that nobody judges
    await bench.rows(
      `UPDATE obligation SET next_at = due_at WHERE rule_id = (SELECT id FROM rule WHERE code = 'ALM-03')`,
    );
    expect((await sweep(bench.runtime, registry)).judged).to.equal(1);
    bench.engine.rules = reading;
    await sweep(bench.runtime, registry);
    expect(await verdictOf(id, 'ALM-03')).to.equal(4);
  });

  it('cannot judge while a needed feed is down, and judges again when its data comes', async () => {
    await bench.work((uow) => feedStopped(uow, bench.engine, 'dispatch', null, at('11:45')));
    const { id, steps } = alarm();
    await bench.record(steps);
    expect(await verdictOf(id, 'ALM-03')).to.equal(6);
    expect(bench.hits).to.deep.equal([]);

    await bench.work((uow) => feedResumed(uow, bench.engine, 'dispatch', null, at('12:00'), false));
    expect(await verdictOf(id, 'ALM-03')).to.equal(6);
    await bench.work((uow) => feedStopped(uow, bench.engine, 'dispatch', null, at('12:00')));
    await bench.work((uow) => feedResumed(uow, bench.engine, 'dispatch', null, at('12:00'), true));
    expect(await verdictOf(id, 'ALM-03')).to.equal(4);
    expect(bench.hits).to.have.length(1);

    await bench.work((uow) => feedStopped(uow, bench.engine, 'dispatch', null, at('11:45')));
    expect(await verdictOf(id, 'ALM-03')).to.equal(6);
    expect(bench.healed).to.have.length(1);
  });

  it('excuses by decision until the exception ends', async () => {
    const { id, dispatch, steps } = alarm();
    await bench.record(steps);
    await bench.work(async (uow) => {
      await uow.sql(
        `INSERT INTO excuse (rule_id, subject_id, occurrence, reason, until) SELECT id, $1, $2, '批准例外', $3 FROM rule WHERE code = 'ALM-03'`,
        [id, dispatch, at('13:00')],
      );
      uow.changed([{ type: 'alarm', id }]);
    });
    expect((await duties(id, 'ALM-03'))[0]).to.deep.include({ verdict: 5, next_at: at('13:00') });

    bench.clock.set(at('13:00'));
    await sweep(bench.runtime, registry);
    expect(await verdictOf(id, 'ALM-03')).to.equal(4);
    expect(await bench.db.database.transaction((tx) => checkCells(tx))).to.deep.equal([]);
  });

  it('judges again by a parameter of one unit from its date on', async () => {
    const [here, there] = [alarm({ arrived: '11:59' }), alarm({ arrived: '11:59', unit: ruralStation })];
    await bench.record([...here.steps, ...there.steps]);
    await bench.work((uow) =>
      setParam(uow, bench.engine, {
        rule: 'ALM-03',
        name: 'limit',
        key: 'urban',
        unitId: station,
        from: '2026-03-01',
        to: null,
        amount: 10,
      }),
    );

    expect([await verdictOf(here.id, 'ALM-03'), await verdictOf(there.id, 'ALM-03')]).to.deep.equal([2, 3]);
  });

  it('judges everything in chunks that can be stopped and taken up again', async () => {
    const alarms = Array.from({ length: 5 }, () => alarm({ arrived: '11:59' }));
    await bench.record(alarms.flatMap((one) => one.steps));
    await bench.rows('DELETE FROM obligation');
    await bench.rows('DELETE FROM cell');
    bench.hits.length = 0;

    const stopped = await bench.work((uow) => startRun(uow, registry, '新规则'));
    const run = await judgeEverything(bench.runtime, registry, stopped, {
      chunk: 2,
      onProgress: async ({ judged }) => {
        if (judged === 2) await bench.work((uow) => cancelRun(uow, stopped));
      },
    });
    expect(run).to.include({ state: 'cancelled', judged: 2, total: 5 });
    expect(bench.hits).to.have.length(2);

    const id = await bench.work((uow) => startRun(uow, registry, '新规则', ['alarm']));
    expect(await judgeEverything(bench.runtime, registry, id, { chunk: 2 })).to.include({
      state: 'done',
      judged: 5,
      total: 5,
    });
    expect(bench.hits).to.have.length(5);
    expect(await bench.db.database.transaction((tx) => checkCells(tx))).to.deep.equal([]);
  });

  it('judges what several people record at once about one subject as if one had followed the other', async () => {
    const one = alarm();
    const recording = (i: number): StepInput => ({
      type: 'recording',
      verb: 'register',
      occurredAt: at(`11:5${i}`),
      facts: { number: `V${i}`, source: 'camera', wearer: 1, endedAt: at(`11:5${i + 1}`).toISOString() },
    });
    await bench.record([
      ...one.steps,
      { type: 'alarm', subject: one.id, verb: 'arrive', part: one.dispatch, occurredAt: at('11:51') },
    ]);

    await Promise.all([
      bench.record([
        {
          type: 'alarm',
          subject: one.id,
          verb: 'handle',
          part: one.dispatch,
          occurredAt: at('11:57'),
          facts: { onScene: true },
        },
      ]),
      ...[1, 2, 3, 4, 5, 6].map((i) => bench.record([recording(i)])),
      bench.record([
        {
          type: 'alarm',
          subject: one.id,
          verb: 'dispose',
          occurredAt: at('11:58'),
          facts: { disposition: 'settled', feedbackCategory: 'dispute' },
        },
      ]),
    ]);

    const codes = ['ALM-03', 'ALM-04b', 'BWC-01', 'BWC-02'];
    expect(await Promise.all(codes.map((code) => verdictOf(one.id, code)))).to.deep.equal([2, 2, 2, 2]);
    expect(await bench.db.database.transaction((tx) => checkCells(tx))).to.deep.equal([]);
  });

  it('shows rates over their denominators, with what is in no rate beside them', async () => {
    await bench.record(
      [
        alarm({ arrived: '11:54' }),
        alarm({ arrived: '11:59' }),
        alarm(),
        alarm({ unit: ruralStation, arrived: '11:54' }),
      ].flatMap((one) => one.steps),
    );
    const query = { from: '2026-03', to: '2026-03', rules: ['ALM-03'], by: [] };
    const of = (unitId: number | null) => bench.db.database.transaction((tx) => rates(tx, { ...query, unitId }));

    expect((await of(station))[0]).to.deep.include({
      met: 1,
      late: 1,
      overdue: 1,
      pending: 0,
      excused: 0,
      unknown: 0,
      owed: 3,
      rate: 1 / 3,
    });
    expect((await of(bureau))[0]).to.include({ met: 2, owed: 4 });
    expect(
      await bench.db.database.transaction((tx) => rates(tx, { ...query, unitId: null, by: ['month', 'unit', 'rule'] })),
    ).to.have.length(2);
  });

  it('finds and mends a cell that is not what its duties say', async () => {
    await bench.record(alarm({ arrived: '11:54' }).steps);
    await bench.rows('UPDATE cell SET met = met + 1');
    expect(await bench.db.database.transaction((tx) => checkCells(tx))).to.not.be.empty;
    await cellsJob.run(bench.runtime, { progress: async () => {}, data: null, stopping: () => false });
    expect(await bench.db.database.transaction((tx) => checkCells(tx))).to.deep.equal([]);
  });

  it('counts verdicts by rules that the database does not hold', async () => {
    await bench.record([alarm({ arrived: '11:54' }), alarm({ arrived: '11:59' })].flatMap((one) => one.steps));
    const rules = shipped.map(({ rule }) => rule).filter((rule) => rule.code === 'ALM-03');
    await bench.rows('DELETE FROM rule_param');
    const counts = await backtest(bench.db.database, rules, bench.clock.now(), { broken: true });
    expect(counts[0]?.verdicts).to.deep.equal({ pending: 0, met: 1, late: 1, overdue: 0, excused: 0, unknown: 0 });
    expect(counts[0]?.broken).to.have.length(1);
    expect(await bench.rows('SELECT FROM rule_param')).to.deep.equal([]);
  });
});
