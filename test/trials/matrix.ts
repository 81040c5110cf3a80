import { logins, type Matrix, openMatrix, withoutWalls } from '../access/matrix/ask.ts';
import type { Row } from '../access/matrix/cells.ts';
import { readReviewed } from '../access/matrix/reviewed.ts';
import type { Trial } from './trial.ts';

export interface Asked {
  cells: number;
  /** What was not answered as reviewed. */
  surprises: string[];
}

/** Every cell of test/access/matrix.txt, or `rounds` of them drawn by the seed, and each subject without its walls. */
export const run: Trial = async ({ seed, rounds, say }) => {
  const matrix = await openMatrix();
  try {
    const all = matrix.rows.length * logins.length;
    const { cells, surprises } = await askCells(matrix, draw(all, rounds ?? all, seed), say);
    const control = await askWithoutWalls(matrix);
    const passed = surprises.length === 0 && Object.values(control).every((noticed) => noticed > 0);
    return { passed, counts: { cells, of: all, surprises }, control };
  } finally {
    await matrix.close();
  }
};

/** Asks these cells, four at a time. */
export async function askCells(matrix: Matrix, cells: readonly number[], say?: (text: string) => void): Promise<Asked> {
  const { outcomes } = readReviewed();
  const surprises: string[] = [];
  const waiting = [...cells];
  const ask = async (): Promise<void> => {
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      const row = matrix.rows[Math.floor(cell / logins.length)];
      const login = logins[cell % logins.length];
      if (!row || !login) continue;
      const wanted = outcomes.get(row.name)?.[cell % logins.length];
      const answered = await matrix.ask(row, login);
      if (answered !== wanted) surprises.push(`${row.name} as ${login}: reviewed ${wanted}, answered ${answered}`);
      if (waiting.length % 1000 === 0) say?.(`${waiting.length} cells left`);
    }
  };
  await Promise.all([ask(), ask(), ask(), ask()]);
  return { cells: cells.length, surprises };
}

/** With both walls of a subject away, how many of its cells show what was reviewed as out of sight: none would be blind. */
export async function askWithoutWalls(matrix: Matrix): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const type of matrix.registry.types) {
    const looked = matrix.rows.flatMap((row, i) =>
      row.type === type.name && isLook(row, type.plural)
        ? ['chujing', 'suozhang', 'nanfazhi'].map((login) => i * logins.length + logins.indexOf(login))
        : [],
    );
    const putUp = await withoutWalls(matrix, type);
    try {
      const { surprises } = await askCells(matrix, looked);
      found[type.name] = surprises.filter((one) => one.endsWith('reviewed 0, answered +')).length;
    } finally {
      await putUp();
    }
  }
  return found;
}

const isLook = ({ name }: Row, plural: string): boolean =>
  / \| (17|22)$/.test(name) && (name.startsWith(`GET /api/${plural}/:id |`) || name.startsWith(`list ${plural} by id`));

/** `count` of the numbers below `all`, drawn by the seed, each once. */
export function draw(all: number, count: number, seed: number): number[] {
  const numbers = Array.from({ length: all }, (_, i) => i);
  let state = seed >>> 0;
  for (let i = all - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 4294967296) * (i + 1));
    [numbers[i], numbers[j]] = [numbers[j] ?? 0, numbers[i] ?? 0];
  }
  return numbers.slice(0, count);
}
