import type { Registry } from '../subjects/registry.ts';
import type { Mirror } from './compiled.ts';
import { ruleSchema } from './rule-schema.ts';
import { renderVocabulary } from './vocabulary.ts';

/** What is generated from the language for people and editors: the words that rules may use, and the shape of a file. */
export function languageMirrors(registry: Registry): Mirror[] {
  return [
    { path: 'audit-rules/rule.schema.json', render: () => `${JSON.stringify(ruleSchema(registry), null, 2)}\n` },
    { path: 'audit-rules/vocabulary.md', render: () => renderVocabulary(registry) },
  ];
}
