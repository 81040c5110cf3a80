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

/** 王小明 → 王某某, 王明 → 王某; a company keeps its first two characters. */
export function maskName(name: string): string {
  const letters = [...name.trim()];
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

/** Free text is where everything leaks: numbers by pattern, and the names that the record itself knows. */
export function maskNarrative(text: string, names: readonly string[] = []): string {
  const byName = names
    .filter((name) => [...name].length >= 2)
    .reduce((now, name) => now.replaceAll(name, maskName(name)), text);
  return byName
    .replace(/(?<!\d)\d{6}(?:19|20)\d{2}\d{4}\d{3}[\dXx]/g, maskIdentity)
    .replace(/(?<!\d)\d{15,19}(?!\d)/g, maskIdentity)
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, maskPhone)
    .replace(/(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g, (number) => number.replace(/\d{4}$/, '****'))
    .replace(
      /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼澜][A-Z][·.]?[A-Z0-9]{5,6}/g,
      (plate) => `${plate.slice(0, 2)}***${plate.slice(-2)}`,
    );
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
