import { DateTime } from 'luxon';
import { rates } from '../../figures/rates.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { Counts, UnitScorecard } from '../papers/unit-scorecard.ts';
import { wordsOfRule } from './laws.ts';
import { officeOf } from './offices.ts';

export interface ScorecardParams {
  unitId: number;
  /** Months 'YYYY-MM', the last one included. */
  from: string;
  to: string;
}

const blocks = {
  ALM: '接处警',
  CAS: '案件办理',
  PER: '办案区',
  PRO: '涉案财物',
  BWC: '执法音视频',
  ENT: '涉企执法',
  FRZ: '止付冻结',
  CMP: '群众诉求',
  LIC: '行政许可',
} as const;
/** Months shown beside each other, up to the last of the period. */
const shownMonths = 6;

const counts = ({ met, late, overdue, excused, unknown, pending }: Counts): Counts => ({
  met,
  late,
  overdue,
  excused,
  unknown,
  pending,
});

export async function gatherUnitScorecard(
  uow: UnitOfWork,
  params: ScorecardParams,
  zone: string,
): Promise<{ data: UnitScorecard; unitId: number }> {
  const { unitId } = params;
  const office = await officeOf(uow, unitId);
  const from = DateTime.fromFormat(params.from, 'yyyy-MM', { zone });
  const last = DateTime.fromFormat(params.to, 'yyyy-MM', { zone });
  const until = last.plus({ months: 1 });

  const byRule = await rates(uow, { from: params.from, to: params.to, unitId, by: ['rule'] });
  const byMonth = await rates(uow, {
    from: last.minus({ months: shownMonths - 1 }).toFormat('yyyy-MM'),
    to: params.to,
    unitId,
    by: ['month'],
  });
  const titles = await titlesOf(
    uow,
    byRule.map((row) => row.rule ?? ''),
  );

  const data: UnitScorecard = {
    unit: office.unit,
    from: from.toJSDate(),
    until: until.toJSDate(),
    blocks: Object.entries(blocks).flatMap(([prefix, name]) => {
      const rows = byRule
        .filter((row) => row.rule?.startsWith(prefix))
        .map((row) => ({ rule: row.rule ?? '', title: titles.get(row.rule ?? '') ?? row.rule ?? '', ...counts(row) }));
      return rows.length > 0 ? [{ name, rows }] : [];
    }),
    months: byMonth.map((row) => ({ month: DateTime.fromISO(row.month ?? '').toFormat('yyyy年M月'), ...counts(row) })),
    findings: await findingCounts(uow, unitId, from.toJSDate(), until.toJSDate()),
  };
  return { data, unitId };
}

async function titlesOf(uow: UnitOfWork, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await uow.sql<{ code: string; versionId: number; text: string }>(
    'SELECT DISTINCT ON (r.code) r.code, v.id AS "versionId", v.text FROM rule r JOIN rule_version v ON v.rule_id = r.id WHERE r.code = ANY($1::text[]) ORDER BY r.code, v.version DESC',
    [codes],
  );
  return new Map(rows.map((row) => [row.code, wordsOfRule(row.versionId, row.text).title]));
}

async function findingCounts(
  uow: UnitOfWork,
  unitId: number,
  from: Date,
  until: Date,
): Promise<UnitScorecard['findings']> {
  const [row] = await uow.sql<UnitScorecard['findings']>(
    `SELECT count(*) AS raised, count(*) FILTER (WHERE verdict IN ('confirmed', 'partly')) AS confirmed, count(*) FILTER (WHERE verdict = 'not_confirmed') AS dismissed,
            count(*) FILTER (WHERE verdict = 'false_alarm') AS "falseAlarms", count(*) FILTER (WHERE closure = 'self_corrected') AS "selfCorrected",
            count(*) FILTER (WHERE verdict IN ('confirmed', 'partly') AND rectify_due_at <= $4) AS rectifiable,
            count(*) FILTER (WHERE verdict IN ('confirmed', 'partly') AND rectify_due_at <= $4 AND rectified_at <= rectify_due_at) AS "rectifiedOnTime"
       FROM finding WHERE unit_id IN (SELECT id FROM unit WHERE $1 = ANY(path)) AND raised_at >= $2 AND raised_at < $3 AND rule NOT LIKE 'FND-%'`,
    [unitId, from, until, uow.now],
  );
  return (
    row ?? {
      raised: 0,
      confirmed: 0,
      dismissed: 0,
      falseAlarms: 0,
      rectifiedOnTime: 0,
      rectifiable: 0,
      selfCorrected: 0,
    }
  );
}
