import { roles } from '../organisation/roles.ts';
import type { Facts, Relations, SubjectType } from './define.ts';
import type { Registry } from './registry.ts';

/** The declarations as the back office reads them: every label, option and step stands here and nowhere else. */
export function vocabularyOf(registry: Registry) {
  return { subjects: registry.types.map(subjectOf), roles, verdicts, severities, personKinds, qualifications };
}

const subjectOf = (type: SubjectType) => ({
  name: type.name,
  plural: type.plural,
  label: type.label,
  number: type.number,
  title: type.title ?? null,
  unit: type.unit,
  dated: type.dated,
  own: type.own,
  facts: factsOf(type.facts),
  parts: Object.entries(type.parts).map(([name, part]) => ({
    name,
    one: part.one,
    label: part.label,
    facts: factsOf(part.facts),
    relations: relationsOf(part.relations ?? {}),
  })),
  relations: relationsOf(type.relations),
  steps: Object.entries(type.steps).map(([verb, step]) => ({
    verb,
    code: step.code,
    label: step.label,
    opens: step.opens ?? false,
    part: step.part ?? null,
    adds: step.adds ?? false,
    at: step.at ?? null,
    required: step.requires ?? [],
    optional: step.asks ?? [],
    after: step.after ?? [],
    internal: step.internal ?? false,
  })),
});

const factsOf = (facts: Facts) =>
  Object.entries(facts).map(([name, fact]) => ({
    name,
    kind: fact.kind,
    label: fact.label,
    options: Object.entries(fact.options ?? {}).map(([code, label]) => ({ code, label })),
    to: fact.to ?? null,
    sensitive: fact.mask !== undefined,
    mask: fact.mask ?? null,
    search: fact.search ?? false,
    planned: fact.planned ?? false,
    unique: fact.unique ?? false,
  }));

const relationsOf = (relations: Relations) =>
  Object.entries(relations).map(([name, one]) => ({
    name,
    kind: one.kind,
    to: one.to,
    label: one.label,
    by: one.kind === 'many' ? one.by : null,
  }));

/** Codes of the table `obligation` and their words (domain.md §1.2). */
export const verdicts = [
  { code: 'pending', number: 1, label: { zh: '未到期', en: 'Pending' } },
  { code: 'met', number: 2, label: { zh: '按期办结', en: 'Met in time' } },
  { code: 'late', number: 3, label: { zh: '逾期办结', en: 'Met late' } },
  { code: 'overdue', number: 4, label: { zh: '逾期未办', en: 'Overdue' } },
  { code: 'excused', number: 5, label: { zh: '核准例外', en: 'Excused' } },
  { code: 'unknown', number: 6, label: { zh: '暂无法判定', en: 'Cannot be judged yet' } },
] as const;

export const severities = [
  { code: 'flaw', number: 1, label: { zh: '执法瑕疵', en: 'Flaw' } },
  { code: 'ordinary', number: 2, label: { zh: '一般执法问题', en: 'Ordinary' } },
  { code: 'serious', number: 3, label: { zh: '严重执法问题', en: 'Serious' } },
] as const;

const personKinds = [
  { code: 'police', label: { zh: '民警', en: 'Police officer' } },
  { code: 'auxiliary', label: { zh: '辅警', en: 'Auxiliary' } },
  { code: 'civilian', label: { zh: '文职', en: 'Civilian' } },
] as const;

const qualifications = [
  { code: 'none', label: { zh: '无执法资格', en: 'None' } },
  { code: 'basic', label: { zh: '基本级执法资格', en: 'Basic' } },
  { code: 'middle', label: { zh: '中级执法资格', en: 'Middle' } },
  { code: 'high', label: { zh: '高级执法资格', en: 'High' } },
] as const;
