import type { Fact, FactKind } from '../vocabulary/types.ts';

/** A field of a form that is about no subject: named where the form is. */
export const fact = (
  name: string,
  kind: FactKind,
  zh: string,
  en: string,
  options: readonly (readonly [code: string, zh: string, en: string])[] = [],
): Fact => ({
  name,
  kind,
  label: { zh, en },
  options: options.map(([code, one, other]) => ({ code, label: { zh: one, en: other } })),
  sensitive: false,
  planned: false,
  search: false,
});

/** Fields of units, people and posts: organisation is no subject, so its few fields are named here. */
export const unitFacts: Fact[] = [
  fact('code', 'text', '单位代码', 'Code'),
  fact('name', 'text', '单位名称', 'Name'),
  fact('short', 'text', '简称', 'Short name'),
  fact('kind', 'choice', '单位类型', 'Kind', [
    ['city', '市局', 'City bureau'],
    ['bureau', '县（市、区）局、分局', 'County bureau or branch'],
    ['station', '派出所', 'Police station'],
    ['brigade', '办案大队', 'Brigade'],
    ['legal', '法制部门', 'Legal office'],
    ['inspection', '督察部门', 'Inspection office'],
    ['command', '情报指挥中心', 'Command centre'],
    ['centre', '执法办案管理中心', 'Case-handling centre'],
    ['property', '涉案财物管理中心', 'Property centre'],
    ['petitions', '信访部门', 'Petitions office'],
    ['office', '其他部门', 'Other office'],
  ]),
  fact('parentId', 'unit', '上级单位', 'Above it'),
  fact('area', 'choice', '区域类别', 'Area class', [
    ['urban', '城区', 'Urban'],
    ['suburban', '城郊', 'Suburban'],
    ['rural', '农村', 'Rural'],
  ]),
];

export const personFacts: Fact[] = [
  fact('name', 'text', '姓名', 'Name'),
  fact('number', 'text', '警号', 'Police no.'),
  fact('kind', 'choice', '人员类别', 'Kind', [
    ['police', '民警', 'Police officer'],
    ['auxiliary', '辅警', 'Auxiliary'],
    ['civilian', '文职', 'Civilian'],
  ]),
  fact('qualification', 'choice', '执法资格', 'Qualification', [
    ['none', '无', 'None'],
    ['basic', '基本级', 'Basic'],
    ['middle', '中级', 'Middle'],
    ['high', '高级', 'High'],
  ]),
  fact('gender', 'choice', '性别', 'Gender', [
    ['male', '男', 'Male'],
    ['female', '女', 'Female'],
  ]),
  fact('unitId', 'unit', '所属单位', 'Unit'),
  fact('phone', 'text', '联系电话', 'Phone'),
  fact('login', 'text', '登录名', 'Login'),
  fact('identity', 'text', '公民身份号码（只存摘要，不填则不变）', 'Identity no. (kept as a hash; empty: unchanged)'),
];

export const postFacts = (roles: Record<string, { zh: string; en: string }>): Fact[] => [
  fact('personId', 'person', '人员', 'Person'),
  fact('unitId', 'unit', '任职单位', 'Unit'),
  fact(
    'role',
    'choice',
    '角色',
    'Role',
    Object.entries(roles)
      .filter(([role]) => role !== 'system')
      .map(([role, label]) => [role, label.zh, label.en] as const),
  ),
  fact('reason', 'text', '授予理由', 'Reason'),
];
