import { paperNumber } from './case-criminal-measure.ts';
import { days, draw, moment, owe } from './case-criminal-telling.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endOfDays, hour, plus } from './time.ts';

const senders: Readonly<Record<string, string>> = {
  correction: '人民检察院',
  suggestion: '人民检察院',
  explain_filing: '人民检察院',
  explain: '人民检察院',
  file: '人民检察院',
  revoked: '人民政府',
  lost: '人民法院',
};

/** CAS-33a: answered in fifteen days; CAS-33b: opened as an issue within a day. */
export function letter(told: CaseTelling, filedAt: Date): void {
  const kind = draw(told, 'letter', {
    none: 970,
    correction: 13,
    suggestion: 10,
    explain_filing: 5,
    revoked: 1,
    lost: 1,
  });
  if (kind === 'none') return;
  const at = plus(filedAt, days(told, 'letter', 6, 15));
  const part = receive(told, kind, at);
  const due = endOfDays(at, 15);
  const answered = moment(told, 'answer', at, due, [2 * 1440, 13 * 1440]);
  if (answered) tellOf(told, 'answer_supervision', answered, {}, part);
  owe(told, 'CAS-33a', at, due, answered, { occurrence: part });
  const limit = plus(at, 24 * hour);
  const opened = moment(told, 'issue', at, limit, [30, 1200]);
  if (opened) tellOf(told, 'open_supervision_issue', opened, {}, part);
  if (kind !== 'explain_filing') owe(told, 'CAS-33b', at, limit, opened, { occurrence: part });
}

/** A letter comes in; returns its part. */
export function receive(told: CaseTelling, kind: string, at: Date): string {
  const part = told.chance.id(at, `letter ${kind}`);
  const number = paperNumber(told, kind === 'file' ? '检通立字' : '检监字', at);
  tellOf(told, 'receive_supervision', at, { kind, number, sender: senders[kind] ?? '上级机关' }, part);
  return part;
}
