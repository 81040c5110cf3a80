import { conflict, forbidden, type Problem, refusal } from '../../kernel/errors.ts';
import { locks } from '../../kernel/locks.ts';
import { asEngine, type UnitOfWork } from '../../kernel/unit-of-work.ts';
import { wakeOnCommit } from '../../kernel/wake.ts';
import { isSelf } from '../../organisation/human.ts';
import type { Registry } from '../../subjects/registry.ts';
import { noLongerJudged } from '../catalogue-store.ts';
import { startRun } from '../everything.ts';
import type { CompiledRule } from '../rule.ts';
import { changeRules } from '../rule-set.ts';
import { hashOf, keepAct } from './act.ts';
import { compiledOf, declareParams } from './drafts.ts';
import { isJudged, meet, placeInTime } from './timeline.ts';
import {
  draftersOf,
  type LifeAct,
  type Proposal,
  possibleActs,
  proposalOf,
  signatureOf,
  type Version,
  versionOf,
  versionsOf,
} from './version.ts';

export interface Given {
  remark?: string | null;
  goLive?: string | null;
}

/**
 * One act in the life of a version. What starts or ends judging changes the rule set in this transaction and asks for
 * everything to be judged anew afterwards, as a job.
 */
export async function act(
  uow: UnitOfWork,
  registry: Registry,
  name: LifeAct,
  at: { code: string; version: number },
  given: Given = {},
): Promise<Version> {
  // before any row is locked: everybody who judges is waited for
  const rewords = name === 'sign' && (await versionOf(uow, at.code, at.version)).waitingText !== null;
  if (name !== 'sign' || rewords) await changeRules(uow);
  const version = await versionOf(uow, at.code, at.version, { lock: true });
  if (!possibleActs(version).includes(name)) throw refusal(notNow(version, name));
  await acts[name](uow, registry, version, given);
  return versionOf(uow, at.code, at.version);
}

const acts: Record<LifeAct, (uow: UnitOfWork, registry: Registry, version: Version, given: Given) => Promise<void>> = {
  sign: async (uow, registry, version, { remark }) => {
    if (version.waitingText !== null) return signWording(uow, version, version.waitingText, remark ?? null);
    const proposal = version.state === 'enacted' ? proposalOf(version) : null;
    if (proposal) return signProposal(uow, version, proposal, remark ?? null);
    await compiledOf(uow, registry, version);
    if ([...draftersOf(version)].some((one) => isSelf(uow.actor, one)))
      throw forbidden('rule.own-draft', {
        zh: '起草人不得审签自己起草的规则，请由其他法制审核人员审签',
        en: 'Whoever drafted a rule does not sign it: another legal reader does',
      });
    await keepAct(uow, version, 'sign', { remark: remark ?? null });
  },
  try: async (uow, registry, version, { remark }) => {
    const rule = await compiledOf(uow, registry, version);
    const beside = await hasRival(uow, version);
    const shadow = beside ? await shadowOf(uow, version) : null;
    // numbers of a text that may never be in force are its own affair
    if (beside) await lendParams(uow, version, rule);
    else await declareParams(uow, rule);
    await uow.sql(`UPDATE rule_version SET state = 'trial', tried_as = $2 WHERE id = $1`, [version.id, shadow]);
    await keepAct(uow, version, 'try', { remark: remark ?? null, details: { beside } });
    await judgeAnew(uow, registry, rule.subject, `try ${rule.code} v${rule.version}`);
  },
  stop: async (uow, _registry, version, { remark }) => {
    await uow.sql(`UPDATE rule_version SET state = 'draft', tried_as = NULL WHERE id = $1`, [version.id]);
    await forgetTrial(uow, version);
    await asEngine(uow, () => noLongerJudged(uow, version.id));
    await keepAct(uow, version, 'stop', { remark: remark ?? null });
  },
  enact: async (uow, registry, version, { remark, goLive }) => {
    const rule = await compiledOf(uow, registry, version);
    const signed = signatureOf(version);
    if (!signed)
      throw refusal(
        conflict('rule.not-signed', {
          zh: '该版本未经法制人员审签，或者审签后文本有改动；审签后方可启用',
          en: 'No legal reader has signed this text: it cannot be enacted',
        }),
      );
    if ([...draftersOf(version), signed.personId].some((one) => isSelf(uow.actor, one)))
      throw forbidden('rule.second-person', {
        zh: '起草人、审签人不得自行启用，请由另一人启用',
        en: 'Neither who drafted nor who signed may enact: a second person does',
      });
    await placeInTime(uow, version, rule);
    await forgetTrial(uow, version);
    await uow.sql(`UPDATE rule_version SET state = 'enacted', go_live = $2, tried_as = NULL WHERE id = $1`, [
      version.id,
      goLive ?? null,
    ]);
    await declareParams(uow, rule);
    await keepAct(uow, version, 'enact', { remark: remark ?? null, details: { goLive, signedBy: signed.name } });
    await judgeAnew(uow, registry, rule.subject, `enact ${rule.code} v${rule.version}`);
  },
  propose_trial: (uow, _registry, version, { remark }) =>
    keepAct(uow, version, 'propose_trial', { remark: remark ?? null }),
  propose_repeal: (uow, _registry, version, { remark }) =>
    keepAct(uow, version, 'propose_repeal', { remark: remark ?? null }),
  suspend: async (uow, registry, version, { remark }) => {
    checkThird(uow, version);
    const rule = await compiledOf(uow, registry, version);
    await declareParams(uow, rule);
    await uow.sql(`UPDATE rule_version SET state = 'trial', tried_as = NULL WHERE id = $1`, [version.id]);
    await keepAct(uow, version, 'suspend', { remark: remark ?? null });
    await judgeAnew(uow, registry, rule.subject, `suspend ${rule.code} v${rule.version}`);
  },
  repeal: async (uow, registry, version, { remark }) => {
    if (version.state === 'enacted') checkThird(uow, version);
    await forgetTrial(uow, version);
    await uow.sql(`UPDATE rule_version SET state = 'repealed', tried_as = NULL WHERE id = $1`, [version.id]);
    await asEngine(uow, () => noLongerJudged(uow, version.id));
    await keepAct(uow, version, 'repeal', { remark: remark ?? null });
    const type = /^subject:\s*["']?([a-z]+)/m.exec(version.text)?.[1];
    if (type && registry.find(type)) await judgeAnew(uow, registry, type, `repeal ${version.code} v${version.version}`);
  },
};

/** Whoever reads a proposal to take a rule out of force is not the one who made it. */
async function signProposal(uow: UnitOfWork, version: Version, { by }: Proposal, remark: string | null): Promise<void> {
  if (isSelf(uow.actor, by.personId))
    throw forbidden('rule.own-proposal', {
      zh: '提请人不得审签自己的提请，请由其他法制审核人员审签',
      en: 'Whoever proposed it does not sign it: another legal reader does',
    });
  await keepAct(uow, version, 'sign', { remark, details: { of: 'proposal', proposal: by.id } });
}

/** Taking a rule out of force takes as many people as putting it in force: proposed, signed, done by three. */
function checkThird(uow: UnitOfWork, version: Version): void {
  const proposal = proposalOf(version);
  const others = [proposal?.by.personId, proposal?.signed?.personId];
  if (others.some((one) => isSelf(uow.actor, one ?? null)))
    throw forbidden('rule.third-person', {
      zh: '提请人、审签人不得自行办理，请由第三人办理',
      en: 'Neither who proposed nor who signed does it: a third person does',
    });
}

/** Signed means unchanged: the new wording of a rule in force is its text from this signature on. */
async function signWording(uow: UnitOfWork, version: Version, text: string, remark: string | null): Promise<void> {
  await uow.sql('UPDATE rule_version SET text = $2, waiting_text = NULL WHERE id = $1', [version.id, text]);
  const before = hashOf(version.text);
  await keepAct(uow, { ...version, text }, 'sign', { remark, details: { before } });
  uow.log({
    action: 'rule.reword',
    objectType: 'rule',
    objectId: version.code,
    objectVersion: version.version,
    changes: { before, text: hashOf(text), waits: false },
  });
}

function notNow(version: Version, name: LifeAct): Problem {
  const untried = name === 'enact' && version.state === 'draft';
  return conflict(
    'rule.not-now',
    untried
      ? { zh: '应当先试运行，再启用', en: 'It is tried before it is enacted' }
      : { zh: '该版本目前的状态不能这样办理', en: 'Its state does not allow this now' },
    { current: { state: version.state } },
  );
}

/** Whether another version is judged by at the same time: then this one is tried beside it. */
const hasRival = async (uow: UnitOfWork, version: Version): Promise<boolean> =>
  version.source === 'office' &&
  (await versionsOf(uow, version.code)).some(
    (other) => isJudged(other) && other.id !== version.id && meet(other, version),
  );

/** Duties of a trial beside the version in force stand under a rule of their own, so that neither hides the other. */
async function shadowOf(uow: UnitOfWork, version: Version): Promise<number> {
  const code = codeOfShadow(version);
  await uow.sql('SELECT pg_advisory_xact_lock($1)', [locks.catalogue]);
  const [row] = await uow.sql<{ id: number }>(
    `WITH made AS (INSERT INTO rule (id, code, shadow_of) SELECT coalesce(max(id), 0) + 1, $1, $2 FROM rule ON CONFLICT (code) DO NOTHING RETURNING id)
     SELECT id FROM made UNION ALL SELECT id FROM rule WHERE code = $1 LIMIT 1`,
    [code, version.ruleId],
  );
  return row?.id ?? version.ruleId;
}

/** The numbers of the text as if they had always been there, and what units have set for themselves, which would stay. */
async function lendParams(uow: UnitOfWork, version: Version, rule: CompiledRule): Promise<void> {
  const shadow = codeOfShadow(version);
  await uow.sql('DELETE FROM rule_param WHERE rule_code = $1', [shadow]);
  await declareParams(uow, { ...rule, code: shadow, version: 1 });
  await uow.sql(
    `INSERT INTO rule_param (rule_code, name, key, unit_id, from_on, to_on, amount, unit, set_by, set_at, reason)
     SELECT $1, p.name, p.key, p.unit_id, p.from_on, p.to_on, p.amount, p.unit, p.set_by, p.set_at, p.reason FROM rule_param p
     JOIN rule_param own ON own.rule_code = $1 AND own.unit_id IS NULL AND own.name = p.name AND own.key = p.key AND own.unit = p.unit
     WHERE p.rule_code = $2 AND p.unit_id IS NOT NULL`,
    [shadow, version.code],
  );
}

const codeOfShadow = ({ code, version }: Version): string => `${code}~${version}`;

/** What a trial beside the version in force found is not history: the duties are judged anew under the rule itself. */
async function forgetTrial(uow: UnitOfWork, version: Version): Promise<void> {
  if (version.triedAs === null) return;
  await asEngine(uow, () => uow.sql('DELETE FROM obligation WHERE rule_id = $1', [version.triedAs]));
  await uow.sql('DELETE FROM rule_param WHERE rule_code = $1', [codeOfShadow(version)]);
}

/** Everything of the subject's type is judged again after the commit, as a job that shows how far it is. */
export async function judgeAnew(uow: UnitOfWork, registry: Registry, type: string, reason: string): Promise<void> {
  await asEngine(uow, () => startRun(uow, registry, reason, [type]));
  await wakeOnCommit(uow, 'judge');
}
