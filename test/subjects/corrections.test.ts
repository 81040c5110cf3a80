import { expect } from 'chai';
import { Problem } from '../../server/kernel/errors.ts';
import { newId } from '../../server/kernel/id.ts';
import type { StepInput } from '../../server/subjects/record.ts';
import { type Bench, openBench } from '../rules/engine.ts';
import { station } from '../rules/world.ts';

describe('Corrections', () => {
  let bench: Bench;
  let alarm = '';
  let parts: string[] = [];
  let arrival = '';
  const at = (time: string): Date => new Date(`2026-03-03T${time}+08:00`);
  before(async () => {
    bench = await openBench('2026-03-03T12:00:00+08:00');
  });
  beforeEach(async () => {
    alarm = newId(bench.clock.now());
    parts = [newId(bench.clock.now()), newId(bench.clock.now())];
    const of = { type: 'alarm', subject: alarm };
    const opened: StepInput = {
      ...of,
      verb: 'receive',
      occurredAt: at('11:00'),
      facts: { number: `J${alarm}`, channel: 'call_110', unit: station, intakeCategory: 'dispute', priority: 'urgent' },
    };
    const sent = parts.map((part) => ({
      ...of,
      verb: 'dispatch',
      part,
      occurredAt: at('11:01'),
      facts: { unit: station },
    }));
    const recorded = await bench.record([
      opened,
      ...sent,
      ...parts.map((part) => ({ ...of, verb: 'arrive', part, occurredAt: at('11:08') })),
    ]);
    arrival = recorded[3]!.step;
  });
  after(() => bench.db.drop());

  const correction = (over: Partial<StepInput> = {}): StepInput => ({
    type: 'alarm',
    subject: alarm,
    verb: 'arrive',
    part: parts[0]!,
    occurredAt: at('11:05'),
    replaces: arrival,
    reason: '录入错误',
    ...over,
  });
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );
  const arrivals = async () =>
    (
      await bench.rows<{ at: Date }>('SELECT arrived_at AS at FROM alarm_dispatch WHERE alarm_id = $1 ORDER BY seq', [
        alarm,
      ])
    ).map((row) => row.at.toISOString());

  it('name the part whose step they replace', async () => {
    const told = await codeOf(bench.record([correction({ part: parts[1]! })]));

    expect(told).to.equal('step.other-part');
    expect(await arrivals()).to.deep.equal([at('11:08').toISOString(), at('11:08').toISOString()]);
  });

  it('replace a step of their own record and verb, once', async () => {
    expect(await codeOf(bench.record([correction({ replaces: newId(bench.clock.now()) })]))).to.equal(
      'step.nothing-to-correct',
    );
    expect(await codeOf(bench.record([correction({ verb: 'handle', facts: {} })]))).to.equal('step.nothing-to-correct');
    expect(await codeOf(bench.record([correction(), correction({ occurredAt: at('11:06') })]))).to.equal(
      'step.corrected-already',
    );
    expect(await codeOf(bench.record([correction()]))).to.equal('done');
    expect(await codeOf(bench.record([correction({ occurredAt: at('11:06') })]))).to.equal('step.corrected-already');
  });

  it('of one step by several people at once have one winner', async () => {
    const told = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((minute) => codeOf(bench.record([correction({ occurredAt: at(`11:0${minute}`) })]))),
    );

    expect(told.filter((one) => one === 'done')).to.have.length(1);
    expect(told.filter((one) => one === 'step.corrected-already')).to.have.length(5);
    expect(await bench.rows('SELECT id FROM step WHERE replaces = $1', [arrival])).to.have.length(1);
  });

  it('are refused a second time by the database itself', async () => {
    await bench.record([correction()]);
    const copy = `INSERT INTO step SELECT (s).* FROM (SELECT jsonb_populate_record(step, jsonb_build_object('id', $2::text, 'seq', 99)) AS s FROM step WHERE replaces = $1) one`;

    const told = await bench.rows(copy, [arrival, newId(bench.clock.now())]).then(
      () => 'done',
      (error: { constraint?: string }) => error.constraint,
    );

    expect(told).to.equal('step_replaced_once');
  });
});
