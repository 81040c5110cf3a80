import { DateTime } from 'luxon';
import { advance, takePaperNumber } from '../findings/numbers.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { ReportKind, ReportSettings } from './kind.ts';

/**
 * The next number of a kind in the year, for the bureau of a unit: 望公法监通字〔2026〕12号 or BG-990102-2026-00042.
 * Taken in the transaction that stores the paper: a request that fails gives its number back, an issued one is never
 * used again.
 */
export async function takeReportNumber(
  uow: UnitOfWork,
  settings: ReportSettings,
  kind: ReportKind,
  unitId: number,
  area: string,
): Promise<string> {
  if ('word' in kind.series) return takePaperNumber(uow, unitId, kind.series.word);
  const series = `${kind.series.register}-${area}-${DateTime.fromJSDate(uow.now, { zone: settings.zone }).year}`;
  const last = (await advance(uow, new Map([[series, 1]]))).get(series) ?? 0;
  return `${series}-${String(last + 1).padStart(5, '0')}`;
}
