import { Problem } from './errors.ts';
import type { Language } from './route.ts';

const type = 'application/problem+json; charset=utf-8';

/** An RFC 9457 document. `title` is one sentence for people; nothing in it comes from an exception of a library. */
export function problemDocument(
  problem: Problem,
  language: Language,
  requestId: string,
): { type: string; body: string } {
  const document = {
    ...problem.extra,
    type: `urn:mingjing:problem:${problem.code}`,
    title: problem[language],
    status: problem.status,
    code: problem.code,
    requestId,
    ...(problem.fields && {
      fields: problem.fields.map((field) => ({ path: field.path, message: field[language] })),
    }),
  };
  return { type, body: JSON.stringify(document) };
}

/** What PostgreSQL refused, as an answer; null for what is a mistake of ours. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  const code = sqlState(error);
  if (code === '23505') {
    return new Problem(409, 'record.exists', { zh: '已经有相同的记录', en: 'There is such a record already' });
  }
  if (code.startsWith('22') || code === '23503' || code === '23514' || code === '23502') {
    return new Problem(422, 'request.bad-value', { zh: '填写的内容无法保存', en: 'A value cannot be stored' });
  }
  if (/^(08|53|57|58|40|55P03)/.test(code) || isConnectionError(error)) {
    return new Problem(503, 'server.busy', {
      zh: '系统暂时无法处理，请稍后再试',
      en: 'Not possible right now: try again shortly',
    });
  }
  return null;
}

/** Two units of work that stood in each other's way: the whole of it may be tried again. */
export const mayRetry = (error: unknown): boolean => ['40001', '40P01'].includes(sqlState(error));

/** Whether the database said so, or could not be asked; anything else is a mistake in the program. */
export const isOfDatabase = (error: unknown): boolean => sqlState(error) !== '' || isConnectionError(error);

export const serverError = (): Problem =>
  new Problem(500, 'server.error', { zh: '系统出错，已记录，请联系管理员', en: 'Something went wrong on our side' });

function sqlState(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
}

/** The connection broke, could not be made or was not to be had: the database is away, or comes back just now. */
const isConnectionError = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && /^E(CONN|PIPE|TIMEDOUT|NOENT)/.test(String(error.code))) ||
    error.name === 'KnexTimeoutError' ||
    // what pg says of a connection that died in its hands has no code, and knex puts the statement before it
    /(^|- )(Connection terminated|Client has encountered a connection error|Client was closed)/.test(error.message));

/** An error as the log file holds it: with its stack, but one line where the database is away, which many will say. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isAway = /^(08|57P)/.test(sqlState(error)) || isConnectionError(error);
  return isAway ? error.message : (error.stack ?? error.message);
}
