import { createHash } from 'node:crypto';
import type { Tx } from '../../kernel/database.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';

/** What is done to a version: 起草、修改、试运行、退回草稿、审签、启用、被替代、提请转试运行、提请停用、转试运行、停用、暂不采用. */
export type ActName =
  | 'draft'
  | 'change'
  | 'try'
  | 'stop'
  | 'sign'
  | 'enact'
  | 'amend'
  | 'propose_trial'
  | 'propose_repeal'
  | 'suspend'
  | 'repeal'
  | 'hold';

/** One act as kept; names and units as they were. */
export interface Act {
  id: number;
  act: ActName;
  personId: number | null;
  name: string;
  unitName: string;
  role: string;
  at: Date;
  remark: string | null;
  details: Record<string, unknown>;
  textHash: string;
}

/** What a signature is about: the exact bytes. */
export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Keeps an act and tells the ledger. */
export async function keepAct(
  uow: UnitOfWork,
  version: { id: number; code: string; version: number; text: string },
  act: ActName,
  more: { remark?: string | null; details?: Record<string, unknown> } = {},
): Promise<void> {
  const { actor } = uow;
  const [remark, details] = [more.remark ?? null, more.details ?? {}];
  const hash = hashOf(version.text);
  await uow.sql(
    `INSERT INTO rule_act (version_id, act, person_id, name, unit_name, role, at, remark, details, text_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [version.id, act, actor.personId, actor.name, actor.unitName, actor.role, uow.now, remark, details, hash],
  );
  uow.log({
    action: `rule.${act}`,
    objectType: 'rule',
    objectId: version.code,
    objectVersion: version.version,
    changes: { ...details, text: hash },
    ...(remark && { reason: remark }),
  });
}

/** The acts of versions, oldest first. */
export async function actsOf(tx: Tx, versions: readonly number[]): Promise<Map<number, Act[]>> {
  const rows = await tx.sql<Act & { versionId: number }>(
    `SELECT id, version_id AS "versionId", act, person_id AS "personId", name, unit_name AS "unitName", role, at, remark, details, text_hash AS "textHash"
     FROM rule_act WHERE version_id = ANY($1::smallint[]) ORDER BY id`,
    [versions],
  );
  const found = new Map<number, Act[]>();
  for (const { versionId, ...act } of rows) found.set(versionId, [...(found.get(versionId) ?? []), act]);
  return found;
}
