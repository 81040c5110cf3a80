import type { Fact } from '../vocabulary/types.ts';

export type Values = Record<string, unknown>;

/** Words that people wrote, and whatever a role may not see in full, never lie on a shared computer. */
const mayKeep = (fact: Fact): boolean =>
  !fact.sensitive && fact.kind !== 'note' && fact.kind !== 'text' && fact.kind !== 'json';

/** Keeps what was filled in while the network or the power is away. It ends with the browser's session. */
export function keepDraft(key: string, facts: Fact[], values: Values): void {
  const kept = Object.fromEntries(
    facts
      .filter((fact) => mayKeep(fact) && values[fact.name] !== undefined)
      .map((fact) => [fact.name, values[fact.name]]),
  );
  if (Object.keys(kept).length > 0) sessionStorage.setItem(`mingjing.draft.${key}`, JSON.stringify(kept));
}

export function readDraft(key: string): Values | null {
  const kept = sessionStorage.getItem(`mingjing.draft.${key}`);
  return kept ? (JSON.parse(kept) as Values) : null;
}

export const dropDraft = (key: string): void => sessionStorage.removeItem(`mingjing.draft.${key}`);
