import type { Tx } from '../kernel/database.ts';

/**
 * The stamp of the rules as they stand, held until this transaction ends: who changes them waits for it. Everything
 * that judges asks for it first.
 */
export async function holdRules(tx: Pick<Tx, 'sql'>): Promise<string> {
  const [row] = await tx.sql<{ stamp: string }>('SELECT rule_set_stamp() AS stamp', [], { name: 'rule set' });
  return row?.stamp ?? '';
}

/**
 * Says that rules, their dates or what excepts from them change in this transaction. Waits for everybody who is
 * judging; it comes before anything else is locked. Once committed nobody judges by what was there before.
 */
export async function changeRules(tx: Pick<Tx, 'sql'>): Promise<void> {
  await tx.sql('SELECT rule_set_change()', [], { name: 'change rules' });
}
