import { criminalReport, fileEconomic, filingApproval, filingEntered, refer, refuse } from './case-criminal-opening.ts';
import { receipt, tellFiling } from './case-reporter.ts';
import { type CaseTelling, type Opening, type Source, tellOf } from './case-telling.ts';
import { inventName } from './people.ts';
import type { Planted } from './story.ts';
import { dayOf, dayText, endOfDays, hour, minute, plus, second, yearOf } from './time.ts';

export function report(told: CaseTelling, kind: string, source: Source, facts: Record<string, unknown>): void {
  const month = dayText(dayOf(told.reportedAt)).slice(0, 7).replace('-', '');
  const serial = `${dayText(dayOf(source.handledAt)).slice(8)}${String(source.serial).padStart(2, '0')}`;
  tellOf(told, 'report', told.reportedAt, {
    number: `A${told.unit.code}${month}${serial}`,
    kind,
    cause: source.cause,
    unit: told.unit.id,
    lead: told.lead.id,
    coOfficers: [told.co.id],
    stationCase: true,
    summary: `${inventName(told.chance.at('victim'), 'male')}报称${source.cause}一事,现场已初步处置。`,
    ...facts,
  });
}

export const short = (told: CaseTelling): string => `${told.unit.short.slice(0, 2)}公(${told.unit.short.slice(0, 1)})`;
export const serialOf = (told: CaseTelling): string =>
  String(Number(told.key.replace(/\D/g, '').slice(-5)) % 3000 || 1);

/** Whether the offender is known when the report is registered. */
export const isKnown = (told: CaseTelling): boolean =>
  told.happenings.some(({ step }) => step.verb === 'report' && step.facts?.suspectKnown === true);

/** Whether somebody was hurt: most fights. */
export const isInjury = (told: CaseTelling, cause: string): boolean =>
  /殴打|伤害/.test(cause) && told.chance.at('hurt').yes(0.6);

/** CAS-01: accepted within 24 hours, complex ones in three days. The law of 2026 calls it 立案. */
export function acceptAdministrative(told: CaseTelling, source: Source): Opening {
  const { chance, reportedAt } = told;
  const complex = chance.yes(0.06);
  const known = chance.yes(0.4);
  const injury = isInjury(told, source.cause);
  report(told, 'public_order', source, {
    complex,
    ...(known ? { suspectKnown: true } : {}),
    ...(injury ? { injury: true } : {}),
  });
  const due = complex ? endOfDays(reportedAt, 3) : plus(reportedAt, 24 * hour);
  const how = chance.weighted({ soon: 940, at: 8, over: 8, late: 20, never: 8, transferred: 8, merged: 8 });
  const duty: Planted = { rule: 'CAS-01', subject: told.id, opened: reportedAt, due };
  if (how === 'never') {
    told.planted.push(duty);
    return { openedAt: null, answeredAt: null };
  }
  const at =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, chance.int(60, 2500) * minute)
          : plus(reportedAt, chance.int(10, 900) * minute);
  told.planted.push({ ...duty, met: at });
  if (how === 'transferred' || how === 'merged') {
    tellOf(told, how === 'merged' ? 'merge' : 'transfer', at);
    return { openedAt: null, answeredAt: at };
  }
  tellOf(told, 'accept', at, { acceptanceNumber: `${short(told)}受案字〔${yearOf(at)}〕${serialOf(told)}号` });
  receipt(told, at, plus(at, chance.int(2, 40) * minute));
  const filedAt = plus(at, second);
  tellOf(told, 'file', filedAt, {
    filingNumber: `${short(told)}立字〔${yearOf(at)}〕${serialOf(told)}号`,
    filingApprovedAt: at.toISOString(),
  });
  return { openedAt: at, answeredAt: at };
}

/** CAS-02: three days, seven to check a clue, thirty with approval where it is major and complex. */
export function fileCriminal(told: CaseTelling, source: Source): Opening {
  const { chance, reportedAt } = told;
  const sort = told.plot.opening ? 'plain' : chance.weighted({ plain: 90, clue: 7, major: 3 });
  const register = () =>
    report(told, 'criminal', source, {
      ...(sort === 'clue' ? { clueToCheck: true } : sort === 'major' ? { majorComplex: true } : {}),
      ...(chance.yes(told.plot.opening ? 1 : 0.4) ? { suspectKnown: true } : {}),
      ...criminalReport(told),
    });
  if (told.plot.economic) return fileEconomic(told, register);
  register();
  refer(told);
  const approvedAt = plus(reportedAt, 20 * hour);
  if (sort !== 'plain')
    tellOf(
      told,
      'extend_review',
      approvedAt,
      { longReviewLevel: sort === 'major' ? 'county' : 'unit' },
      undefined,
      told.co,
    );
  const due = endOfDays(reportedAt, sort === 'clue' ? 7 : sort === 'major' ? 30 : 3);
  const how =
    (told.plot.opening as 'soon' | undefined) ??
    chance.weighted({ soon: 930, at: 8, over: 8, late: 20, never: 10, refused: 24 });
  const duty: Planted = {
    rule: 'CAS-02',
    subject: told.id,
    opened: reportedAt,
    due,
    ...(sort === 'plain' ? {} : { since: approvedAt }),
  };
  if (sort !== 'plain')
    told.planted.push({ ...duty, due: endOfDays(reportedAt, 3), since: reportedAt, gone: approvedAt });
  if (how === 'never') {
    told.planted.push(duty);
    return { openedAt: null, answeredAt: null };
  }
  const soonest = sort === 'plain' ? 30 : 21 * 60;
  const at =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, chance.int(60, 6000) * minute)
          : plus(reportedAt, chance.int(soonest, soonest + 1900) * minute);
  told.planted.push({ ...duty, met: at, ...(how === 'refused' ? {} : { known: filingEntered(told, at) }) });
  if (how === 'refused') {
    refuse(told, at);
    return { openedAt: null, answeredAt: at };
  }
  const acceptedAt = plus(reportedAt, 10 * minute);
  tellOf(told, 'accept', acceptedAt, { acceptanceNumber: `${short(told)}受案字〔${yearOf(at)}〕${serialOf(told)}号` });
  tellOf(
    told,
    'file',
    at,
    { filingNumber: `${short(told)}立字〔${yearOf(at)}〕${serialOf(told)}号`, ...filingApproval(told, at) },
    undefined,
    told.lead,
    filingEntered(told, at),
  );
  receipt(told, acceptedAt, plus(acceptedAt, 15 * minute));
  tellFiling(told, acceptedAt, at);
  return { openedAt: at, answeredAt: acceptedAt };
}
