import type { State } from './states.ts';
import type { Act, Values } from './transition.ts';

/** What follows from an act beside its own instant: where it leads, and which facts come with it. */
export const returnedTo = ({ given }: Act): State => given.returnedTo as State;
export const resumed = ({ finding }: Act): State => finding.resumesTo as State;
export const remembered = ({ finding }: Act) => ({ resumesTo: finding.state ?? null });
/** What a finding that goes back must be asked again. */
export const askedAgain = ({ finding, given }: Act) => ({
  ...(given.returnedTo === 'screening' ? { screened: false } : {}),
  ...(['screening', 'issued', 'explaining'].includes(String(given.returnedTo)) ? { explained: false } : {}),
  recheckPassed: false,
  returns: Number(finding.returns ?? 0) + 1,
});
/** A verdict orders a rectification, or none. */
export const verdictOf = (act: Act) => ({
  judge: act.actor.personId,
  ...(act.given.verdict === 'confirmed' || act.given.verdict === 'partly'
    ? { rectifyDueAt: act.given.rectifyDueAt ?? dueBySeverity(act) }
    : { rectifyHow: null, rectifyDueAt: null, severity: act.finding.severity ?? null }),
});
export const reReviewed = (act: Act): Values =>
  act.given.reReview === 'overturned'
    ? { verdict: 'not_confirmed' }
    : act.given.reReview === 'changed'
      ? { rectifyDueAt: act.given.rectifyDueAt ?? dueBySeverity(act), recheckPassed: false }
      : { verdict: act.finding.verdict, severity: act.finding.severity };
const dueBySeverity = ({ finding, given, limits }: Act): string | null =>
  limits.rectify[String(given.severity ?? finding.severity)]?.toISOString() ?? null;
