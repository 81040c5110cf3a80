import type { Text } from '../words/say.ts';

/** One source of law (server/rules/rule.ts). `status`: confirmed, partly, unconfirmed, local. */
export interface Basis {
  document: string;
  number?: string;
  article?: string;
  quote?: string;
  status?: string;
}

export interface RuleParam {
  name: string;
  key?: string;
  amount: number;
  unit?: string;
  unitName?: string | null;
  fromOn?: string | null;
  toOn?: string | null;
}

export interface RuleVersion {
  version: number;
  state: string;
  from?: string | null;
  to?: string | null;
  goLive?: string | null;
  title?: Text;
  basis?: Basis[];
}

export interface Rule {
  id: string;
  code: string;
  title: Text;
  subject: string;
  severity: string | number;
  state: string;
  version: number;
  basis: Basis[];
  note?: string | null;
  says?: Text;
  needs?: string[];
  absorbs?: string[];
  inForce?: { from?: string | null; to?: string | null } | null;
  goLive?: string | null;
  params?: RuleParam[];
  versions?: RuleVersion[];
  examples?: { it: string; gives: unknown; passes?: boolean }[];
  text?: string;
  counts?: Record<string, number> | null;
}
