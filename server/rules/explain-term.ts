import {
  addMonths,
  type Calendar,
  type Day,
  dayText,
  dueRange,
  endOf,
  extended,
  type Limit,
  localDay,
} from '../kernel/calendar.ts';
import { type DaysOff, daysOff, madeUp } from '../kernel/calendar-names.ts';
import type { Text } from '../subjects/define.ts';
import { daysWords, dayWords, instantWords, limitWords } from './explain-words.ts';
import type { ArithmeticStep, StepKind } from './explanation.ts';

/** An approval that may lengthen the term; `counts` null where the rule sets no condition. */
export interface Approval {
  at: Date | null;
  counts: boolean;
}

export interface Stop {
  from: Date | null;
  to: Date | null;
  why: Text | null;
}

export interface Term {
  opened: Date;
  /** null: no value is known. */
  limit: Limit | null;
  by: Limit | null;
  times: number;
  approvals: readonly Approval[];
  pauses: readonly Stop[];
  rolls: boolean;
  calendar: Calendar;
  zone: string;
}

export interface Told {
  steps: ArithmeticStep[];
  /** null: unknown, or the clock stands still. */
  due: Date | null;
  latest: Date | null;
}

/**
 * The arithmetic of a term, day by day and in words. It counts on its own, in another way than kernel/calendar.ts does,
 * and must arrive at the same instant (test/rules/explain.test.ts).
 */
export function explainTerm(term: Term): Told {
  const steps: ArithmeticStep[] = [];
  const tell: Tell = (kind, zh, en, at = null, days) =>
    void steps.push({ kind, text: { zh, en }, at: at?.toISOString() ?? null, ...(days && { days: days.map(asText) }) });
  const from = instantWords(term.opened, term.zone);
  tell('open', `自${from.zh}起算`, `counted from ${from.en}`, term.opened);
  const { limit } = term;
  if (!limit) {
    tell('unknown', '这一情形没有规定时限的数值，暂无法判定', 'no number is set for this case: it cannot be judged');
    return { steps, due: null, latest: null };
  }
  if (limit.unit !== 'm' && limit.unit !== 'h') {
    const first = dayWords(localDay(term.opened, term.zone));
    tell('first-day', `${first.zh}为起算当日，不计入`, `${first.en} is the first day and is not counted`);
  }
  const words = limitWords(limit);
  tell('limit', `规定时限${words.zh}`, `the limit is ${words.en}`);

  const whole = extensions(term, limit, tell);
  if (!whole) return { steps, due: null, latest: null };
  const due = reach(term, whole, tell);
  if (due === null) return { steps, due: null, latest: null };
  const { latest } = dueRange(term.opened, whole, term.calendar, term);
  if (latest && latest > due) {
    const until = instantWords(latest, term.zone);
    tell(
      'range',
      `其间有年份的节假日安排尚未公布，届满时间最迟可至${until.zh}，此间办结的暂无法判定`,
      `the holidays of a year in between are not published: it may end as late as ${until.en}`,
      latest,
    );
  }
  const end = instantWords(due, term.zone);
  tell('due', `期限于${end.zh}届满，含本时点`, `due by ${end.en}, inclusive`, due);
  return { steps, due, latest };
}

type Tell = (kind: StepKind, zh: string, en: string, at?: Date | null, days?: readonly DaysOff[]) => void;
const quiet: Tell = () => {};

const asText = ({ from, to, why }: DaysOff) => ({ from: dayText(from), to: dayText(to), why });

/** The limit with the extensions that count: each must be approved by the due time that the ones before it reached. */
function extensions(term: Term, limit: Limit, tell: Tell): Limit | null {
  let whole = limit;
  let taken = 0;
  let ended = false;
  const known = [...term.approvals].sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0));
  for (const { at, counts } of known) {
    const when = at ? instantWords(at, term.zone) : { zh: '（时间未登记）', en: '(no time recorded)' };
    const refuse = (zh: string, en: string) =>
      tell('refused', `${when.zh}的延长不计：${zh}`, `the extension of ${when.en} does not count: ${en}`, at);
    if (!at) refuse('未登记批准时间', 'no approval is recorded');
    else if (!counts) refuse('不符合规则对批准的要求', 'the rule asks for more');
    else if (taken >= term.times) refuse(`最多延长${term.times}次`, `no more than ${term.times} count`);
    else {
      const due = ended ? null : reach(term, whole, quiet);
      if (ended || (due !== null && at > due)) {
        ended = true;
        refuse('批准时期限已经届满', 'it was approved after the term had ended');
        continue;
      }
      if (!term.by) {
        tell('unknown', '延长的数值没有规定，暂无法判定', 'how long it extends is not set: it cannot be judged');
        return null;
      }
      taken += 1;
      whole = extended(whole, [term.by]);
      const [more, all] = [limitWords(term.by), limitWords(whole)];
      tell(
        'extension',
        `${when.zh}批准延长${more.zh}，时限合计${all.zh}`,
        `extended by ${more.en} on ${when.en}: ${all.en} in all`,
        at,
      );
    }
  }
  return whole;
}

/** Where a limit ends after pauses and rolling; null while the clock stands still. */
function reach(term: Term, limit: Limit, tell: Tell): Date | null {
  if (limit.unit === 'm' || limit.unit === 'h') return elapsed(term, limit, tell);
  const last = paused(term, limit, counted(term, limit, tell), tell);
  if (last === null) return null;
  if (!term.rolls || term.calendar.working(last)) {
    if (!term.calendar.working(last) && limit.unit !== 'wd') {
      const day = dayWords(last);
      tell(
        'no-pause',
        `${day.zh}不是工作日，涉及人身自由的期限不顺延`,
        `${day.en} is no working day, but a person is held: it stays`,
        endOf(last, term.zone),
      );
    }
    return endOf(last, term.zone);
  }
  let next = last;
  while (!term.calendar.working(next)) next += 1;
  const skipped = daysOff(last, next - 1, term.calendar);
  const [from, to, why] = [dayWords(last), dayWords(next), reasons(skipped)];
  tell(
    'roll',
    `${from.zh}不是工作日（${why.zh}），顺延至${to.zh}`,
    `${from.en} is no working day (${why.en}): it moves to ${to.en}`,
    endOf(next, term.zone),
    skipped,
  );
  return endOf(next, term.zone);
}

function elapsed(term: Term, { n, unit }: Limit, tell: Tell): Date | null {
  let due = new Date(term.opened.getTime() + n * (unit === 'm' ? 60_000 : 3_600_000));
  const at = instantWords(due, term.zone);
  tell('count', `满${limitWords({ n, unit }).zh}为${at.zh}`, `${limitWords({ n, unit }).en} end at ${at.en}`, due);
  for (const stop of merged(term)) {
    if (stop.from > due) {
      afterwards(term, stop, tell);
      continue;
    }
    if (stop.to === null) return stands(term, stop, tell);
    due = new Date(due.getTime() + stop.to.getTime() - stop.from.getTime());
    const minutes = Math.round((stop.to.getTime() - stop.from.getTime()) / 60_000);
    pause(term, stop, { zh: `${minutes}分钟`, en: `${minutes} min` }, due, tell);
  }
  return due;
}

function counted(term: Term, limit: Limit, tell: Tell): Day {
  const first = localDay(term.opened, term.zone);
  const { calendar } = term;
  if (limit.unit === 'mo') {
    const last = addMonths(first, limit.n);
    const [at, clamped] = [dayWords(last), dayText(last).slice(8) !== dayText(first).slice(8)];
    tell(
      'count',
      `满${limit.n}个月为${at.zh}${clamped ? '（当月没有相同的日期，取月末）' : ''}`,
      `${limit.n} months end on ${at.en}${clamped ? " (the month's last day)" : ''}`,
      endOf(last, term.zone),
    );
    return last;
  }
  if (limit.unit === 'd') {
    const last = first + limit.n;
    const at = dayWords(last);
    tell('count', `第${limit.n}日为${at.zh}`, `day ${limit.n} is ${at.en}`, endOf(last, term.zone));
    return last;
  }
  let last = first;
  for (let left = limit.n; left > 0; ) {
    last += 1;
    if (calendar.working(last)) left -= 1;
  }
  if (tell !== quiet) {
    const skipped = daysOff(first + 1, last, calendar);
    if (skipped.length > 0) {
      const why = listed(skipped);
      tell('skip', `跳过非工作日：${why.zh}`, `days not worked are skipped: ${why.en}`, null, skipped);
    }
    const worked = madeUp(first + 1, last, calendar);
    if (worked.length > 0) {
      const days = worked.map((day) => daysWords(day, day));
      const [zh, en] = [days.map((day) => day.zh).join('、'), days.map((day) => day.en).join(', ')];
      tell('worked', `调休上班日计入：${zh}`, `make-up working days count: ${en}`);
    }
    const at = dayWords(last);
    tell('count', `第${limit.n}个工作日为${at.zh}`, `working day ${limit.n} is ${at.en}`, endOf(last, term.zone));
  }
  return last;
}

function paused(term: Term, limit: Limit, start: Day, tell: Tell): Day | null {
  let last = start;
  for (const stop of merged(term)) {
    if (stop.from > endOf(last, term.zone)) {
      afterwards(term, stop, tell);
      continue;
    }
    if (stop.to === null) return stands(term, stop, tell);
    const [from, to] = [localDay(stop.from, term.zone), localDay(stop.to, term.zone)];
    let moved = to - from;
    if (limit.unit === 'wd') {
      // as many working days further as lie in the pause
      moved = 0;
      for (let day = from + 1; day <= to; day += 1) if (term.calendar.working(day)) moved += 1;
      last = nth(term.calendar, last, moved);
    } else last += moved;
    const words =
      limit.unit === 'wd' ? limitWords({ n: moved, unit: 'wd' }) : { zh: `${moved}日`, en: `${moved} days` };
    pause(term, stop, words, endOf(last, term.zone), tell);
  }
  return last;
}

function nth(calendar: Calendar, from: Day, more: number): Day {
  let day = from;
  for (let left = more; left > 0; ) {
    day += 1;
    if (calendar.working(day)) left -= 1;
  }
  return day;
}

interface Merged {
  from: Date;
  to: Date | null;
  why: Text[];
}

/** What stopped the clock, in order, from the opening on; what overlaps counts once. */
function merged({ pauses, opened }: Term): Merged[] {
  const found: Merged[] = [];
  const all = pauses
    .flatMap(({ from, to, why }) => (from ? [{ from: from < opened ? opened : from, to, why: why ? [why] : [] }] : []))
    .filter(({ from, to }) => !to || to > from)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
  for (const one of all) {
    const before = found.at(-1);
    if (before && (!before.to || before.to >= one.from)) {
      before.why.push(...one.why);
      if (before.to && (!one.to || one.to > before.to)) before.to = one.to;
    } else found.push(one);
  }
  return found;
}

function pause(term: Term, stop: Merged, length: Text, due: Date, tell: Tell): void {
  const [from, to, at] = [stop.from, stop.to ?? stop.from, due].map((one) => instantWords(one, term.zone)) as [
    Text,
    Text,
    Text,
  ];
  tell(
    'pause',
    `扣除${from.zh}至${to.zh}${because(stop, 'zh')}，计${length.zh}，届满时间移至${at.zh}`,
    `${from.en} to ${to.en}${because(stop, 'en')} does not count (${length.en}): due moves to ${at.en}`,
    due,
  );
}

function afterwards(term: Term, stop: Merged, tell: Tell): void {
  const from = instantWords(stop.from, term.zone);
  tell(
    'no-pause',
    `${from.zh}开始的中止在期限届满之后，不扣除`,
    `the pause of ${from.en} began after the term had ended`,
  );
}

function stands(term: Term, stop: Merged, tell: Tell): null {
  const from = instantWords(stop.from, term.zone);
  tell(
    'stands',
    `${from.zh}起中止计算${because(stop, 'zh')}，尚未恢复，期限暂不届满`,
    `the clock has stood still since ${from.en}${because(stop, 'en')}`,
  );
  return null;
}

const because = ({ why }: Merged, language: keyof Text): string => {
  const all = [...new Set(why.map((one) => one[language]))].join(language === 'zh' ? '、' : ', ');
  return all ? (language === 'zh' ? `（${all}）` : ` (${all})`) : '';
};

function reasons(runs: readonly DaysOff[]): Text {
  return {
    zh: [...new Set(runs.map(({ why }) => why.zh))].join('、'),
    en: [...new Set(runs.map(({ why }) => why.en))].join(', '),
  };
}

/** The first dozen; a year holds fifty weekends. */
function listed(runs: readonly DaysOff[]): Text {
  const shown = runs.slice(0, 12).map(({ from, to, why }) => ({ days: daysWords(from, to), why }));
  const rest = runs.length - shown.length;
  return {
    zh: `${shown.map(({ days, why }) => `${days.zh}（${why.zh}）`).join('、')}${rest > 0 ? `等${runs.length}段` : ''}`,
    en: `${shown.map(({ days, why }) => `${days.en} (${why.en})`).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
  };
}
