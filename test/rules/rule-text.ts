import { compileRule } from '../../server/rules/compile.ts';
import { RuleErrors } from '../../server/rules/errors.ts';
import type { CompiledRule } from '../../server/rules/rule.ts';
import { registry } from './world.ts';

/** A rule file with these keys instead of or beside a plain one's; a key given as null is left out. */
export function ruleText(keys: Record<string, string | null> = {}): string {
  const all: Record<string, string | null> = {
    id: 'ALM-99',
    title: '{ zh: 标题, en: Title }',
    subject: 'alarm',
    opens: 'alarm.receivedAt',
    within: 'require' in keys || 'due' in keys ? null : '24h',
    met: 'require' in keys ? null : 'alarm.handledAt',
    severity: 'ordinary',
    in_force: "{ from: '2020-01-01' }",
    basis: '[{ document: 法 }]',
    says: '{ zh: 甲, en: A }',
    ...keys,
  };
  return Object.entries(all)
    .flatMap(([key, value]) => (value === null ? [] : `${key}: ${value}`))
    .join('\n');
}

export const compiled = (keys: Record<string, string | null> = {}): CompiledRule =>
  compileRule({ file: 'x.yml', text: ruleText(keys) }, registry);

/** The messages with which a rule is refused, one a line. */
export function refusal(text: string): string {
  try {
    compileRule({ file: 'x.yml', text }, registry);
  } catch (error) {
    if (error instanceof RuleErrors) return error.message;
    throw error;
  }
  throw new Error('this rule was accepted');
}

export const refused = (keys: Record<string, string | null>): string => refusal(ruleText(keys));
