import { expect } from 'chai';
import { Problem } from '../../server/kernel/errors.ts';
import { newId } from '../../server/kernel/id.ts';
import {
  advanceBacktest,
  type BacktestInput,
  type BacktestRun,
  changeRun,
  startBacktest,
} from '../../server/rules/backtest.ts';
import { adviceOn } from '../../server/rules/backtest-advice.ts';
import { csvOf } from '../../server/rules/backtest-csv.ts';
import { readBacktest, readBroken } from '../../server/rules/backtest-read.ts';
import { setParam } from '../../server/rules/params.ts';
import { verdicts } from '../../server/rules/rule.ts';
import type { StepInput } from '../../server/subjects/record.ts';
import { type Bench, openBench, shipped } from './engine.ts';
import { Histories } from './histories.ts';
import { registry, ruralStation, station } from './world.ts';

const textOf = (code: string): string => shipped.findLast(({ rule }) => rule.code === code)!.text;
const period = { from: '2025-11-01', to: '2026-01-31' };

/** Urgent alarms of two months, arrived at after 0 to 12 minutes, or not at all. */
function alarm(i: number): StepInput[] {
  const at = (minutes: number) => new Date(Date.parse('2025-11-20T01:00:00Z') + i * 22 * 3_600_000 + minutes * 60_000);
  const [subject, part] = [newId(at(0)), newId(at(0))];
  const unit = i % 3 === 0 ? ruralStation : station;
  const step = { type: 'alarm', subject };
  return [
    {
      ...step,
      verb: 'receive',
      occurredAt: at(0),
      facts: { number: `B${i}`, unit, channel: 'call_110', priority: 'urgent', area: 'urban', topic: '打架' },
    },
    { ...step, verb: 'dispatch', part, occurredAt: at(1), facts: { unit } },
    ...(i % 13 === 0 ? [] : [{ ...step, verb: 'arrive', part, occurredAt: at(1 + (i % 13)), facts: {} }]),
  ];
}

describe('A back-test', function () {
  this.timeout(60_000);
  let bench: Bench;
  before(async () => {
    bench = await openBench('2025-12-30T12:00:00+08:00');
    const histories = new Histories(11);
    for (let i = 0; i < 160; i += 1) {
      const steps = histories.next(bench.clock.now());
      try {
        await bench.record(steps);
        histories.keep(steps);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    }
    for (let i = 0; i < 40; i += 1) await bench.record(alarm(i));
  });
  after(() => bench.db.drop());

  const run = async (input: Partial<BacktestInput> & { text: string }, chunk = 7): Promise<string> => {
    const id = await bench.work((uow) => startBacktest(uow, registry, { ...period, ...input }));
    const done = await advanceBacktest(bench.runtime, registry, id, { chunk });
    expect(done.state, String(done.lastError)).to.equal('done');
    return id;
  };
  const read = (id: string) => bench.work((uow) => readBacktest(uow, id));
  const list = (id: string, which: 'broken' | 'newly' | 'gone') =>
    bench.work(async (uow) => (await readBroken(uow, registry, id, which, { offset: 0, limit: null })).rows);
  const live = (code: string) =>
    bench.rows<{ subject_id: string; occurrence: string; unit_id: number; month: string; verdict: number }>(
      `SELECT o.subject_id, o.occurrence, coalesce(o.unit_id, 0) AS unit_id, to_char(local_day(o.opened_at), 'YYYY-MM') AS month, o.verdict
       FROM obligation o JOIN rule r ON r.id = o.rule_id WHERE r.code = $1 AND local_day(o.opened_at) BETWEEN $2 AND $3`,
      [code, period.from, period.to],
    );

  for (const code of ['ALM-03', 'ALM-01', 'PRO-01', 'BWC-01', 'CAS-17'])
    it(`of ${code} as it is in force says what the live duties say, by unit and month`, async () => {
      const [told, duties] = [await read(await run({ text: textOf(code) })), await live(code)];
      // CAS-17 changed within the period: the text tried is judged all the time, what was in force each in its own
      const { inForce } = told;
      expect(inForce?.opened).to.equal(duties.length);
      for (const [name, verdict] of Object.entries(verdicts))
        expect(inForce?.[name as 'met'], name).to.equal(duties.filter((duty) => duty.verdict === verdict).length);
      for (const bar of told.months)
        expect(bar.inForce.opened).to.equal(duties.filter(({ month }) => month === bar.month).length);
      for (const bar of told.units)
        expect(bar.inForce.opened).to.equal(duties.filter(({ unit_id }) => unit_id === bar.unitId).length);
      if (code !== 'CAS-17') {
        expect(told.tried).to.deep.equal(inForce);
        expect(told.difference).to.deep.include({ newly: 0, gone: 0 });
      }
    });

  it('shows what a changed number would newly break and no longer break', async () => {
    const text = textOf('ALM-03');
    expect(text).to.include('urban: 8m');
    const before = new Set(
      (await live('ALM-03'))
        .filter(({ verdict }) => verdict === 3 || verdict === 4)
        .map((one) => one.subject_id + one.occurrence),
    );
    const strict = await run({ text: text.replace('urban: 8m', 'urban: 1m') });
    const [newly, broken] = [await list(strict, 'newly'), await list(strict, 'broken')];
    const found = new Set(broken.map((one) => one.id + one.occurrence));
    expect(new Set(newly.map((one) => one.id + one.occurrence))).to.deep.equal(
      new Set([...found].filter((key) => !before.has(key))),
    );
    const told = await read(strict);
    expect(told.difference?.newly).to.equal(newly.length);
    expect(told.tried.late + told.tried.overdue).to.equal(broken.length);
    expect(told.advice?.text.zh).to.match(/^\+\d+ 项，|与现行规则的结果一致/);

    const mild = await read(await run({ text: text.replace('urban: 8m', 'urban: 9999m') }));
    expect(mild.difference?.newly).to.equal(0);
    expect(mild.difference?.gone).to.be.greaterThan(0);
  });

  it('never touches live duties, findings, parameters or rules', async () => {
    const tables = [
      'obligation',
      'cell',
      'excuse',
      'judge_run',
      'rule',
      'rule_version',
      'rule_param',
      'finding',
      'step',
      'notice',
      'link',
      'escalation',
    ];
    const print = async () => {
      const found: Record<string, unknown> = {};
      for (const table of tables)
        [found[table]] = await bench.rows(
          `SELECT count(*) AS n, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS sum FROM ${table} t`,
        );
      return found;
    };
    const before = await print();
    const raised = bench.hits.length;
    expect(before['obligation']).to.have.property('n').greaterThan(50);
    await run({ text: textOf('ALM-03').replace('urban: 8m', 'urban: 2m') });
    await run({ text: textOf('ALM-01').replaceAll('ALM-01', 'ALM-99') });
    const id = await bench.work((uow) => startBacktest(uow, registry, { ...period, text: textOf('PRO-01') }));
    await bench.work((uow) => changeRun(uow, id, 'cancel'));
    expect(await print()).to.deep.equal(before);
    expect(bench.hits).to.have.length(raised);
  });

  it('is stopped and taken up again, dies and goes on, and comes out the same', async () => {
    const text = textOf('ALM-03').replace('urban: 8m', 'urban: 1m');
    const whole = await read(await run({ text }, 1000));
    const id = await bench.work((uow) => startBacktest(uow, registry, { ...period, text }));
    let chunks = 0;
    const dying = advanceBacktest(bench.runtime, registry, id, {
      chunk: 3,
      onProgress: () => {
        chunks += 1;
        if (chunks === 2) throw new Error('power cut');
      },
    });
    await dying.then(
      () => expect.fail('did not die'),
      (error: Error) => expect(error.message).to.equal('power cut'),
    );
    await bench.work((uow) => changeRun(uow, id, 'cancel'));
    expect((await advanceBacktest(bench.runtime, registry, id, { chunk: 3 })).state).to.equal('cancelled');
    const resumed: BacktestRun = await bench.work((uow) => changeRun(uow, id, 'resume'));
    expect(resumed).to.include({ state: 'queued', judged: 6 });
    const done = await advanceBacktest(bench.runtime, registry, id, { chunk: 5 });
    expect(done.state).to.equal('done');

    const again = await read(id);
    for (const key of ['tried', 'inForce', 'difference', 'months', 'units', 'seed'] as const)
      expect(again[key], key).to.deep.equal(whole[key]);
    const names = (told: typeof again) =>
      told.sample.map(({ explanation }) => explanation.subjectId + explanation.occurrence);
    expect(names(again)).to.deep.equal(names(whole));
    expect(again.sample.length).to.be.within(1, 20);
    for (const { explanation } of again.sample) expect(explanation.verdict).to.be.oneOf(['late', 'overdue']);
  });

  it('keeps to the units asked for, with what lies below them', async () => {
    const one = await read(await run({ text: textOf('ALM-01'), units: [station] }));
    const all = await read(await run({ text: textOf('ALM-01'), units: [1] }));
    expect(one.units.map(({ unitId }) => unitId)).to.deep.equal([station]);
    expect(all.units.map(({ unitId }) => unitId)).to.include.members([station, ruralStation]);
  });

  it('judges by what units have set for themselves, and by its own number elsewhere', async () => {
    await bench.work((uow) =>
      setParam(uow, bench.engine, {
        rule: 'ALM-03',
        name: 'limit',
        key: 'urban',
        unitId: station,
        from: '2020-01-01',
        to: null,
        amount: 9000,
      }),
    );
    const told = await read(await run({ text: textOf('ALM-03').replace('urban: 8m', 'urban: 1m') }));
    for (const { explanation } of told.sample) {
      const [param] = explanation.params;
      if (param?.key === 'urban')
        expect([param.source, param.text?.zh]).to.be.deep.oneOf([
          ['unit', '9000分钟'],
          ['rule', '1分钟'],
        ]);
    }
  });

  it('says where a text is wrong', async () => {
    const wrong = await bench
      .work((uow) =>
        startBacktest(uow, registry, { ...period, text: textOf('ALM-03').replace('alarm.priority', 'alarm.prioritx') }),
      )
      .then(
        () => null,
        (error: Problem) => error,
      );
    expect(wrong?.status).to.equal(422);
    expect(wrong?.fields?.[0]?.en).to.match(/^\d+:\d+ .*prioritx/);
  });

  it('exports as CSV that Excel reads', async () => {
    const id = await run({ text: textOf('ALM-03').replace('urban: 8m', 'urban: 1m') });
    const text = (await bench.work((uow) => csvOf(uow, registry, id))).toString('utf8');
    expect(text.startsWith('\ufeff规则,ALM-03,')).to.equal(true);
    expect(text).to.include('\r\n按月,2025-12,');
    expect(text).to.include('\r\n疑似问题,');
  });
});

describe('What a back-test speaks for', () => {
  const counts = (met: number, late: number, unknown = 0) => ({
    pending: 0,
    met,
    late,
    overdue: 0,
    excused: 0,
    unknown,
    opened: met + late + unknown,
  });

  it('is one line with the number and a word', () => {
    expect(adviceOn(counts(5000, 1500), counts(6140, 360), { newly: 1150, gone: 10, same: 350 })).to.deep.include({
      level: 'no',
      text: { zh: '+1,140 项，建议不启用', en: '+1,140 suspected issues: better not enact it' },
    });
    expect(adviceOn(counts(990, 10), counts(985, 15), { newly: 0, gone: 5, same: 10 }).text.zh).to.equal(
      '−5 项，可以启用',
    );
    expect(adviceOn(counts(950, 50), counts(990, 10), { newly: 40, gone: 0, same: 10 }).level).to.equal('trial');
    expect(adviceOn(counts(0, 0), null, null).level).to.equal('none');
    expect(adviceOn(counts(50, 5, 45), null, null).level).to.equal('data');
    expect(adviceOn(counts(90, 10), null, null).level).to.equal('no');
    expect(adviceOn(counts(90, 1), counts(90, 1), { newly: 0, gone: 0, same: 1 }).level).to.equal('same');
  });
});
