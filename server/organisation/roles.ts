import type { Text } from '../kernel/errors.ts';

/** The roles of domain.md §1.4. What each may do stands in policies/roles/<role>.csv. */
export const roles: Readonly<Record<string, Text>> = {
  'bureau-leader': { zh: '局领导', en: 'Bureau leader' },
  'legal-head': { zh: '法制部门负责人', en: 'Legal head' },
  'legal-reviewer': { zh: '法制审核民警', en: 'Legal reviewer' },
  'case-management-officer': { zh: '案管员', en: 'Case-management officer' },
  inspector: { zh: '督察民警', en: 'Inspector' },
  'unit-head': { zh: '单位负责人', en: 'Unit head' },
  'unit-legal-officer': { zh: '法制员', en: 'Unit legal officer' },
  'call-taker': { zh: '接警员', en: 'Call taker' },
  'responding-officer': { zh: '处警民警', en: 'Responding officer' },
  'case-officer': { zh: '办案民警', en: 'Case officer' },
  custodian: { zh: '涉案财物管理员', en: 'Property custodian' },
  'area-clerk': { zh: '办案区管理员', en: 'Area clerk' },
  'petitions-clerk': { zh: '信访办理员', en: 'Petitions clerk' },
  auxiliary: { zh: '辅警', en: 'Auxiliary' },
  'system-administrator': { zh: '系统管理员', en: 'System administrator' },
  'security-administrator': { zh: '安全保密管理员', en: 'Security administrator' },
  'security-auditor': { zh: '安全审计员', en: 'Security auditor' },
};

/** 三员: kept apart from one another and from everybody else. */
export const administrators = ['system-administrator', 'security-administrator', 'security-auditor'] as const;

const offices: readonly string[] = administrators;

/**
 * Posts that one human never unites, wherever they are held (domain.md §1.1 no. 5, ADR 0020): who reviews a unit's cases
 * and who approves them; who drafts or signs a rule and who enacts it; who keeps case property and who handles the case
 * (公安机关涉案财物管理若干规定).
 */
export const exclusivePosts: readonly (readonly [string, string])[] = [
  ['unit-head', 'unit-legal-officer'],
  ['legal-reviewer', 'legal-head'],
  ['legal-reviewer', 'bureau-leader'],
  ['legal-head', 'bureau-leader'],
  ['custodian', 'case-officer'],
];

/** Whether one human may not hold both. An administrator holds his office alone. */
export const areExclusive = (one: string, other: string): boolean =>
  one !== other &&
  (offices.includes(one) ||
    offices.includes(other) ||
    exclusivePosts.some((pair) => pair.includes(one) && pair.includes(other)));

const order = Object.keys(roles);

/** Somebody with several roles acts in the first of this order. */
export const rank = (role: string): number => {
  const at = order.indexOf(role);
  return at < 0 ? order.length : at;
};
