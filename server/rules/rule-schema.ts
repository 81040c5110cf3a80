import type { Registry } from '../subjects/registry.ts';
import { factSchemas } from './fact-schema.ts';
import { feeds } from './feed-codes.ts';
import { severities } from './rule.ts';
import type { ruleKeys } from './rule-file.ts';

const code = { type: 'string', pattern: '^[A-Z]{3}-\\d\\d[a-z]?$' };
const text = { type: 'string', minLength: 1 };
const bilingual = {
  type: 'object',
  required: ['zh', 'en'],
  additionalProperties: false,
  properties: { zh: text, en: text },
};
const limit = { type: 'string', pattern: '^[1-9]\\d*(m|h|d|wd|mo)$' };
const date = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
const amount = { anyOf: [limit, { type: 'number' }, { type: 'string', pattern: '^\\d+(\\.\\d{1,2})? ?(yuan|元)$' }] };
const verdict = { enum: ['nothing', 'pending', 'met', 'late', 'overdue', 'broken', 'excused', 'unknown'] };
const gives = {
  anyOf: [verdict, { type: 'object', required: ['late'], additionalProperties: false, properties: { late: text } }],
};
const condition = (what: string) => ({ ...text, description: `CEL: ${what}` });

export type Schema = Record<string, unknown>;

/** What editors complete and check against; what an expression may say is checked by `mingjing rules check`. */
export function ruleSchema(registry: Registry): Schema {
  const properties: Record<(typeof ruleKeys)[number], Schema> = {
    id: {
      ...code,
      description: 'The code of the catalogue; the file name begins with it',
    },
    version: { type: 'integer', minimum: 1, default: 1 },
    title: bilingual,
    subject: {
      anyOf: registry.types.map(({ name, label }) => ({ const: name, description: `${label.zh} ${label.en}` })),
    },
    each: {
      type: 'string',
      pattern: '^\\s*[A-Za-z_]\\w*\\s+in\\s+\\S',
      description: 'One duty per row: d in alarm.dispatches',
    },
    when: condition('when the rule applies'),
    opens: condition('the instant at which the duty opens'),
    within: condition('a limit from the opening: 24h, 30d, 5wd, 6mo, params.limit, case.complex ? d(3) : h(24)'),
    due: condition('an instant instead of a limit'),
    require: condition('what must hold the moment the duty opens'),
    met: condition('the instant at which the duty was done'),
    excused: condition('when it is not counted'),
    pauses: condition('intervals that stop the clock'),
    extends: {
      type: 'object',
      required: ['with', 'by'],
      additionalProperties: false,
      properties: {
        with: condition('the extensions: rows with approvedAt'),
        by: condition('how much one adds, in the unit of the limit'),
        times: { enum: [1, 2, 3], default: 1 },
        if: condition('which of them count (x is one)'),
      },
    },
    rolls: {
      type: 'boolean',
      default: true,
      description: 'false where a person is held: a last day on a holiday stays',
    },
    params: {
      type: 'object',
      propertyNames: { pattern: '^[a-z][A-Za-z0-9]*$' },
      additionalProperties: {
        anyOf: [...amount.anyOf, { type: 'object', minProperties: 1, additionalProperties: amount }],
      },
    },
    warn: limit,
    owes: condition('the person who owes'),
    unit: condition('the unit that owes; else that of the subject'),
    needs: {
      type: 'array',
      items: {
        anyOf: Object.entries(feeds).map(([code, { zh, en }]) => ({ const: code, description: `${zh} ${en}` })),
      },
      description: 'Feeds without which nothing can be said',
    },
    severity: { enum: Object.keys(severities), description: 'flaw 瑕疵 · ordinary 一般 · serious 严重' },
    aggravated: {
      type: 'string',
      pattern: '->\\s*(flaw|ordinary|serious)\\s*$',
      description: 'CEL: when it weighs more or less, and how much: case.enterprise -> serious',
    },
    absorbs: { type: 'array', items: code, description: 'Rules whose findings of the same event are this one' },
    in_force: {
      type: 'object',
      required: ['from'],
      additionalProperties: false,
      properties: { from: date, to: { ...date, description: 'The first day on which it is no longer in force' } },
    },
    basis: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['document'],
        additionalProperties: false,
        properties: {
          document: text,
          number: text,
          article: text,
          quote: text,
          status: { enum: ['confirmed', 'partly', 'unconfirmed', 'local'] },
        },
      },
    },
    says: {
      ...bilingual,
      description: 'The sentence of a finding; {…} holds a CEL expression; opens, due, met and over are known too',
    },
    note: text,
    status: { enum: ['trial', 'enacted'], default: 'enacted' },
    examples: {
      type: 'array',
      items: {
        type: 'object',
        required: ['it', 'given', 'gives'],
        additionalProperties: false,
        properties: {
          it: text,
          given: { type: 'object' },
          now: text,
          gives: { anyOf: [gives, { type: 'array', items: gives }] },
          down: { type: 'object', additionalProperties: { type: 'array', items: text, minItems: 2, maxItems: 2 } },
        },
      },
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A rule of Mingjing',
    description: 'Generated from server/rules; do not edit. Put an expression in quotes or in a block (>-).',
    type: 'object',
    required: ['id', 'title', 'subject', 'opens', 'severity', 'in_force', 'basis', 'says', 'examples'],
    additionalProperties: false,
    oneOf: [
      { required: ['within', 'met'] },
      { required: ['due', 'met'] },
      { required: ['require'], not: { required: ['met'] } },
    ],
    properties,
    // the facts of an example are those of the rule's subject
    allOf: registry.types.map(({ name }) => ({
      if: { required: ['subject'], properties: { subject: { const: name } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        properties: { examples: { items: { properties: { given: { $ref: `#/definitions/${name}` } } } } },
      },
    })),
    definitions: factSchemas(registry),
  };
}
