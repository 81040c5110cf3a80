import type { IncomingMessage } from 'node:http';
import { badInput, Problem } from './errors.ts';

/** Deeper than any form of ours; what is deeper is an attack on recursion. */
const deepest = 16;

/** Reads a request body. @throws Problem 413 past `limit`, 415 when it is compressed. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    throw new Problem(415, 'request.compressed', {
      zh: '不接受压缩的请求内容',
      en: 'Compressed bodies are not accepted',
    });
  }
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(400, 'request.cut-off', { zh: '请求没有传完', en: 'The request was cut off' });
  }
  return Buffer.concat(chunks);
}

const tooLarge = (limit: number): Problem =>
  new Problem(413, 'request.too-large', {
    zh: `请求内容过大，上限为 ${Math.floor(limit / 1024)} KB`,
    en: `The body is too large: ${Math.floor(limit / 1024)} KB at most`,
  });

/** Parses JSON as strictly as PostgreSQL and the ledger need it: no NUL, no half characters, not too deep. */
export function readJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed();
  }
  if (text.trim() === '') return undefined;
  if (depthOf(text) > deepest) {
    throw badInput('request.too-deep', { zh: '请求内容嵌套过深', en: 'The body is nested too deeply' });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed();
  }
  refuseBadText(value, '');
  return value;
}

const malformed = (): Problem =>
  new Problem(400, 'request.malformed', { zh: '请求内容不是有效的 JSON', en: 'The body is not valid JSON' });

/** Brackets outside of strings, counted before anything recursive touches the text. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i];
    if (quoted) {
      if (letter === '\\') i += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{' || letter === '[') most = Math.max(most, ++depth);
    else if (letter === '}' || letter === ']') depth -= 1;
  }
  return most;
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair. @throws Problem 422 naming the field */
export function refuseBadText(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (!/[\0\p{Cs}]/u.test(value)) return;
    const text = { zh: '含有无法保存的字符', en: 'holds characters that cannot be stored' };
    throw badInput('request.bad-text', text, [{ path, ...text }]);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__')
      throw badInput('request.bad-input', { zh: '没有这一项', en: 'unknown field' }, [
        { path: key, zh: '没有这一项', en: 'unknown field' },
      ]);
    refuseBadText(key, path);
    refuseBadText(inner, path ? `${path}.${key}` : key);
  }
}
