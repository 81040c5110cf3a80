import type { Registry } from '../subjects/registry.ts';
import { analyse } from './analyse.ts';
import { judgeFacts } from './duty.ts';
import { explainDuty } from './explain-duty.ts';
import { printRule } from './print-rule.ts';
import { reachesOf } from './reaches.ts';
import { readsOf } from './reads.ts';
import type { CompiledRule } from './rule.ts';
import { type RuleSource, readRuleFile } from './rule-file.ts';
import { sentenceOf } from './says.ts';
import { shapeOf } from './shape.ts';

export type { CompiledRule, JudgeContext, JudgedObligation, SubjectFacts } from './rule.ts';

/** Types, checks and prints one rule file. Throws RuleErrors: every mistake of the file with its line and column. */
export function compileRule(
  source: RuleSource,
  registry: Registry,
  /** As if it were in force in this time: for back-tests and trials. */
  inForce?: { from: string; to?: string },
): CompiledRule {
  const file = readRuleFile(source);
  const tree = { ...analyse(file, registry), ...(inForce && { inForce }) };
  return {
    code: tree.code,
    version: file.version,
    subject: tree.subject,
    part: tree.each?.list.name ?? null,
    title: file.title,
    status: file.status,
    severity: tree.severity,
    needs: tree.needs,
    absorbs: file.absorbs,
    basis: file.basis,
    says: { zh: file.says.zh.text, en: file.says.en.text },
    ...(file.note && { note: file.note }),
    params: tree.params,
    examples: file.examples,
    inForce: tree.inForce,
    ...(tree.warn && { warn: tree.warn }),
    reads: readsOf(tree),
    reaches: reachesOf(tree),
    shape: shapeOf(tree),
    warnings: tree.warnings,
    ...printRule(tree),
    judge: (subject, context) => judgeFacts(tree, subject, context),
    explain: (subject, occurrence, context) => explainDuty({ tree, file }, subject, occurrence, context),
    sentence: (subject, duty, context) => sentenceOf(tree, subject, duty, context),
  };
}
