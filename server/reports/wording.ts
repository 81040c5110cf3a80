/** How papers say dates, spans of time, names and law (domain.md §5.2, §6, §7). */
import { DateTime } from 'luxon';
import { percentOf } from '../kernel/percent.ts';

const at = (instant: Date, zone: string): DateTime => DateTime.fromJSDate(instant, { zone });

/** 2026年11月23日 */
export const dayOf = (instant: Date, zone: string): string => at(instant, zone).toFormat('yyyy年M月d日');

/** 2026年11月23日21时10分 */
export const minuteOf = (instant: Date, zone: string): string => at(instant, zone).toFormat('yyyy年M月d日HH时mm分');

/** 11-23 21:10, for tables; with the year when it is not that of `beside`. */
export function shortMinute(instant: Date | null, zone: string, beside?: Date): string {
  if (!instant) return '—';
  const local = at(instant, zone);
  return local.toFormat(beside && at(beside, zone).year !== local.year ? 'yyyy-MM-dd HH:mm' : 'MM-dd HH:mm');
}

/** 2天3小时, 3小时12分, 14分, 20秒: the two largest units that are not zero. */
export function spanOf(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const units = [
    [Math.floor(seconds / 86400), '天'],
    [Math.floor(seconds / 3600) % 24, '小时'],
    [Math.floor(seconds / 60) % 60, '分'],
    [seconds < 3600 ? seconds % 60 : 0, '秒'],
  ] as const;
  const said = units.filter(([count]) => count > 0).slice(0, 2);
  return said.length ? said.map(([count, unit]) => `${count}${unit}`).join('') : '0秒';
}

const doubleSurnames = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '尉迟',
  '皇甫',
  '令狐',
  '公孙',
  '慕容',
  '长孙',
  '东方',
  '端木',
  '司徒',
  '夏侯',
  '宇文',
  '轩辕',
];

/** 王某某: on paper nobody but the signers is named in full. */
export function maskedName(name: string): string {
  const trimmed = name.trim();
  if (!trimmed) return '某某';
  if (/公司|企业|商行|经营部|厂$|店$/.test(trimmed)) return '某单位';
  const double = doubleSurnames.find((surname) => trimmed.startsWith(surname) && trimmed.length > 2);
  const first = double ?? Array.from(trimmed)[0] ?? '';
  return `${first}某某`;
}

/** 张某某（警号尾号07）: enough for his unit to know whom it concerns. */
export const officerName = (officer: { name: string; number?: string }): string =>
  maskedName(officer.name) + (officer.number ? `（警号尾号${officer.number.slice(-2)}）` : '');

export interface Basis {
  document: string;
  article: string;
}

/** 《中华人民共和国治安管理处罚法》（2025年修订）第九十条 */
export const lawOf = ({ document, article }: Basis): string => {
  const [, name = document, edition = ''] = /^(.*?)((?:（[^）]*）)?)$/.exec(document) ?? [];
  return (name.includes('《') ? name : `《${name}》`) + edition + article;
};
export const lawsOf = (bases: readonly Basis[]): string => bases.map(lawOf).join('、') || '—';

/** The same for tables: 《治安管理处罚法》第九十条. */
export const lawsInShort = (bases: readonly Basis[]): string =>
  lawsOf(bases.map((basis) => ({ ...basis, document: basis.document.replace(/^中华人民共和国/, '') })));

/** Alarm numbers are 12 + 8 + 6 digits: printed in these groups they can be read, and break across lines. */
export const alarmNumber = (number: string): string => number.replace(/^(\d{12})(\d{8})(\d{6})$/, '$1 $2 $3');

const cjk = '\\u3400-\\u9fff\\u3000-\\u303f\\uff00-\\uffef”’';
const wide: Record<string, string> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）' };

/** Sentences come with half-width marks from forms and imports; beside Chinese text they are printed full width. */
export const printed = (sentence: string): string =>
  sentence
    .replace(new RegExp(`(?<=[${cjk}])[,;:?!()]|[,;:?!()](?=[${cjk}])`, 'gu'), (char) => wide[char] ?? char)
    .replace(/（([^（）()]*)\)/gu, '（$1）');

/** A share as 96.3%; `—` where there is nothing to divide by. */
export const percent = (share: number | null, digits = 1): string => (share === null ? '—' : percentOf(share, digits));

/** 12,600元 */
export const yuan = (amount: number): string => `${amount.toLocaleString('en-US', { maximumFractionDigits: 2 })}元`;
