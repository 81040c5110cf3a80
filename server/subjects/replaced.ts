import { badInput, conflict } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Planned } from './planned-step.ts';

/**
 * A correction replaces a step of the same record, part and verb, once: the rows of the records are locked by now, so
 * that the second of two corrections finds the first; an index of the database says the same.
 * @throws Problem 422 `step.nothing-to-correct`, `step.other-part`, 409 `step.corrected-already`
 */
export async function checkReplaced(uow: UnitOfWork, planned: readonly Planned[]): Promise<void> {
  const corrections = planned.filter((one) => one.input.replaces);
  if (corrections.length === 0) return;
  const ids = corrections.map((one) => one.input.replaces ?? '');
  const rows = await uow.sql<{ id: string; subject: string; part: string | null; verb: number; replaced: boolean }>(
    `SELECT s.id, s.subject_id AS subject, s.part_id AS part, s.verb, EXISTS (SELECT FROM step n WHERE n.replaces = s.id) AS replaced
       FROM step s WHERE s.id = ANY($1::uuid[])`,
    [ids],
    { name: 'replaced steps' },
  );
  const steps = new Map(rows.map((row) => [row.id, row]));
  const taken = new Set<string>();
  for (const one of corrections) {
    const id = one.input.replaces ?? '';
    const step = steps.get(id);
    if (!step || step.subject !== one.subject || step.verb !== one.step.code)
      throw badInput('step.nothing-to-correct', nothing, [{ path: 'replaces', ...nothing }]);
    if (step.part !== one.part) throw badInput('step.other-part', otherPart, [{ path: 'partId', ...otherPart }]);
    if (step.replaced || taken.has(id))
      throw conflict('step.corrected-already', {
        zh: '该环节已被更正，请更正最新的记录',
        en: 'This step was corrected already: correct the latest',
      });
    taken.add(id);
  }
}

const nothing = { zh: '没有这一环节', en: 'there is no such step' };
const otherPart = { zh: '被更正的环节属于另一条记录', en: 'the step to correct is of another part' };
