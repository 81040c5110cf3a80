import { choice, type Fact } from './define.ts';

/**
 * Approver ranks in ascending order; `level()` of the rule language gives the position, the first being 1
 * (domain.md §1.4; 公安部令160号 and 公安部令159号 name them: a station head is not 公安机关负责人).
 */
export const approverLevels = {
  unit: ['办案部门负责人', 'Head of the handling unit'],
  station: ['派出所负责人', 'Station head'],
  duty_county: ['县局值班负责人', 'County duty head'],
  county: ['县级以上公安机关负责人', 'Head of a county bureau'],
  city: ['设区的市一级公安机关负责人', 'Head of a city bureau'],
  province: ['省级公安机关负责人', 'Head of a provincial department'],
} as const;

export const level = (): Fact => choice('审批级别', 'Approval level', approverLevels);
