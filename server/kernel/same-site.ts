import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { Problem } from './errors.ts';

/**
 * A mutation must come from our own pages: the browser says so (`Sec-Fetch-Site`, or `Origin` where plain http keeps
 * the browser silent), and it knows the token that only a reader of our answers can know.
 * @param csrf the session's token; null for the sign-in, which has none yet
 * @throws Problem 403
 */
export function checkSameSite(request: IncomingMessage, publicUrl: string, csrf: string | null): void {
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') throw foreign();
  const origin = request.headers.origin;
  if (origin !== undefined && site === undefined && !isOurs(origin, request, publicUrl)) throw foreign();
  if (csrf === null) return;
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const expected = Buffer.from(csrf);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Problem(403, 'session.csrf', { zh: '页面已过期，请刷新后重试', en: 'The page is stale: reload it' });
  }
}

/**
 * Whether the name in `Host` is one that this server goes by. A page elsewhere may let its own name point at a server on
 * the reader's machine (DNS rebinding); what it cannot have is our name, a loopback name or a bare address.
 */
export function isOurHost(host: string, publicUrl: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) !== 0 || /^(.+\.)?localhost$/.test(bare) || bare === new URL(publicUrl).hostname;
}

function isOurs(origin: string, request: IncomingMessage, publicUrl: string): boolean {
  if (origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}

const foreign = (): Problem =>
  new Problem(403, 'request.cross-site', {
    zh: '不接受来自其他网站的请求',
    en: 'Requests from other sites are refused',
  });
