import { notFound } from '../../kernel/errors.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { VersionState } from '../catalogue-store.ts';
import { type Act, actsOf, hashOf } from './act.ts';

/** A version of a rule with its life. */
export interface Version {
  id: number;
  ruleId: number;
  code: string;
  version: number;
  state: VersionState;
  source: 'file' | 'office';
  revision: number;
  text: string;
  sql: string;
  goLive: string | null;
  /** In force from this local date to the day before `to`, as its text says. */
  from: string | null;
  to: string | null;
  endsOn: string | null;
  triedAs: number | null;
  /** What a newer release says of a rule in force: it takes the place of `text` once it is signed. */
  waitingText: string | null;
  acts: Act[];
}

const columns = `v.id, v.rule_id AS "ruleId", r.code, v.version, v.state, v.source, v.revision, v.text, v.sql, v.go_live AS "goLive",
  local_day(v.from_at)::text AS "from", local_day(v.to_at)::text AS "to", v.ends_on::text AS "endsOn", v.tried_as AS "triedAs", v.waiting_text AS "waitingText"`;

/** One version, locked when somebody is about to act on it. @throws Problem 404 */
export async function versionOf(
  uow: UnitOfWork,
  code: string,
  version: number,
  { lock = false }: { lock?: boolean } = {},
): Promise<Version> {
  const [row] = await uow.sql<Omit<Version, 'acts'>>(
    `SELECT ${columns} FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE r.code = $1 AND v.version = $2 ${lock ? 'FOR UPDATE OF v' : ''}`,
    [code, version],
  );
  if (!row) throw notFound();
  return { ...row, acts: (await actsOf(uow, [row.id])).get(row.id) ?? [] };
}

/** Every version of a rule, the newest first. */
export async function versionsOf(uow: UnitOfWork, code: string): Promise<Version[]> {
  const rows = await uow.sql<Omit<Version, 'acts'>>(
    `SELECT ${columns} FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE r.code = $1 ORDER BY v.version DESC`,
    [code],
  );
  const acts = await actsOf(
    uow,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, acts: acts.get(row.id) ?? [] }));
}

/** Who wrote the text as it stands: the first draft and every change since. */
export const draftersOf = (version: Version): Set<number> =>
  new Set(
    version.acts.flatMap((one) =>
      (one.act === 'draft' || one.act === 'change') && one.personId !== null ? one.personId : [],
    ),
  );

/** The signature that holds: of this very text, and not used up by an enactment or a repeal. */
export function signatureOf(version: Version): Act | null {
  const hash = hashOf(version.text);
  const used = Math.max(0, ...version.acts.filter((one) => ['enact', 'repeal'].includes(one.act)).map((one) => one.id));
  return (
    version.acts.findLast(
      (one) => one.act === 'sign' && one.textHash === hash && one.id > used && one.details['of'] !== 'proposal',
    ) ?? null
  );
}

/** What somebody has proposed for a version in force, and who has signed that: taking a rule out of force takes three. */
export interface Proposal {
  act: 'suspend' | 'repeal';
  by: Act;
  signed: Act | null;
}

export function proposalOf(version: Version): Proposal | null {
  const used = Math.max(
    0,
    ...version.acts.filter((one) => ['enact', 'suspend', 'repeal'].includes(one.act)).map((one) => one.id),
  );
  const by = version.acts.findLast(
    (one) => (one.act === 'propose_trial' || one.act === 'propose_repeal') && one.id > used,
  );
  if (!by) return null;
  const signed = version.acts.findLast(
    (one) => one.act === 'sign' && one.details['of'] === 'proposal' && one.id > by.id,
  );
  return { act: by.act === 'propose_trial' ? 'suspend' : 'repeal', by, signed: signed ?? null };
}

export type LifeAct = 'try' | 'stop' | 'sign' | 'enact' | 'propose_trial' | 'propose_repeal' | 'suspend' | 'repeal';

/** What the law of acts allows next, whoever asks. */
export function possibleActs(version: Version): ('change' | LifeAct)[] {
  const office = version.source === 'office';
  switch (version.state) {
    case 'draft':
      return office ? ['change', 'try', 'sign', 'repeal'] : ['try', 'sign', 'repeal'];
    case 'trial':
      return office ? ['stop', 'sign', 'enact', 'repeal'] : ['sign', 'enact', 'repeal'];
    case 'enacted': {
      const proposal = proposalOf(version);
      const signs = version.waitingText !== null || (proposal && !proposal.signed);
      return [
        ...(signs ? (['sign'] as const) : []),
        'propose_trial',
        'propose_repeal',
        ...(proposal?.signed ? [proposal.act] : []),
      ];
    }
    case 'repealed':
      return office ? [] : ['try'];
  }
}
