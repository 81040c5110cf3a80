/**
 * How a subject (监督对象) is declared: its facts, parts, relations and steps, once.
 * Columns, input schemas, routes, the rule language's types, import columns, list filters and the fields of the
 * back office are derived from the declaration and written nowhere else (see registry.ts, record.ts).
 */
export interface Text {
  zh: string;
  en: string;
}

/**
 * - `text` one line · `note` several lines · `choice` one of `options` · `choices` several of them
 * - `instant` a Date · `date` 'YYYY-MM-DD' · `int`, `ratio`, `money` (yuan, two decimals) numbers · `flag` boolean
 * - `person`, `unit` integer ids · `persons` a list of them · `subject` the uuid of a subject of type `to`
 * - `uuid` any other uuid · `json` a stored document that rules cannot read
 */
export type FactKind =
  | 'text'
  | 'note'
  | 'choice'
  | 'choices'
  | 'instant'
  | 'date'
  | 'int'
  | 'ratio'
  | 'money'
  | 'flag'
  | 'person'
  | 'persons'
  | 'unit'
  | 'subject'
  | 'uuid'
  | 'json';

/** Who sees a sensitive fact in full: domain.md §7. */
export type Mask = 'caller' | 'complainant' | 'phone' | 'address' | 'suspect' | 'identity' | 'narrative' | 'officer';

export interface Fact {
  kind: FactKind;
  label: Text;
  options?: Readonly<Record<string, Text>>;
  /** The subject type a `subject` fact points to. */
  to?: string;
  mask?: Mask;
  /** A flag of the same row: where it is true the value is for few, and lists neither show it nor are filtered by it. */
  privateBy?: string;
  /** A text of several lines, though no longer than one: a note in the form, its breaks kept. */
  lines?: true;
  unique?: true;
  /** Found by the free-text search `q`. */
  search?: true;
  /** An instant that may lie in the future (planned start, end of a term). */
  planned?: true;
}

type Extra = Omit<Fact, 'kind' | 'label' | 'options' | 'to'>;
const fact =
  (kind: FactKind) =>
  (zh: string, en: string, extra: Extra = {}): Fact => ({ kind, label: { zh, en }, ...extra });

export const text = fact('text');
export const note = fact('note');
export const instant = fact('instant');
export const date = fact('date');
export const int = fact('int');
export const ratio = fact('ratio');
export const money = fact('money');
export const flag = fact('flag');
export const person = fact('person');
export const persons = fact('persons');
export const unit = fact('unit');
export const uuid = fact('uuid');
export const json = fact('json');
export const subject = (to: string, zh: string, en: string, extra: Extra = {}): Fact => ({
  kind: 'subject',
  to,
  label: { zh, en },
  ...extra,
});

/** Options are written `code: ['中文', 'English']`. */
export type Options = Readonly<Record<string, readonly [zh: string, en: string]>>;
const texts = (options: Options): Record<string, Text> =>
  Object.fromEntries(Object.entries(options).map(([code, [zh, en]]) => [code, { zh, en }]));
export const choice = (zh: string, en: string, options: Options, extra: Extra = {}): Fact => ({
  kind: 'choice',
  label: { zh, en },
  options: texts(options),
  ...extra,
});
export const choices = (zh: string, en: string, options: Options, extra: Extra = {}): Fact => ({
  kind: 'choices',
  label: { zh, en },
  options: texts(options),
  ...extra,
});

export type Facts = Readonly<Record<string, Fact>>;

/** The other end holds a `subject` fact `by` that points here. */
export interface ToMany {
  kind: 'many';
  to: string;
  by: string;
  label: Text;
}

/**
 * Rows of `to` (or of its part) whose person is one of ours and whose interval overlaps ours, both widened by `slack`
 * seconds; never the row itself. Kept in the table `link` under `code`, which never changes once rows exist. `longest`
 * hours bounds the search (rule-language.md §4: an overlap without a longest interval reads a whole history).
 * `people` and `theirPerson` name facts of one kind: persons, a person, or a text that tells people apart.
 */
export interface Overlapping {
  kind: 'overlapping';
  code: number;
  to: string;
  /** The list of `to` whose rows are meant ('interviews'); its own rows when left out. */
  part?: string;
  label: Text;
  people: readonly string[];
  from: string;
  until: string;
  theirPerson: string;
  theirFrom: string;
  theirUntil: string;
  slack: number;
  longest: number;
}

/**
 * Rows of `to` (or of its part) whose facts equal ours on every pair, never the row itself: other stays of the same
 * person, freezes of the same account. What is not recorded equals nothing. Nothing is stored: each side has an index
 * on its facts of the pairs (test/subjects/relations.test.ts demands it).
 */
export interface Same {
  kind: 'same';
  to: string;
  part?: string;
  match: readonly (readonly [own: string, theirs: string])[];
  label: Text;
}
export type Relation = ToMany | Overlapping | Same;
export type Relations = Readonly<Record<string, Relation>>;

export const many = (to: string, by: string, zh: string, en: string): ToMany => ({
  kind: 'many',
  to,
  by,
  label: { zh, en },
});
export const overlapping = (zh: string, en: string, rest: Omit<Overlapping, 'kind' | 'label'>): Overlapping => ({
  kind: 'overlapping',
  label: { zh, en },
  ...rest,
});

export const same = (to: string, zh: string, en: string, rest: Omit<Same, 'kind' | 'to' | 'label'>): Same => ({
  kind: 'same',
  to,
  label: { zh, en },
  ...rest,
});

/** A part that occurs several times in a subject (a dispatch of an alarm); its id survives corrections. */
export interface Part {
  one: string;
  label: Text;
  facts: Facts;
  relations?: Relations;
}
export type Parts = Readonly<Record<string, Part>>;

/** One verb of the subject's life. A step is appended, never changed; a correction is a new step that names the old. */
export interface Step {
  /** Stored as a small integer; never reused. */
  code: number;
  label: Text;
  /** Opens the subject (there is nothing before it). */
  opens?: true;
  /** The part it is about; with `adds` it makes a new one. */
  part?: string;
  adds?: true;
  /** The instant fact that takes the step's occurred-at; a second such step is refused unless it corrects the first. */
  at?: string;
  requires?: readonly string[];
  asks?: readonly string[];
  /** Facts that the system fills in when it records the step; no form asks for them. */
  carries?: readonly string[];
  /** Facts that the step sets by itself. */
  sets?: Readonly<Record<string, string | number | boolean>>;
  /** Instants that should not be later than this step: an entry by hand that is must be confirmed with a reason. */
  after?: readonly string[];
  /** Two facts that must not end up equal: an entry by hand that would make them so is refused. */
  apart?: readonly [string, string];
  /** Not offered as a form: written by the system (raising a finding) or through its own route. */
  internal?: true;
  /** Stored without a named part although `part` could be missing. */
  repeats?: true;
}
export type Steps = Readonly<Record<string, Step>>;

export interface SubjectType {
  /** Singular noun, the table's name too. */
  name: string;
  plural: string;
  /** Stored as a small integer; never reused. */
  code: number;
  label: Text;
  /** The fact by which people call it. */
  number: string;
  /** A second fact shown beside the number. */
  title?: string;
  /** The fact that says which unit answers for it. */
  unit: string;
  /** Facts of kind person or persons (of the subject or, as 'dispatches.officer', of a part) who make it their own. */
  own: readonly string[];
  /** The instant by which lists are sorted and figures dated. */
  dated: string;
  facts: Facts;
  parts: Parts;
  relations: Relations;
  steps: Steps;
}

/** Checks the declaration against itself: an unknown fact in a step or relation is a mistake found at start. */
export function defineSubject(
  declaration: Omit<SubjectType, 'parts' | 'relations'> & Partial<Pick<SubjectType, 'parts' | 'relations'>>,
): SubjectType {
  const type: SubjectType = { parts: {}, relations: {}, ...declaration };
  const demand = (known: boolean, what: string) => {
    if (!known) throw new Error(`${type.name}: ${what}`);
  };
  for (const name of [type.number, type.unit, type.dated]) demand(name in type.facts, `no fact ${name}`);
  const codes = new Set<number>();
  for (const [verb, step] of Object.entries(type.steps)) {
    demand(!codes.has(step.code), `step code ${step.code} is used twice`);
    codes.add(step.code);
    demand(!step.part || step.part in type.parts, `${verb}: no part ${step.part}`);
    const facts = step.part ? type.parts[step.part]?.facts : type.facts;
    const named = [
      step.at,
      ...(step.requires ?? []),
      ...(step.asks ?? []),
      ...(step.carries ?? []),
      ...Object.keys(step.sets ?? {}),
      ...(step.after ?? []),
      ...(step.apart ?? []),
    ];
    for (const name of named) if (name) demand(!!facts && name in facts, `${verb}: no fact ${name}`);
  }
  return type;
}
