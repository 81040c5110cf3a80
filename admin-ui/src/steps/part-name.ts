import { factWords } from '../subjects/FactValue.tsx';
import type { PartRecord, References } from '../subjects/record.ts';
import type { Subject } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';

/** Choices that say what a part is; others are details of it. */
const telling = ['kind', 'of', 'role', 'reason', 'code'];

export type PartName = (part: string, record: PartRecord, index: number, refs?: References) => string;

/** How people call one of several parts: what kind it is and when (派警 1 · 11-23 08:02). */
export function usePartName(subject: Subject): PartName {
  const say = useSay();
  return (part, record, index, refs) => {
    const declared = subject.parts.find((one) => one.name === part);
    if (!declared) return '';
    const pick = (kind: string) => {
      const fact = declared.facts.find(
        (one) => one.kind === kind && record[one.name] && (kind !== 'choice' || telling.includes(one.name)),
      );
      return fact ? factWords(fact, record[fact.name], refs, say) : '';
    };
    return [`${say(declared.label)} ${index + 1}`, pick('choice'), pick('unit'), pick('instant')]
      .filter(Boolean)
      .join(' · ');
  };
}
