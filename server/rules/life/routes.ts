import { z } from 'zod';
import { mayAnywhere } from '../../access/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { Content, type Route, route } from '../../kernel/route.ts';
import { lineInput, paragraphInput } from '../../kernel/text.ts';
import type { Actor } from '../../kernel/unit-of-work.ts';
import { isSelf } from '../../organisation/human.ts';
import type { Registry } from '../../subjects/registry.ts';
import { compileRule } from '../compile.ts';
import { cancelRun } from '../everything.ts';
import { severityNames } from '../judge-text.ts';
import { vocabulary } from '../vocabulary.ts';
import { act } from './acts.ts';
import { checkText, longestText } from './check.ts';
import { changeDraft, createDraft } from './drafts.ts';
import { preview } from './preview.ts';
import { draftersOf, type LifeAct, possibleActs, proposalOf, signatureOf, type Version, versionOf } from './version.ts';

const text = z.string().min(1).max(longestText);
const at = z.strictObject({ code: z.string().max(20), version: z.coerce.number().int().min(1).max(99_999) });
const remark = paragraphInput(1000, 0).nullable().default(null);
const reason = paragraphInput(1000);
const day = z.iso.date();

const bodies = {
  try: z.strictObject({ remark }),
  stop: z.strictObject({ remark: reason }),
  sign: z.strictObject({ remark: reason }),
  enact: z.strictObject({ goLive: day, remark }),
  propose_trial: z.strictObject({ remark: reason }),
  propose_repeal: z.strictObject({ remark: reason }),
  suspend: z.strictObject({ remark: reason }),
  repeal: z.strictObject({ remark: reason }),
} as const;

const summaries: Record<LifeAct, { zh: string; en: string }> = {
  try: { zh: '规则试运行', en: 'Try a rule' },
  stop: { zh: '结束试运行，退回草稿', en: 'End the trial of a draft' },
  sign: { zh: '法制审签规则', en: 'Sign a rule' },
  enact: { zh: '启用规则', en: 'Enact a rule' },
  propose_trial: { zh: '提请规则转试运行', en: 'Propose to take a rule back to trial' },
  propose_repeal: { zh: '提请停用规则', en: 'Propose to repeal a rule' },
  suspend: { zh: '规则转试运行', en: 'Take a rule back to trial' },
  repeal: { zh: '停用规则', en: 'Repeal a rule' },
};
/** Which line of the policy each act needs. */
const actions: Record<LifeAct | 'change', string> = {
  change: 'rule.draft',
  try: 'rule.trial',
  stop: 'rule.trial',
  sign: 'rule.sign',
  enact: 'rule.enact',
  propose_trial: 'rule.draft',
  propose_repeal: 'rule.draft',
  suspend: 'rule.repeal',
  repeal: 'rule.repeal',
};

/** 规则的起草、检查、试算、试运行、审签、启用、停用. Paths with a fixed word come before those with a code. */
export const lifeRoutes = (registry: Registry): Route[] => [
  route({
    method: 'GET',
    path: '/api/rules/vocabulary',
    summary: { zh: '规则词汇表', en: 'Words that rules may use' },
    action: 'rule.read',
    handle: async () => vocabulary(registry),
  }),
  route({
    method: 'GET',
    path: '/api/rules/runs',
    summary: { zh: '重新评判的进度', en: 'Judging anew: how far it is' },
    action: 'rule.trial',
    handle: ({ uow }) =>
      uow.sql(
        `SELECT id, reason, state, judged, total, last_error AS "lastError", created_at AS "createdAt", done_at AS "doneAt" FROM judge_run ORDER BY created_at DESC LIMIT 20`,
      ),
  }),
  route({
    method: 'POST',
    path: '/api/rules/runs/:id/cancel',
    summary: { zh: '停止重新评判', en: 'Stop judging anew' },
    action: 'rule.enact',
    params: z.strictObject({ id: z.uuid() }),
    handle: async ({ uow, params }) => {
      await cancelRun(uow, params.id);
      uow.log({ action: 'rule.cancel_run', objectType: 'judge_run', objectId: params.id });
      return { id: params.id };
    },
  }),
  route({
    method: 'POST',
    path: '/api/rules/check',
    costly: true,
    summary: { zh: '检查规则文本', en: 'Check the text of a rule' },
    action: 'rule.draft',
    body: z.strictObject({ text }),
    replay: false,
    handle: async ({ uow, body }) => {
      const { rule, errors } = await checkText(uow, registry, body.text);
      return {
        errors,
        rule: rule && {
          code: rule.code,
          version: rule.version,
          title: rule.title,
          subject: rule.subject,
          severity: severityNames[rule.severity],
          warnings: rule.warnings,
          params: rule.params,
          examples: rule.examples.length,
          sql: rule.sql.trim(),
        },
      };
    },
  }),
  route({
    method: 'POST',
    path: '/api/rules/preview',
    costly: true,
    summary: { zh: '用一条记录试算规则文本', en: 'What a text says of one record' },
    action: 'rule.draft',
    body: z.strictObject({ text, subject: lineInput(100) }),
    replay: false,
    handle: async ({ uow, body }) => {
      const { rule, errors } = await checkText(uow, registry, body.text);
      if (!rule) return { errors };
      // whoever writes a rule that begins next month looks at records of this one
      const anyTime = compileRule({ file: 'draft.yml', text: body.text }, registry, { from: '1990-01-01' });
      return { errors, ...(await preview(uow, registry, anyTime, body.subject)) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/rules/drafts',
    costly: true,
    summary: { zh: '起草规则', en: 'Draft a rule' },
    action: 'rule.draft',
    body: z.strictObject({ text }),
    handle: async ({ uow, actor, body, reply }) => {
      const version = await createDraft(uow, registry, body.text);
      reply.status(201);
      return seen(actor, version);
    },
  }),
  route({
    method: 'GET',
    path: '/api/rules/:code/versions/:version',
    summary: { zh: '规则的一个版本', en: 'One version of a rule' },
    action: 'rule.read',
    params: at,
    handle: async ({ uow, actor, params }) =>
      seen(actor, await readable(actor, versionOf(uow, params.code, params.version))),
  }),
  route({
    method: 'GET',
    path: '/api/rules/:code/versions/:version/yaml',
    summary: { zh: '导出规则文本', en: 'The text of a version, as a file' },
    action: 'rule.read',
    params: at,
    handle: async ({ uow, actor, params }) => {
      const version = await readable(actor, versionOf(uow, params.code, params.version));
      return new Content(
        Buffer.from(version.text),
        'application/yaml; charset=utf-8',
        `${version.code}-v${version.version}.yml`,
      );
    },
  }),
  route({
    method: 'PUT',
    path: '/api/rules/:code/versions/:version',
    costly: true,
    summary: { zh: '修改草稿', en: 'Change a draft' },
    action: actions.change,
    params: at,
    body: z.strictObject({ text, revision: z.int().min(1) }),
    handle: async ({ uow, actor, params, body }) =>
      seen(actor, await changeDraft(uow, registry, params.code, params.version, body)),
  }),
  ...(Object.keys(bodies) as LifeAct[]).map((name) =>
    route({
      method: 'POST',
      path: `/api/rules/:code/versions/:version/${name}`,
      summary: summaries[name],
      action: actions[name],
      about: ({ params }) => ({ type: 'rule', id: params.code }),
      params: at,
      body: bodies[name] as z.ZodType<{ remark: string | null; goLive?: string }>,
      handle: async ({ uow, actor, params, body }) => seen(actor, await act(uow, registry, name, params, body)),
    }),
  ),
];

/** Drafts, and who did what, are for those who try and enact. */
export const seesLife = (actor: Actor): boolean => mayAnywhere(actor, 'rule.trial') || mayAnywhere(actor, 'rule.enact');

/** A draft is the legal office's until it is tried. */
async function readable(actor: Actor, asked: Promise<Version>): Promise<Version> {
  const version = await asked;
  if (version.state === 'draft' && !seesLife(actor)) throw notFound();
  return version;
}

/** A version with what the asker may do to it now; the server decides again. */
export function seen(actor: Actor, version: Version) {
  const [mine, signed] = [[...draftersOf(version)].some((one) => isSelf(actor, one)), signatureOf(version)];
  const proposal = version.state === 'enacted' ? proposalOf(version) : null;
  const proposed = proposal !== null && isSelf(actor, proposal.by.personId);
  const isThird = !proposed && !isSelf(actor, proposal?.signed?.personId ?? null);
  const abilities = possibleActs(version).filter(
    (name) =>
      mayAnywhere(actor, actions[name]) &&
      !(name === 'sign' && (proposal && version.waitingText === null ? proposed : mine)) &&
      !(proposal && (name === 'suspend' || name === 'repeal') && !isThird) &&
      !(name === 'enact' && (!signed || mine || isSelf(actor, signed.personId))),
  );
  const { id: _id, ruleId: _ruleId, triedAs, ...shown } = version;
  return {
    ...shown,
    beside: triedAs !== null,
    signedBy: signed?.name ?? null,
    proposal: proposal && shownProposal(proposal),
    abilities,
  };
}

const shownProposal = ({ act: wanted, by, signed }: NonNullable<ReturnType<typeof proposalOf>>) => ({
  act: wanted,
  by: by.name,
  at: by.at,
  reason: by.remark,
  signedBy: signed?.name ?? null,
});
