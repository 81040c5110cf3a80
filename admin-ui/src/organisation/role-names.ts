import { useCallback } from 'react';
import { type Text, useSay } from '../words/say.ts';

/** Roles of domain.md §1.4 as people call them; the sign-in page needs them before any vocabulary is there. */
export const roleNames: Record<string, Text> = {
  'call-taker': { zh: '接警员', en: 'Call taker' },
  'responding-officer': { zh: '处警民警', en: 'Responding officer' },
  auxiliary: { zh: '辅警', en: 'Auxiliary' },
  'case-officer': { zh: '办案民警', en: 'Case officer' },
  'unit-legal-officer': { zh: '法制员', en: 'Unit legal officer' },
  'unit-head': { zh: '单位负责人', en: 'Unit head' },
  'case-management-officer': { zh: '案管员', en: 'Case-management officer' },
  'legal-reviewer': { zh: '法制审核民警', en: 'Legal reviewer' },
  'legal-head': { zh: '法制部门负责人', en: 'Legal head' },
  inspector: { zh: '督察民警', en: 'Inspector' },
  custodian: { zh: '涉案财物管理员', en: 'Property custodian' },
  'area-clerk': { zh: '办案区管理员', en: 'Area clerk' },
  'petitions-clerk': { zh: '信访办理员', en: 'Petitions clerk' },
  'bureau-leader': { zh: '局领导', en: 'Bureau leader' },
  'system-administrator': { zh: '系统管理员', en: 'System administrator' },
  'security-administrator': { zh: '安全保密管理员', en: 'Security administrator' },
  'security-auditor': { zh: '安全审计员', en: 'Security auditor' },
  system: { zh: '系统', en: 'System' },
};

export function useRoleNames(): (role: string) => string {
  const say = useSay();
  return useCallback(
    (role: string) => {
      const name = roleNames[role];
      return name ? say(name) : role;
    },
    [say],
  );
}
