import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { addMonths, chineseCalendar, dayOf, dueRange, type Limit } from '../../server/kernel/calendar.ts';
import { noOccurrence } from '../../server/kernel/id.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { explainTerm } from '../../server/rules/explain-term.ts';
import type { Explanation } from '../../server/rules/explanation.ts';
import { type CompiledRule, type JudgeContext, verdicts } from '../../server/rules/rule.ts';
import { drawExcuses, drawWorld, pathOf } from './draw.ts';
import { shipped } from './engine.ts';
import { registry } from './world.ts';

const runs = Number(process.env['EXPLAIN_RUNS'] ?? 8);
const zone = 'Asia/Shanghai';
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}+08:00`);
const term = (opened: string, limit: Limit, more: Partial<Parameters<typeof explainTerm>[0]> = {}) =>
  explainTerm({
    opened: at(opened),
    limit,
    by: null,
    times: 0,
    approvals: [],
    pauses: [],
    rolls: true,
    calendar: chineseCalendar,
    zone,
    ...more,
  });
const lines = (told: ReturnType<typeof term>): string[] => told.steps.map(({ text }) => text.zh);

describe('The arithmetic of a term is told day by day', () => {
  it('working days skip the golden week by name and count the made-up days', () => {
    expect(lines(term('2026-09-23 10:00', { n: 5, unit: 'wd' }))).to.deep.equal([
      '自2026年9月23日10时00分起算',
      '2026年9月23日为起算当日，不计入',
      '规定时限5个工作日',
      '跳过非工作日：9月25日至9月27日（中秋节）、10月1日至10月7日（国庆节）',
      '第5个工作日为2026年10月8日',
      '期限于2026年10月8日24时届满，含本时点',
    ]);
    expect(lines(term('2026-02-12 09:00', { n: 2, unit: 'wd' }))).to.include('调休上班日计入：2月14日');
  });

  it('a last day on a holiday rolls forward, except where a person is held', () => {
    expect(lines(term('2026-09-01 08:00', { n: 30, unit: 'd' })).slice(-3)).to.deep.equal([
      '第30日为2026年10月1日',
      '2026年10月1日不是工作日（国庆节），顺延至2026年10月8日',
      '期限于2026年10月8日24时届满，含本时点',
    ]);
    const held = term('2026-09-01 08:00', { n: 30, unit: 'd' }, { rolls: false });
    expect(lines(held)).to.include('2026年10月1日不是工作日，涉及人身自由的期限不顺延');
    expect(held.due).to.deep.equal(at('2026-10-01 23:59:59.999'));
  });

  it('a month without the date ends with its last day', () => {
    expect(lines(term('2026-01-31 08:00', { n: 1, unit: 'mo' }))).to.include(
      '满1个月为2026年2月28日（当月没有相同的日期，取月末）',
    );
    expect(addMonths(dayOf('2026-01-31'), 1)).to.equal(dayOf('2026-02-28'));
  });

  it('pauses are told with their days; one that came too late moves nothing', () => {
    const told = term(
      '2026-03-02 08:00',
      { n: 10, unit: 'd' },
      {
        pauses: [
          { from: at('2026-03-05 09:00'), to: at('2026-03-08 09:00'), why: { zh: '鉴定', en: 'appraisal' } },
          { from: at('2026-04-20 09:00'), to: at('2026-04-22 09:00'), why: null },
        ],
      },
    );
    expect(lines(told)).to.include(
      '扣除2026年3月5日09时00分至2026年3月8日09时00分（鉴定），计3日，届满时间移至2026年3月15日24时',
    );
    expect(lines(told)).to.include('2026年4月20日09时00分开始的中止在期限届满之后，不扣除');
  });

  it('extensions say why they count or do not', () => {
    const told = term(
      '2026-03-02 08:00',
      { n: 30, unit: 'd' },
      {
        by: { n: 30, unit: 'd' },
        times: 1,
        approvals: [
          { at: at('2026-03-20 10:00'), counts: true },
          { at: at('2026-03-25 10:00'), counts: false },
          { at: at('2026-04-10 10:00'), counts: true },
        ],
      },
    );
    expect(
      told.steps.filter(({ kind }) => kind === 'extension' || kind === 'refused').map(({ text }) => text.zh),
    ).to.deep.equal([
      '2026年3月20日10时00分批准延长30日，时限合计60日',
      '2026年3月25日10时00分的延长不计：不符合规则对批准的要求',
      '2026年4月10日10时00分的延长不计：最多延长1次',
    ]);
  });

  it('an unpublished year is a range', () => {
    const told = term('2027-01-28 08:00', { n: 5, unit: 'wd' });
    const range = dueRange(at('2027-01-28 08:00'), { n: 5, unit: 'wd' }, chineseCalendar);
    expect(told.latest).to.deep.equal(range.latest);
    expect(told.steps.some(({ kind }) => kind === 'range')).to.equal(true);
  });
});

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));
const all = [
  ...shipped,
  ...readdirSync(fixtures)
    .sort()
    .map((file) => ({ file, text: readFileSync(join(fixtures, file), 'utf8') }))
    .map(({ file, text }) => ({ file, text, rule: compileRule({ file, text }, registry) })),
];

describe('For random subjects of every shipped rule the explanation says what the engine judged', () => {
  for (const { rule, file, text } of all) {
    it(`${rule.code} version ${rule.version} (${file})`, function () {
      this.timeout(30_000);
      fc.assert(
        fc.property(fc.gen(), fc.integer({ min: 1, max: 12 }), (g, size) => {
          const world = drawWorld(g, registry, rule, text, size);
          const context: JudgeContext = {
            now: world.now,
            calendar: chineseCalendar,
            params: world.params,
            feeds: world.feeds,
            excuses: [],
            path: pathOf,
          };
          const judge = () => world.subjects.flatMap((subject) => rule.judge(subject, context));
          context.excuses = drawExcuses(g, rule, judge(), world.now);
          for (const subject of world.subjects) check(rule, subject, context);
        }),
        { numRuns: runs },
      );
    });
  }
});

function check(rule: CompiledRule, subject: Parameters<CompiledRule['judge']>[0], context: JudgeContext): void {
  const duties = rule.judge(subject, context);
  for (const duty of duties) {
    const told = rule.explain(subject, duty.occurrence, context);
    expect(told.verdict, told.plain.zh).to.equal(nameOf(duty.verdict));
    expect(told.opened.at).to.equal(duty.openedAt.toISOString());
    expect(told.due.dueAt, JSON.stringify(told.due.steps)).to.equal(duty.dueAt?.toISOString() ?? null);
    const end = told.due.steps.findLast(
      (step) => step.kind === 'due' || step.kind === 'unknown' || step.kind === 'stands',
    );
    expect(end?.kind === 'due' ? end.at : null).to.equal(duty.dueAt?.toISOString() ?? null);
    if (told.due.kind !== 'require') expect(told.met?.at ?? null).to.equal(duty.metAt?.toISOString() ?? null);
    else expect(told.required.every(({ holds }) => holds)).to.equal(duty.metAt !== null);
    expect(told.conditions.every(({ holds }) => holds)).to.equal(true);
    expect(told.plain.zh).to.not.match(/undefined|null|NaN|\[object/);
    expect(JSON.stringify(told)).to.not.match(/undefined|NaN|\[object|Invalid/);
    readable(told);
  }
  if (!rule.part && duties.length === 0) {
    const told = rule.explain(subject, noOccurrence, context);
    expect(told.verdict).to.equal('nothing');
    expect(told.opened.at === null || told.conditions.some(({ holds }) => !holds)).to.equal(true);
  }
}

/** Whatever a condition says it read stands in the list of values, up to the many that are left out. */
function readable(told: Explanation): void {
  const keys = new Set(told.values.map(({ key }) => key));
  for (const { reads } of [...told.conditions, ...told.required, ...told.exceptions, told.opened])
    for (const key of reads) expect(keys.has(key)).to.equal(true);
}

const nameOf = (code: number) => Object.entries(verdicts).find(([, one]) => one === code)?.[0];
