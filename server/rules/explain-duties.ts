import { asEngine } from '../kernel/unit-of-work.ts';
import type { DutyWords, Views } from '../subjects/views.ts';
import type { DiffRow, Engine } from './judge.ts';
import { explainHits } from './judge-explain.ts';
import { verdicts } from './rule.ts';

/** What duties are called, and what the broken ones say: the same sentence that their findings keep. */
export const explainDuties =
  (engine: Engine): NonNullable<Views['explainDuties']> =>
  async (uow, duties) => {
    await engine.refresh?.(uow);
    const titles = new Map(engine.rules.map(({ versionId, rule }) => [versionId, rule.title]));
    const sentences = new Map<string, DutyWords['sentence']>();
    for (const type of new Set(duties.map((duty) => duty.subjectType))) {
      const ids = [...new Set(duties.filter((duty) => duty.subjectType === type).map((duty) => duty.subjectId))];
      const broken = await uow.sql<DiffRow>(
        'SELECT o.* FROM obligation o WHERE o.subject_id = ANY ($1::uuid[]) AND o.verdict = ANY ($2::smallint[])',
        [ids, [verdicts.late, verdicts.overdue]],
        { name: 'broken duties' },
      );
      // a sentence must not depend on who reads it: links may lead to what the reader does not see
      const hits = await asEngine(uow, () => explainHits(uow, engine, type, broken, { sentencesOnly: true }));
      for (const hit of hits) sentences.set(`${hit.rule.versionId} ${hit.subjectId} ${hit.occurrence}`, hit.sentence);
    }
    return duties.map((duty) => ({
      title: titles.get(duty.versionId) ?? { zh: duty.ruleCode, en: duty.ruleCode },
      sentence: sentences.get(`${duty.versionId} ${duty.subjectId} ${duty.occurrence}`) ?? null,
    }));
  };
