import type { Actor, LedgerEntry } from '../kernel/unit-of-work.ts';
import { canonical } from './canonical.ts';
import type { Algorithm } from './tree.ts';

/** Where an entry stands in the log. */
export interface Place {
  log: string;
  seq: number;
  alg: Algorithm;
  /** Leaf hash of the entry before it, hexadecimal; zeros before the first. */
  prev: string;
  recordedAt: Date;
}

/** Version of the body's shape. */
const version = 1;

/** What is hashed and shown: every field that any page prints of an entry, with names as they were then. */
export interface Body {
  v: number;
  log: string;
  seq: number;
  alg: string;
  prev: string;
  /** ISO instants. */
  recordedAt: string;
  /** When it is said to have happened, which may be long before. */
  occurredAt?: string;
  actor: { personId: number | null; name: string; unitId: number | null; unitName: string; role: string };
  sessionId?: string;
  requestId?: string;
  action: string;
  object?: { type: string | null; id: string | null; version: number | null };
  changes?: Record<string, unknown>;
  reason?: string;
}

/** The bytes of an entry: canonical JSON in UTF-8. Throws TypeError for changes that JSON cannot hold. */
export function bodyOf(entry: LedgerEntry, actor: Actor, place: Place): Buffer {
  const { log, seq, alg, prev, recordedAt } = place;
  const { action, type, id } = columnsOf(entry);
  const by = entry.by ?? actor;
  const named = type !== null || id !== null;
  const body = {
    v: version,
    log,
    seq,
    alg,
    prev,
    recordedAt,
    occurredAt: entry.occurredAt,
    actor: {
      personId: by.personId,
      name: by.name,
      unitId: by.unitId,
      unitName: by.unitName,
      role: by.role,
    },
    sessionId: actor.sessionId,
    requestId: actor.requestId,
    action,
    object: named ? { type, id, version: entry.objectVersion ?? null } : undefined,
    changes: entry.changes,
    reason: entry.reason,
  };
  // what a client sends may hold half a character; an action is not to fail at its record for that
  return Buffer.from(canonical(body, { repair: true }));
}

/** The fields that are columns too. A refused request may name its object by anything; a column holds no NUL. */
export function columnsOf(entry: LedgerEntry): { action: string; type: string | null; id: string | null } {
  const text = (value: string | undefined) => value?.replaceAll('\0', '\ufffd') ?? null;
  return { action: text(entry.action) ?? '', type: text(entry.objectType), id: text(entry.objectId) };
}
