import type { Text } from '../words/say.ts';

/** The declarations of the server (`GET /api/vocabulary`) as the screens use them. */
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

export interface Fact {
  name: string;
  kind: FactKind;
  label: Text;
  options: { code: string; label: Text }[];
  /** Subject type a `subject` fact points to. */
  to?: string;
  /** Who sees it in full depends on the role: never kept in a draft. */
  sensitive: boolean;
  planned: boolean;
  search: boolean;
}

export interface Part {
  name: string;
  label: Text;
  facts: Fact[];
}

export interface Step {
  verb: string;
  label: Text;
  opens: boolean;
  part?: string;
  adds: boolean;
  at?: string;
  required: string[];
  optional: string[];
  internal: boolean;
}

export interface Relation {
  name: string;
  kind: string;
  to: string;
  by?: string;
  label: Text;
}

export interface Subject {
  name: string;
  plural: string;
  label: Text;
  number: string;
  title?: string;
  unit: string;
  dated: string;
  facts: Fact[];
  parts: Part[];
  steps: Step[];
  relations: Relation[];
}

export interface Named {
  code: string;
  label: Text;
}

export interface Vocabulary {
  subjects: Subject[];
  roles: Named[];
  verdicts: Named[];
}
