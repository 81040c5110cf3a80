import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Text } from './errors.ts';
import type { Actor, Runtime, UnitOfWork } from './unit-of-work.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Language = 'zh' | 'en';

/** What the caller sent beside the input. */
export interface Caller {
  requestId: string;
  address: string;
  agent: string;
  language: Language;
  /** True when the request came over https, seen from the browser. */
  secure: boolean;
  /** The token of the session cookie, '' when there is none. */
  token: string;
  /** The token of the device's cookie, '' when this browser has never signed in here. */
  device: string;
  /** The version in `If-Match`, null when the caller did not say which one he saw. */
  ifMatch: number | null;
}

/** Status and headers of the answer; what `handle` returns is the body. */
export interface Reply {
  status(code: number): void;
  header(name: string, value: string): void;
  /** Adds a Set-Cookie line. */
  cookie(line: string): void;
}

export interface RouteRequest<Params = unknown, Query = unknown, Body = unknown> {
  /** One transaction for the whole request. Routes with `transaction: 'own'` have none: they use `within`. */
  uow: UnitOfWork;
  /** Runs `work` in a transaction of its own: what it does stays although the request fails (a counted login). */
  within<T>(work: (uow: UnitOfWork) => Promise<T>): Promise<T>;
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  runtime: Runtime;
  caller: Caller;
  reply: Reply;
}

/** An answer that is not JSON: a file, or a stream that lasts (server-sent events). Not to be used with `replay`. */
export class Content {
  readonly body: Buffer | Readable;
  readonly type: string;
  readonly fileName: string | undefined;

  constructor(body: Buffer | Readable, type: string, fileName?: string) {
    this.body = body;
    this.type = type;
    this.fileName = fileName;
  }
}

type Output<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : Record<string, never>;

export interface RouteDeclaration<
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
> {
  method: Method;
  /** '/api/alarms/:id'; params that are not declared are refused. */
  path: string;
  summary?: Text;
  /**
   * Compulsory: 'public' nobody need be signed in · 'session' anybody who is · '<noun>.<verb>' a line of
   * policies/roles must allow it. Where the verb is part of the input, a function of it.
   */
  action: string | ((input: { params: Output<P>; query: Output<Q>; body: Output<B> }) => string);
  /** The subject type whose record `params.id` is: out of the actor's scope it is 404, within it and not allowed 403. */
  on?: string;
  /** What a refusal is about, where that is no subject: the ledger is told. */
  about?: (input: { params: Output<P>; query: Output<Q>; body: Output<B> }) => { type: string; id: string };
  params?: P;
  query?: Q;
  body?: B;
  output?: z.ZodType;
  /** False: no Idempotency-Key, nothing stored (sign-in and sign-out). */
  replay?: false;
  transaction?: 'own';
  /**
   * It takes long, or much of the machine: it costs more of its caller's budget, and waits for its turn among the few
   * that run at once (budget.ts, gate.ts). Left out: lists are when they search or show more than a hundred.
   */
  costly?: boolean | ((input: { params: Output<P>; query: Output<Q>; body: Output<B> }) => boolean);
  /** Largest body in bytes; 1 MiB unless told. */
  limit?: number;
  /** Media types that are taken as they are: `body` is then a Buffer. Never a type that a form could post. */
  raw?: readonly string[];
  /** Asked by the page itself every now and then: it does not keep an idle session alive. */
  quiet?: true;
  /** Still usable while the password must be changed. */
  beforePasswordChange?: true;
  handle(request: RouteRequest<Output<P>, Output<Q>, Output<B>>): Promise<unknown>;
}

/** A declaration with its types forgotten, as the pipeline holds it. */
export type Route = RouteDeclaration<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined>;

/** Declares one route. The declaration is all there is: pipeline, OpenAPI and the policy matrix read it. */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(declaration: RouteDeclaration<P, Q, B>): Route {
  return declaration as unknown as Route;
}
