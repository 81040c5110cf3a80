import { type fetchUtils, HttpError } from 'react-admin';
import { storedLocale } from '../words/say.ts';
import { learnServerTime } from '../words/time.ts';
import { currentSession } from './session.ts';

/** RFC 9457 problem as the server tells it; further members are the problem's own (`current`, `fields`). */
export interface Problem {
  title?: string;
  detail?: string;
  status: number;
  code?: string;
  fields?: { path: string; message?: string; detail?: string; zh?: string; en?: string }[];
  current?: Record<string, unknown>;
  [member: string]: unknown;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Version of the record that the form was opened on (If-Match). */
  version?: number;
  /** The same key for a repeated attempt: the server does the thing once. */
  key?: string;
  signal?: AbortSignal;
}

/** Seconds after which nobody seems to be there: what the page asks by itself then keeps no session alive. */
const idleSeconds = 90;
let lastInput = performance.now();
for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
  globalThis.addEventListener?.(
    event,
    () => {
      lastInput = performance.now();
    },
    { passive: true },
  );

export const newKey = (): string => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;

function headersOf(call: Call, given?: HeadersInit): Headers {
  const headers = new Headers(given);
  headers.set('Accept', 'application/json');
  headers.set('Accept-Language', storedLocale());
  const idle = Math.floor((performance.now() - lastInput) / 1000);
  if (idle > idleSeconds) headers.set('X-Idle', String(idle));
  const method = call.method ?? 'GET';
  if (method !== 'GET') {
    headers.set('X-CSRF-Token', currentSession()?.csrf ?? '');
    headers.set('Idempotency-Key', call.key ?? newKey());
    if (call.version !== undefined) headers.set('If-Match', String(call.version));
  }
  return headers;
}

async function send(
  url: string,
  init: RequestInit,
): Promise<{ status: number; headers: Headers; body: string; json: unknown }> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new HttpError(
      storedLocale() === 'en'
        ? 'The server cannot be reached. Nothing you typed is lost.'
        : '暂时连不上服务器，已填写的内容不会丢失。',
      0,
    );
  }
  learnServerTime(response.headers.get('Date'));
  const body = await response.text();
  let json: unknown;
  try {
    json = body ? JSON.parse(body) : undefined;
  } catch {
    json = undefined;
  }
  if (!response.ok) {
    const problem = (json ?? {}) as Problem;
    throw new HttpError(problem.detail ?? problem.title ?? response.statusText, response.status, problem);
  }
  return { status: response.status, headers: response.headers, body, json };
}

/** Calls the API and gives the parsed answer. @throws HttpError whose `body` is the Problem. */
export async function api<T>(path: string, call: Call = {}): Promise<T> {
  const headers = headersOf(call);
  const file = call.body instanceof FormData || call.body instanceof Blob;
  if (call.body !== undefined && !file) headers.set('Content-Type', 'application/json');
  const init: RequestInit = { method: call.method ?? 'GET', headers };
  if (call.body !== undefined) init.body = file ? (call.body as BodyInit) : JSON.stringify(call.body);
  if (call.signal) init.signal = call.signal;
  return (await send(`/api${path}`, init)).json as T;
}

/** The client that react-admin's simple-REST provider uses: same headers, same problems. */
export async function httpClient(url: string, options: fetchUtils.Options = {}) {
  const method = (options.method ?? 'GET') as NonNullable<Call['method']>;
  const headers = headersOf({ method }, options.headers);
  if (options.body) headers.set('Content-Type', 'application/json');
  return send(url, { ...options, method, headers });
}

export const problemOf = (error: unknown): Problem | null =>
  error instanceof HttpError
    ? { ...(error.body as Problem | undefined), status: error.status, detail: error.message }
    : null;

/** One sentence for a person, whatever went wrong. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
