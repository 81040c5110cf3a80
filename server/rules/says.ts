import { dayText, type Limit, type LimitUnit, localDay, shownZone } from '../kernel/calendar.ts';
import { noOccurrence } from '../kernel/id.ts';
import type { Text } from '../subjects/define.ts';
import type { RuleTree } from './analyse.ts';
import { bindingsOf } from './duty.ts';
import { type Bindings, interpret, interpretLimit, rowsOf } from './interpret.ts';
import type { FactRow, JudgeContext, JudgedObligation, SubjectFacts } from './rule.ts';
import type { Template } from './template.ts';
import type { Tree } from './tree.ts';
import type { Type } from './types.ts';

type Language = keyof Text;

/** The sentence of one duty in both languages. What is missing is left out. */
export function sentenceOf(tree: RuleTree, subject: SubjectFacts, duty: JudgedObligation, context: JudgeContext): Text {
  const plain = bindingsOf(tree, subject, null, context);
  const row =
    tree.each && duty.occurrence !== noOccurrence
      ? (rowsOf(tree.each.list)(plain) as FactRow[]).find((each) => each.id === duty.occurrence)
      : null;
  const bindings = bindingsOf(tree, subject, row ?? null, context);
  const until = duty.metAt ?? context.now;
  const over = duty.dueAt && until > duty.dueAt ? until.getTime() - duty.dueAt.getTime() : null;
  const spoken = {
    opens: duty.openedAt.getTime(),
    due: duty.dueAt?.getTime() ?? null,
    met: duty.metAt?.getTime() ?? null,
    over,
  };
  bindings.vars = { ...spoken, ...bindings.vars };
  return { zh: dated(fill(tree.says.zh, bindings, 'zh'), context), en: fill(tree.says.en, bindings, 'en') };
}

/** 截至目前 holds for a moment only, and a finding is read for weeks: the sentence names the moment. */
function dated(sentence: string, context: JudgeContext): string {
  const day = localDay(context.now, context.zone);
  return sentence.replaceAll('截至目前', `截至${instant(context.now.getTime(), day, false, context, 'zh')}`);
}

function fill(template: Template, bindings: Bindings, language: Language): string {
  // a date is said once: what follows on the same day has its time alone
  let said: number | null = null;
  const say = (value: unknown, type: Type, tree: Tree): string => {
    if (value === null || value === undefined) return '';
    if (type.kind === 'list')
      return [...(value as unknown[])].map((each) => say(each, type.of, tree)).join(language === 'zh' ? '、' : ', ');
    if (type.kind === 'instant') {
      const day = localDay(new Date(value as number), bindings.context.zone);
      const text = instant(value as number, day, day === said, bindings.context, language);
      said = day;
      return text;
    }
    return plain(value, type, tree, language);
  };
  return template
    .map((piece) => (typeof piece === 'string' ? piece : say(told(piece, bindings), piece.type, piece)))
    .join('');
}

function told(tree: Tree, bindings: Bindings): unknown {
  return tree.type.kind === 'limit' ? interpretLimit(tree)(bindings) : interpret(tree)(bindings);
}

function plain(value: unknown, type: Type, tree: Tree, language: Language): string {
  const zh = language === 'zh';
  switch (type.kind) {
    case 'text':
      return type.options?.[String(value)]?.[language] ?? String(value);
    case 'bool':
      return zh ? (value ? '是' : '否') : value ? 'yes' : 'no';
    case 'duration':
      return duration(value as number, language);
    case 'limit':
      return limit(value as Limit, language);
    case 'date':
      return zh ? date(String(value)) : String(value);
    case 'money':
      return zh ? `${value}元` : `${value} yuan`;
    case 'ratio':
      // a share is said in per cent; a quantity that happens to be fractional is not
      return tree.op === 'coverage' || tree.op === 'param'
        ? `${Math.floor((value as number) * 1000) / 10}%`
        : String(value);
    case 'person':
    case 'unit': {
      const row = value as FactRow;
      return String((type.kind === 'unit' ? row.short : undefined) ?? row.name ?? '');
    }
    default:
      return String(value);
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 11月23日08时02分, with the year where it is not this one. */
function instant(ms: number, day: number, again: boolean, context: JudgeContext, language: Language): string {
  const [year, month, date] = dayText(day).split('-').map(Number) as [number, number, number];
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone: context.zone ?? shownZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
  if (language === 'en') return again ? local : `${date} ${months[month - 1]} ${year} ${local}`;
  const clock = local.replace(/(\d\d):(\d\d)/, '$1时$2分');
  if (again) return clock;
  const thisYear = dayText(localDay(context.now, context.zone)).startsWith(`${year}-`);
  return `${thisYear ? '' : `${year}年`}${month}月${date}日${clock}`;
}

const date = (text: string): string => text.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

const spans: [ms: number, zh: string, en: string][] = [
  [86_400_000, '天', 'd'],
  [3_600_000, '小时', 'h'],
  [60_000, '分钟', 'min'],
  [1000, '秒', 's'],
];

/** The two largest units that say something: 1天2小时, 15分钟, 42秒. */
export function duration(ms: number, language: Language): string {
  let rest = Math.abs(ms);
  const parts: string[] = [];
  for (const [size, zh, en] of spans) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0) parts.push(language === 'zh' ? `${n}${zh}` : `${n} ${en}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  if (parts.length === 0) return language === 'zh' ? '不足1秒' : 'less than 1 s';
  return parts.join(language === 'zh' ? '' : ' ');
}

const units: Record<LimitUnit, [zh: string, en: string]> = {
  m: ['分钟', 'min'],
  h: ['小时', 'h'],
  d: ['日', 'd'],
  wd: ['个工作日', 'working days'],
  mo: ['个月', 'months'],
};

function limit({ n, unit }: Limit, language: Language): string {
  const [zh, en] = units[unit];
  return language === 'zh' ? `${n}${zh}` : `${n} ${en}`;
}
