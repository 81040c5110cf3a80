import type { Basis } from '../rules/rule.ts';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Text } from '../words/say.ts';
import type { Attachment } from './attachments.ts';

/** The detail of a finding: its facts and all that its page shows beside them. */
export interface Finding extends SubjectRecord {
  subject?: { type: string; plural: string; label: Text; id: string; number: string | null; readable: boolean } | null;
  ruleCard?: {
    code: string;
    version: number;
    title: Text | null;
    basis: Basis[];
    note: string | null;
    from: string | null;
    state: string;
  } | null;
  /** The duty as the engine judges it now. */
  duty?: { verdict: string; openedAt: string; dueAt: string | null; metAt: string | null } | null;
  files?: Attachment[];
  merged?: { id: string; number: string; title: string }[];
  escalations?: { level: string; station: string; dueAt: string | null; proposedAt: string }[];
  /** Why the viewer may not decide although it would be his turn. */
  guard?: Text | null;
  reviewers?: { id: number; name: string; number?: string; unit?: string | null }[];
}
