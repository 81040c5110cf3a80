/** One sentence in both languages; the pipeline picks by Accept-Language. */
export interface Text {
  zh: string;
  en: string;
}

/** A problem of one input field; `path` is dotted (`facts.occurredAt`). */
export interface FieldProblem extends Text {
  path: string;
}

/** An answer that is not a success, told to the caller as an RFC 9457 problem. `code` is `<noun>.<reason>`. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  declare readonly fields?: FieldProblem[];
  declare readonly extra?: Record<string, unknown>;
  /** Somebody tried what he may not: the ledger is told although the answer may not say so (404, 409). 403 always is. */
  isRefusal = false;

  constructor(
    status: number,
    code: string,
    text: Text,
    more: { fields?: FieldProblem[] | undefined; extra?: Record<string, unknown> | undefined } = {},
  ) {
    super(`${code}: ${text.en}`);
    this.status = status;
    this.code = code;
    this.zh = text.zh;
    this.en = text.en;
    if (more.fields) this.fields = more.fields;
    if (more.extra) this.extra = more.extra;
  }
}

/** Marks a problem as an attempt that the ledger is told of. */
export function refusal<P extends Problem>(problem: P): P {
  problem.isRefusal = true;
  return problem;
}

/** 422: the input is understood and wrong. */
export function badInput(code: string, text: Text, fields?: FieldProblem[]): Problem {
  return new Problem(422, code, text, { fields });
}

/** 404, also for what lies outside the caller's scope: nobody may tell the two apart. */
export function notFound(): Problem {
  return new Problem(404, 'request.not-found', { zh: '没有找到这条记录', en: 'There is no such record' });
}

/** 403: the caller may see the record and may not do this. */
export function forbidden(code: string, text: Text): Problem {
  return new Problem(403, code, text);
}

/** 409: the record is not as the caller thought; `extra` holds what it is now. */
export function conflict(code: string, text: Text, extra?: Record<string, unknown>): Problem {
  return new Problem(409, code, text, { extra });
}

/** 401: nobody is signed in. */
export function unauthorised(): Problem {
  return new Problem(401, 'session.required', { zh: '请先登录', en: 'Please sign in' });
}
