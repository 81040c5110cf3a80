import { shownZone } from '../kernel/calendar.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Registry } from '../subjects/registry.ts';
import { type Listed, readBacktest, readBroken } from './backtest-read.ts';

const verdictWords: Readonly<Record<string, string>> = { late: '逾期办结', overdue: '逾期未办' };
const listWords: Readonly<Record<Listed, string>> = { broken: '疑似问题', newly: '新增', gone: '不再认定' };
const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: shownZone, dateStyle: 'short', timeStyle: 'medium' });

/** Spreadsheets take a cell that begins like this for a formula. */
const quoted = (cell: string | number | null): string => {
  const text = String(cell ?? '');
  const safe = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The numbers by month and unit, then every duty of the three lists. With a BOM, so that Excel reads it as UTF-8. */
export async function csvOf(uow: UnitOfWork, registry: Registry, id: string): Promise<Buffer> {
  const run = await readBacktest(uow, id);
  const lines: (string | number | null)[][] = [
    ['规则', run.code, run.title.zh],
    ['期间', run.from, run.to],
    ['判定时点', clock.format(run.asOf)],
    ['抽样种子', run.seed],
    ['结论', run.advice?.text.zh ?? '未完成'],
    [],
    ['分组', '名称', '应办', '未到期', '按期办结', '逾期办结', '逾期未办', '核准例外', '暂无法判定', '现行逾期'],
  ];
  for (const [group, bars] of [
    ['按月', run.months],
    ['按单位', run.units],
  ] as const)
    for (const { tried, inForce, ...bar } of bars)
      lines.push([
        group,
        bar.month ?? (bar.unit || '其他'),
        tried.opened,
        tried.pending,
        tried.met,
        tried.late,
        tried.overdue,
        tried.excused,
        tried.unknown,
        run.compared ? inForce.late + inForce.overdue : null,
      ]);
  lines.push([], ['清单', '编号', '单位', '起算', '期限', '办结', '结果']);
  for (const list of run.compared ? (['broken', 'newly', 'gone'] as const) : (['broken'] as const)) {
    const { rows } = await readBroken(uow, registry, id, list, { offset: 0, limit: null });
    for (const row of rows)
      lines.push([
        listWords[list],
        row.number,
        row.unit,
        clock.format(row.openedAt),
        row.dueAt && clock.format(row.dueAt),
        row.metAt && clock.format(row.metAt),
        verdictWords[row.verdict] ?? row.verdict,
      ]);
  }
  return Buffer.from(`\ufeff${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`, 'utf8');
}
