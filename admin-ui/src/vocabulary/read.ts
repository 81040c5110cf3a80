import type { Text } from '../words/say.ts';
import type { Fact, FactKind, Named, Part, Relation, Step, Subject, Vocabulary } from './types.ts';

type Loose = Record<string, unknown>;

/** Lists may come as `[{name, …}]` or as `{name: {…}}`: both are read into lists. */
function entries(value: unknown, key: string): Loose[] {
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? { [key]: one } : (one as Loose)));
  if (value && typeof value === 'object') {
    return Object.entries(value).map(([name, one]) => ({
      [key]: name,
      ...(one && typeof one === 'object' ? (one as Loose) : { label: one }),
    }));
  }
  return [];
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one : String((one as Loose).name ?? ''))) : [];

function textOf(value: unknown, otherwise: string): Text {
  if (Array.isArray(value)) return { zh: String(value[0]), en: String(value[1] ?? value[0]) };
  if (value && typeof value === 'object' && 'zh' in value) return value as Text;
  return { zh: typeof value === 'string' ? value : otherwise, en: typeof value === 'string' ? value : otherwise };
}

const optionOf = (option: Loose): { code: string; label: Text } => {
  const code = String(option.code ?? option.id ?? option.value);
  return { code, label: 'zh' in option ? textOf(option, code) : textOf(option.label ?? option.name, code) };
};

function factOf(raw: Loose): Fact {
  const name = String(raw.name);
  const to = raw.to ?? raw.of;
  return {
    name,
    kind: (raw.kind as FactKind | undefined) ?? 'text',
    label: textOf(raw.label, name),
    options: entries(raw.options, 'code').map(optionOf),
    ...(to ? { to: String(to) } : {}),
    sensitive: Boolean(raw.sensitive ?? raw.mask),
    planned: Boolean(raw.planned),
    search: Boolean(raw.search),
  };
}

const partOf = (raw: Loose): Part => ({
  name: String(raw.name),
  label: textOf(raw.label, String(raw.name)),
  facts: entries(raw.facts, 'name').map(factOf),
});

function stepOf(raw: Loose): Step {
  const verb = String(raw.verb);
  return {
    verb,
    label: textOf(raw.label, verb),
    opens: Boolean(raw.opens),
    ...(raw.part ? { part: String(raw.part) } : {}),
    adds: Boolean(raw.adds),
    ...(raw.at ? { at: String(raw.at) } : {}),
    required: strings(raw.required ?? raw.requires),
    optional: strings(raw.optional ?? raw.asks),
    internal: Boolean(raw.internal),
  };
}

const relationOf = (raw: Loose): Relation => ({
  name: String(raw.name),
  kind: String(raw.kind ?? 'many'),
  to: String(raw.to ?? ''),
  ...(raw.by ? { by: String(raw.by) } : {}),
  label: textOf(raw.label, String(raw.name)),
});

const subjectOf = (raw: Loose): Subject => ({
  name: String(raw.name),
  plural: String(raw.plural),
  label: textOf(raw.label, String(raw.name)),
  number: String(raw.number ?? 'number'),
  ...(raw.title ? { title: String(raw.title) } : {}),
  unit: String(raw.unit ?? 'unit'),
  dated: String(raw.dated ?? 'createdAt'),
  facts: entries(raw.facts, 'name').map(factOf),
  parts: entries(raw.parts, 'name').map(partOf),
  steps: entries(raw.steps, 'verb').map(stepOf),
  relations: entries(raw.relations, 'name').map(relationOf),
});

const namedOf = (raw: Loose): Named => optionOf({ ...raw, code: raw.code ?? raw.role ?? raw.name });

export const readVocabulary = (raw: Loose): Vocabulary => ({
  subjects: entries(raw.subjects, 'name').map(subjectOf),
  roles: entries(raw.roles, 'code').map(namedOf),
  verdicts: entries(raw.verdicts, 'code').map(namedOf),
});
