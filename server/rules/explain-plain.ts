import type { Text } from '../subjects/define.ts';
import { instantWords } from './explain-words.ts';
import type { Explanation } from './explanation.ts';
import type { JudgeContext } from './rule.ts';
import { duration } from './says.ts';

/** The verdict in one sentence: what was owed, by when, what is recorded. */
export function plainSentence(told: Explanation, { zone, now }: JudgeContext): Text {
  const words = (at: string | null | undefined): Text =>
    at ? instantWords(new Date(at), zone) : { zh: '（未登记）', en: '(not recorded)' };
  const [opened, due, met] = [words(told.opened.at), words(told.due.dueAt), words(told.met?.at)];
  const title = told.rule.title;
  const failing = told.conditions.find(({ holds }) => !holds);
  const lost = told.required.find(({ holds }) => !holds);
  const over = (until: string | null | undefined): Text => {
    const ms = (until ? Date.parse(until) : now.getTime()) - Date.parse(told.due.dueAt ?? '');
    return { zh: duration(ms, 'zh'), en: duration(ms, 'en') };
  };
  switch (told.verdict) {
    case 'nothing':
      if (!told.opened.at)
        return {
          zh: `不适用：起算时间（${told.opened.text.zh}）未登记。`,
          en: `Does not apply: ${told.opened.text.en} is not recorded.`,
        };
      return {
        zh: `不适用：不满足条件“${failing?.text.zh ?? ''}”。`,
        en: `Does not apply: “${failing?.text.en ?? ''}” does not hold.`,
      };
    case 'excused': {
      const held = told.exceptions.find(({ holds }) => holds);
      return {
        zh: `${title.zh}：属于例外（${held?.text.zh ?? ''}），不作为问题。`,
        en: `${title.en}: excepted (${held?.text.en ?? ''}).`,
      };
    }
    case 'met':
      if (told.due.kind === 'require')
        return { zh: `${opened.zh}，所要求的条件均已具备。`, en: `${opened.en}: everything required was there.` };
      return {
        zh: `${opened.zh}起算，应于${due.zh}前办结，${met.zh}已办结，未超期限。`,
        en: `Counted from ${opened.en}, due by ${due.en}; done at ${met.en}, in time.`,
      };
    case 'late':
      return {
        zh: `${opened.zh}起算，应于${due.zh}前办结，${met.zh}办结，超过期限${over(told.met?.at).zh}。`,
        en: `Counted from ${opened.en}, due by ${due.en}; done at ${met.en}, ${over(told.met?.at).en} late.`,
      };
    case 'overdue':
      if (told.due.kind === 'require')
        return {
          zh: `${opened.zh}，未见：${lost?.text.zh ?? ''}。`,
          en: `${opened.en}: not seen: ${lost?.text.en ?? ''}.`,
        };
      return {
        zh: `${opened.zh}起算，应于${due.zh}前办结，截至${instantWords(now, zone).zh}未见办结，已超${over(null).zh}。`,
        en: `Counted from ${opened.en}, due by ${due.en}; not seen by ${instantWords(now, zone).en}, ${over(null).en} over.`,
      };
    case 'pending':
      return told.due.dueAt
        ? {
            zh: `${opened.zh}起算，应于${due.zh}前办结，尚未到期。`,
            en: `Counted from ${opened.en}, due by ${due.en}: not due yet.`,
          }
        : {
            zh: `${opened.zh}起算，期限中止计算，尚未到期。`,
            en: `Counted from ${opened.en}: the clock stands still.`,
          };
    case 'unknown':
      return unknown(told, opened);
  }
}

function unknown(told: Explanation, opened: Text): Text {
  const silent = told.feeds.find(({ delivered }) => !delivered);
  if (!told.due.dueAt)
    return {
      zh: `${opened.zh}起算，届满时间无从确定，暂无法判定。`,
      en: `Counted from ${opened.en}; when it is due is not known.`,
    };
  if (told.met?.at && told.due.kind === 'within' && told.met.at < told.opened.at!)
    return {
      zh: '登记的办结时间早于起算时间，数据相互矛盾，暂无法判定。',
      en: 'It is recorded as done before it opened: the records contradict each other.',
    };
  if (silent)
    return {
      zh: `期间“${silent.label.zh}”的数据没有送达，暂无法判定。`,
      en: `“${silent.label.en}” did not deliver in this time: it cannot be judged yet.`,
    };
  return {
    zh: '其间有年份的节假日安排尚未公布，届满时间是一个范围，暂无法判定。',
    en: 'The holidays of a year in between are not published: the due time is a range.',
  };
}
