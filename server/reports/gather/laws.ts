import { parse } from 'yaml';
import type { Basis } from '../wording.ts';

interface RuleWords {
  title: string;
  subject: string;
  basis: readonly Basis[];
}

const known = new Map<number, { text: string; words: RuleWords }>();

interface RuleText {
  title?: { zh?: string };
  subject?: string;
  basis?: readonly { document?: string; article?: string; status?: string }[];
}

/**
 * Title and basis as the version of the rule had them that judged. What a bureau has set for itself and nobody has
 * confirmed is no law: it is printed only where there is nothing else.
 */
export function wordsOfRule(versionId: number, text: string): RuleWords {
  const seen = known.get(versionId);
  if (seen?.text === text) return seen.words;
  const rule = parse(text, { schema: 'failsafe' }) as RuleText | null;
  const all = (rule?.basis ?? []).map(({ document = '', article = '', status }) => ({ document, article, status }));
  const confirmed = all.filter((basis) => basis.status !== 'unconfirmed');
  const basis = (confirmed.length ? confirmed : all).map(({ document, article }) => ({ document, article }));
  const words = { title: rule?.title?.zh ?? '', subject: rule?.subject ?? '', basis };
  known.set(versionId, { text, words });
  return words;
}
