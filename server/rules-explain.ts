import { createRegistry } from './app.ts';
import { openRuntime } from './engine.ts';
import { shownZone } from './kernel/calendar.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import { noOccurrence } from './kernel/id.ts';
import { inUnitOfWork, type UnitOfWork } from './kernel/unit-of-work.ts';
import { explainAs, occurrencesOf } from './rules/explain-record.ts';
import type { Explanation } from './rules/explanation.ts';
import type { Engine } from './rules/judge.ts';
import { systemActor } from './rules/sweep.ts';
import { quote } from './subjects/ddl.ts';
import type { SubjectType } from './subjects/define.ts';
import { columnOf } from './subjects/registry.ts';

const format = new Intl.DateTimeFormat('sv-SE', { timeZone: shownZone, dateStyle: 'short', timeStyle: 'medium' });
/** 2026-11-24 01:58:07, as clocks in the bureau show it. */
const local = (at: Date | string): string => format.format(new Date(at));

/** `mingjing rules explain RULE SUBJECT`: the subject by its id or by the number people call it by. Returns the exit code. */
export async function explainOnConsole(code: string, subject: string, asJson: boolean): Promise<number> {
  const config = readConfig();
  const database = await openDatabase({ url: config.databaseUrl, poolSize: 2 });
  try {
    const { runtime, engine } = await openRuntime(database, createRegistry(), {
      demonstration: config.mode === 'demonstration',
    });
    const told = await inUnitOfWork(runtime, systemActor, (uow) => explainAll(uow, engine, code, subject), {
      as: 'engine',
    });
    if (typeof told === 'string') {
      process.stderr.write(`${told}\n`);
      return 1;
    }
    process.stdout.write(asJson ? `${JSON.stringify(told, null, 2)}\n` : told.map(textOf).join('\n\n'));
    return 0;
  } finally {
    await database.close();
  }
}

async function explainAll(
  uow: UnitOfWork,
  engine: Engine,
  code: string,
  subject: string,
): Promise<Explanation[] | string> {
  const rule = engine.rules.findLast((one) => one.rule.code === code)?.rule;
  if (!rule) return `没有规则 · there is no rule ${code}`;
  const type = engine.registry.get(rule.subject);
  const id = await idOf(uow, type, subject);
  if (!id) return `没有${type.label.zh} · there is no ${type.label.en.toLowerCase()} ${subject}`;
  const occurrences = rule.part === null ? [noOccurrence] : await occurrencesOf(uow, engine, rule.part, type, id);
  const told: Explanation[] = [];
  for (const occurrence of occurrences) {
    const one = await explainAs(uow, engine, { rule: code, type, subjectId: id, occurrence });
    if (one) told.push(one);
  }
  return told.length > 0 ? told : `${type.label.zh} ${subject} 没有相应记录 · has no such part`;
}

async function idOf(uow: UnitOfWork, type: SubjectType, subject: string): Promise<string | null> {
  const fact = type.facts[type.number];
  const number = fact ? quote(columnOf(type.number, fact)) : 'id::text';
  const [row] = await uow.sql<{ id: string }>(
    `SELECT id FROM ${quote(type.name)} WHERE id::text = $1 OR ${number} = $1 LIMIT 1`,
    [subject],
  );
  return row?.id ?? null;
}

const mark = (holds: boolean): string => (holds ? '✓' : '✗');

/** The whole explanation as lines for a terminal. */
function textOf(told: Explanation): string {
  const values = new Map(told.values.map((value) => [value.key, value]));
  const read = (keys: readonly string[]): string =>
    keys
      .flatMap((key) => values.get(key) ?? [])
      .map((value) => `${value.label.zh}：${value.text?.zh ?? '未登记'}`)
      .join('；');
  const lines = [
    `${told.rule.code} 第${told.rule.version}版 ${told.rule.title.zh}`,
    told.plain.zh,
    told.plain.en,
    ...section('为何适用', [
      ...told.conditions.map(
        (one) => `${mark(one.holds)} ${one.text.zh}${one.reads.length > 0 ? `（${read(one.reads)}）` : ''}`,
      ),
      `起算：${told.opened.text.zh} ${told.opened.at ? local(told.opened.at) : '未登记'}`,
    ]),
    ...section(
      '期限计算',
      told.due.steps.map((step, i) => `${i + 1}. ${step.text.zh}`),
    ),
    ...section(
      '参数',
      told.params.map(
        (one) =>
          `${[one.name, one.key].filter(Boolean).join('.')} = ${one.text?.zh ?? '未规定'}（${one.source === 'rule' ? '规则原定' : one.source === 'bureau' ? '本局规定' : `${one.unit ?? '单位'}规定`}${one.since ? `，${one.since}起` : ''}）`,
      ),
    ),
    ...section(
      '应当具备',
      told.required.map((one) => `${mark(one.holds)} ${one.text.zh}`),
    ),
    ...section('办结', told.met ? [`${told.met.text.zh} ${told.met.at ?? '未登记'}`] : []),
    ...section(
      '例外',
      told.exceptions.map((one) => `${mark(one.holds)} ${one.text.zh}`),
    ),
    ...section(
      '数据来源',
      told.feeds.map((one) => `${mark(one.delivered)} ${one.label.zh}`),
    ),
    ...section(
      '读取的数据',
      told.values.map(
        ({ label, text, origin }) =>
          `${label.zh} = ${text?.zh ?? '未登记'}${origin ? ` ← ${origin.label.zh} ${local(origin.recordedAt)} ${origin.by}` : ''}`,
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `【${title}】`, ...lines.map((line) => `  ${line}`)];
