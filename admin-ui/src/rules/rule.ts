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
  unitId?: number | null;
  unitName?: string | null;
  fromOn?: string | null;
  toOn?: string | null;
  setBy?: string | null;
  setAt?: string | null;
  reason?: string | null;
}

/** A parameter as the text of the rule declares it. */
export interface DeclaredParam {
  name: string;
  kind: 'limit' | 'int' | 'ratio' | 'money';
  unit: string;
  values: { key: string; amount: number }[];
}

export interface RuleAct {
  id: number;
  act: string;
  name: string;
  unitName: string;
  at: string;
  remark: string | null;
  details: Record<string, unknown>;
}

export interface RuleVersion {
  version: number;
  state: string;
  source: 'file' | 'office';
  revision: number;
  from?: string | null;
  to?: string | null;
  endsOn?: string | null;
  goLive?: string | null;
  /** Tried beside the version in force. */
  beside: boolean;
  /** Somebody wants it out of force: what, who, why, and who has read that. */
  proposal: {
    act: 'suspend' | 'repeal';
    by: string;
    at: string;
    reason: string | null;
    signedBy: string | null;
  } | null;
  /** Whose signature of this text holds. */
  signedBy: string | null;
  /** What a newer release says: it takes the place of the text once somebody signs it. */
  waitingText?: string | null;
  acts: RuleAct[];
  abilities: string[];
  title?: Text | null;
  basis?: Basis[];
  text?: string;
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
  source?: 'file' | 'office';
  endsOn?: string | null;
  /** Versions that are drafted or tried beside this one. */
  drafts?: { version: number; state: string }[];
  declared?: DeclaredParam[];
  params?: RuleParam[];
  versions?: RuleVersion[];
  examples?: { it: string; gives: unknown; passes?: boolean }[];
  text?: string;
  counts?: Record<string, number> | null;
}
