import type { Actor } from '../kernel/unit-of-work.ts';
import { may, type Standing } from './actor.ts';

/** What of domain.md §7 a value is; 'minor' is the name of somebody under eighteen. */
export type MaskKind =
  | 'caller'
  | 'complainant'
  | 'phone'
  | 'address'
  | 'suspect'
  | 'identity'
  | 'narrative'
  | 'officer'
  | 'minor';
/** In full, in its masked form, or not at all. */
export type Sight = 'full' | 'glimpse' | 'hidden';

/** `see.<kind>` and `glimpse.<kind>` are lines of policies/roles like every other action. */
export function sightOf(actor: Actor, kind: MaskKind, standing: Standing): Sight {
  if (may(actor, `see.${kind}`, standing)) return 'full';
  return may(actor, `glimpse.${kind}`, standing) ? 'glimpse' : 'hidden';
}

/** 王小明 → 王某某, 王明 → 王某; a company keeps its first two characters, a name with dots its first part's first. */
export function maskName(name: string): string {
  const [first = ''] = name.trim().split(dots);
  const letters = [...first];
  if (first !== name.trim()) return `${letters[0] ?? ''}某某`;
  if (letters.length <= 1) return '某某';
  if (letters.length > 4) return `${letters.slice(0, 2).join('')}某某`;
  return `${letters[0]}${'某'.repeat(Math.min(letters.length - 1, 2))}`;
}

/** 13812345678 → 138****5678; shorter numbers keep their last two digits. */
export const maskPhone = (phone: string): string =>
  /^\+?\d{11,}$/.test(phone) ? phone.replace(/^(.*\d{3})\d{4}(\d{4})$/, '$1****$2') : phone.replace(/.(?=.{2})/g, '*');

/** The last four of an identity number, bank card or plate. */
export const maskIdentity = (identity: string): string => identity.replace(/.(?=.{4})/g, '*');

/** Up to the street: 北门区文化路12号3单元402 → 北门区文化路***; where there is none, up to the village or district. */
export function maskAddress(address: string): string {
  const street = /^.*?[路街道巷弄]/.exec(address)?.[0] ?? /^.*[村镇乡区市县]/.exec(address)?.[0] ?? address.slice(0, 2);
  return street === address ? address : `${street}***`;
}

/** Dots between the parts of a name, of which people type a dozen. */
const dots = /[·•‧・･∙⋅.．]/;
const d = '[0-9０-９]';
/** What people put between the groups of a number. */
const gap = '[ \\u00a0\\u3000.·\\-－—–_]?';
const digits = (many: number): string => `(?:${gap}${d}){${many}}`;
const alone = '(?<![0-9０-９A-Za-z])';
const over = '(?![0-9０-９])';
const one = '[零〇一二三四五六七八九十百两]';
const number = `(?:${d}{1,5}|${one}{1,6}|[A-Za-zＡ-Ｚ]${d}{0,4})`;
const provinces = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼澜使领]';
const sign = '[A-Za-zＡ-Ｚａ-ｚ0-9０-９]';
const door = '(?:号院|号楼|号|幢|栋|座|楼|层|单元|门|室|房|户)';

const plain = (text: string): string => text.normalize('NFKC').replace(/[^0-9A-Za-z]/g, '');

/** How people write what tells somebody apart, each with what is left of it. Longer kinds come before shorter ones. */
const patterns: readonly [RegExp, (found: string) => string][] = [
  [/[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+/g, () => '***@***'],
  [
    /(?:微信|薇信|威信|wechat|weixin|vx|wx|qq|扣扣)(?:号码?|id)?\s*[:：是为]?\s*[A-Za-z0-9_-]{5,20}/giu,
    (found) => `${/^\p{L}+?(?:号码?)?(?=\s*[:：是为]?\s*[A-Za-z0-9_-]{5,20}$)/u.exec(found)?.[0] ?? ''}***`,
  ],
  // a resident: eighteen places, the last of them maybe X
  [
    new RegExp(
      `${alone}[1-9１-９]${digits(5)}${gap}(?:19|20|１９|２０)${digits(9)}${gap}[0-9０-９xXｘＸ]${over}`,
      'gu',
    ),
    (found) => maskIdentity(plain(found)),
  ],
  // a mobile, with the country's number or without
  [
    new RegExp(`(?<![0-9０-９])(?:(?:[+＋]|00|００)?(?:86|８６)${gap})?[1１]${gap}[3-9３-９]${digits(9)}${over}`, 'gu'),
    (found) => maskPhone(plain(found).slice(-11)),
  ],
  // a card, told in fours or in one piece; so are the fifteen places of an old identity number
  [
    new RegExp(
      `${alone}${d}{4}(?:[ \\u00a0\\u3000\\-－]${d}{4}){2,3}(?:[ \\u00a0\\u3000\\-－]${d}{1,4})?${over}`,
      'gu',
    ),
    (found) => maskIdentity(plain(found)),
  ],
  [new RegExp(`${alone}${d}{15,19}${over}`, 'gu'), (found) => maskIdentity(plain(found))],
  // a fixed line with its area
  [
    new RegExp(`(?<![0-9０-９])[(（]?[0０]${d}{2,3}[)）]?${gap}[2-9２-９]${d}{2,3}${gap}${d}{4}${over}`, 'gu'),
    (found) => found.normalize('NFKC').replace(/\d(?:\D?\d){3}$/, '****'),
  ],
  [
    new RegExp(`${provinces}[A-ZＡ-Ｚa-z]${gap}(?:${sign}${gap}){4,5}(?:${sign}|[警学挂港澳])`, 'gu'),
    (found) => `${[...found].slice(0, 2).join('')}***${plain(found).slice(-2)}`,
  ],
  // a house: from the number behind the street on, or a block and a door by themselves
  [
    new RegExp(
      `(?<=[路街道巷弄村庄寨屯坊湾]|小区|大厦|公寓|花园|家园|新村|新苑)第?${number}(?:[\\-－#＃]${number})?(?:支?弄|${door})(?:之?[\\-－]?${number}${door}?)*`,
      'gu',
    ),
    () => '***',
  ],
  [
    new RegExp(
      `${number}(?:号楼|幢|栋|座)[\\-－]?(?:${number}(?:单元|门|层|楼)?)?[\\-－]?(?:${number}(?:室|房|户)?)?`,
      'gu',
    ),
    () => '***',
  ],
  [new RegExp(`${number}单元${number}(?:室|房|户)?`, 'gu'), () => '***'],
];

/** Free text is where everything leaks: numbers by how people write them, and the names that the record itself knows. */
export function maskNarrative(text: string, names: readonly string[] = []): string {
  const named = names.reduce((now, name) => hideName(now, name), text);
  return patterns.reduce((now, [pattern, left]) => now.replace(pattern, (found) => left(found)), named);
}

/** Every spelling of a name: other dots, blanks between its characters, its first part alone where it has several. */
function hideName(text: string, name: string): string {
  const parts = name
    .normalize('NFKC')
    .trim()
    .split(dots)
    .map((part) => part.replace(/\s/g, ''))
    .filter(Boolean);
  if ([...parts.join('')].length < 2) return text;
  const spelled = (part: string): string =>
    [...part].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('[\\s\\u3000]*');
  const between = '[\\s\\u3000]*[·•‧・･∙⋅.．]?[\\s\\u3000]*';
  const alone = parts.length > 1 ? parts.filter((part) => [...part].length >= 2) : [];
  const all = new RegExp([parts.map(spelled).join(between), ...alone.map(spelled)].join('|'), 'gu');
  return text.replace(all, maskName(name));
}

const stems = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
/** 未成年人甲, 未成年人乙 … in the order of the file. */
export const minorName = (index: number): string => `未成年人${stems[index] ?? index + 1}`;

/** A value as `sight` lets it be seen; null when it is hidden. */
export function masked(kind: MaskKind, sight: Sight, value: string, names: readonly string[] = []): string | null {
  if (sight === 'full') return value;
  if (sight === 'hidden') return null;
  switch (kind) {
    case 'phone':
      return maskPhone(value);
    case 'identity':
      return maskIdentity(value);
    case 'address':
      return maskAddress(value);
    case 'narrative':
      return maskNarrative(value, names);
    default:
      return maskName(value);
  }
}
