import { checkCells, rebuildCells } from '../figures/cells.ts';
import { defineJob } from '../kernel/job.ts';
import { inUnitOfWork } from '../kernel/unit-of-work.ts';
import { systemActor } from '../rules/sweep.ts';

/** 夜间核对: counts every cell of the rates anew. One that differs is a mistake of ours: it is put right and told in the ledger. */
export const cellsJob = defineJob({
  name: 'cells',
  every: '40 3 * * *',
  run: (runtime) =>
    inUnitOfWork(
      runtime,
      systemActor,
      async (uow) => {
        const wrong = await checkCells(uow);
        if (wrong.length === 0) return;
        await rebuildCells(uow);
        uow.log({ action: 'cells.rebuild', changes: { cells: wrong.length, first: wrong[0] } });
      },
      { as: 'engine' },
    ),
});
