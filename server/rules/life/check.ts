import type { Tx } from '../../kernel/database.ts';
import type { Registry } from '../../subjects/registry.ts';
import { mistakes, opening } from '../catalogue.ts';
import { compileRule } from '../compile.ts';
import { type RuleError, RuleErrors } from '../errors.ts';
import { brokenPromise } from '../example-facts.ts';
import type { CompiledRule } from '../rule.ts';
import { chineseOf } from './errors-zh.ts';

/** A mistake as an editor shows it. */
export interface Mistake {
  line: number;
  column: number;
  zh: string;
  en: string;
  /** What was probably meant. */
  suggestion: string | null;
}

export interface Checked {
  rule: CompiledRule | null;
  errors: Mistake[];
}

/** Longest text of a rule: the longest shipped one has a tenth of it. */
export const longestText = 60_000;

/** Reads a text as the catalogue would: the same compiler, the same demands, and what stands beside it. */
export async function checkText(tx: Tx, registry: Registry, text: string): Promise<Checked> {
  try {
    const rule = compileRule({ file: 'draft.yml', text }, registry);
    const errors = [...mistakes(null, rule), ...promises(registry, rule, text), ...(await besides(tx, rule, text))];
    return { rule: errors.length === 0 ? rule : null, errors: errors.map(told) };
  } catch (error) {
    if (!(error instanceof RuleErrors)) throw error;
    return { rule: null, errors: error.errors.map(told) };
  }
}

function told({ line, column, message }: RuleError): Mistake {
  const suggestion = /; did you mean (.+)\?$/.exec(message)?.[1] ?? null;
  return { line, column, zh: chineseOf(message), en: message, suggestion };
}

/** Every example is tried: a rule that contradicts its own examples judges nobody. */
function promises(registry: Registry, rule: CompiledRule, text: string): RuleError[] {
  const lines = text.split('\n');
  if (rule.examples.every((example) => brokenPromise(registry, rule, example) === null)) return [];
  // an amendment keeps the examples of the old version, though it begins later: their days are not what they are about
  const anyTime = compileRule({ file: 'draft.yml', text }, registry, { from: '1990-01-01' });
  return rule.examples.flatMap((example) => {
    const message = brokenPromise(registry, rule, example) && brokenPromise(registry, anyTime, example);
    const line = lines.findIndex((one) => one.includes(example.it)) + 1;
    return message === null ? [] : [{ file: 'draft.yml', line: Math.max(line, 1), column: 1, message }];
  });
}

/** A duty falls under one version by its opening: what differs in that is another rule, under a code of its own. */
async function besides(tx: Tx, rule: CompiledRule, text: string): Promise<RuleError[]> {
  const rows = await tx.sql<{ version: number; text: string; code: string }>(
    `SELECT r.code, v.version, v.text FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE v.state IN ('trial', 'enacted')`,
  );
  const found: RuleError[] = [];
  const at = (key: string, message: string): void => {
    const line = text.split('\n').findIndex((one) => one.startsWith(`${key}:`)) + 1;
    found.push({ file: 'draft.yml', line: Math.max(line, 1), column: 1, message });
  };
  for (const code of rule.absorbs)
    if (!rows.some((row) => row.code === code)) at('absorbs', `absorbs ${code}, which is no rule of this catalogue`);
  const others = rows.filter((row) => row.code === rule.code && row.version !== rule.version);
  const differs = others.find((row) => opening(row.text) !== opening(text));
  if (differs)
    at(
      'opens',
      `version ${rule.version} of ${rule.code} opens otherwise than version ${differs.version}: one duty could be in force under both`,
    );
  return found;
}
