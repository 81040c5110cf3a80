import type { Text } from '../words/say.ts';

/** A record in the chain, or a hole: what should be there, and who owes it. */
export interface ChainNode {
  id?: string | null;
  type: string;
  number?: string | null;
  title?: string | Text | null;
  at?: string | null;
  state?: string | null;
  hole?: boolean;
  /** Of a hole: the record that owes it. */
  ownerId?: string;
  /** Of a hole: who owes it, by when, and by which rule. */
  unit?: string | null;
  person?: string | null;
  dueAt?: string | null;
  verdict?: string | number | null;
  rule?: string | null;
  sentence?: string | Text | null;
  findingId?: string | null;
}

export interface ChainColumn {
  type: string;
  label: Text;
  nodes: ChainNode[];
}
