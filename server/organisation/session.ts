import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../kernel/database.ts';
import type { Actor, Post, UnitOfWork } from '../kernel/unit-of-work.ts';
import { sessionChannel } from '../kernel/wake.ts';
import { rank } from './roles.ts';

const idleMs = 30 * 60_000;
const absoluteMs = 12 * 3_600_000;
/** How late "last seen" may be: one write a minute instead of one a request. */
const touchMs = 60_000;

/** Somebody with a session. */
export interface SessionHolder {
  actor: Actor;
  csrf: string;
  mustChangePassword: boolean;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Makes a session. The token is told once, to the browser; the database keeps its SHA-256. */
export async function startSession(
  uow: UnitOfWork,
  personId: number,
  from: { address: string; agent: string },
): Promise<{ token: string; csrf: string }> {
  const token = randomBytes(32).toString('base64url');
  const csrf = randomBytes(24).toString('base64url');
  await uow.sql(
    `INSERT INTO session (id_hash, person_id, csrf, created_at, seen_at, expires_at, address, agent)
     VALUES ($1, $2, $3, $4, $4, $5, $6, $7)`,
    [hashOf(token), personId, csrf, uow.now, new Date(uow.now.getTime() + absoluteMs), from.address, from.agent],
  );
  return { token, csrf };
}

export async function endSession(uow: UnitOfWork, token: string): Promise<void> {
  const rows = await uow.sql<{ person: number }>(
    'UPDATE session SET ended_at = $2 WHERE id_hash = $1 AND ended_at IS NULL RETURNING person_id AS person',
    [hashOf(token), uow.now],
  );
  for (const { person } of rows) await tellEnd(uow, person);
}

/** Ends every session of a person, but the one of `except`. */
export async function endSessionsOf(uow: UnitOfWork, personId: number, except = ''): Promise<void> {
  await uow.sql('UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL AND id_hash <> $3', [
    personId,
    uow.now,
    hashOf(except),
  ]);
  await tellEnd(uow, personId);
}

/** Streams that are open in any process end with their session. */
async function tellEnd(uow: UnitOfWork, person: number): Promise<void> {
  await uow.sql('SELECT pg_notify($1, $2)', [sessionChannel, String(person)], { name: 'tell of ended sessions' });
}

interface Row {
  person_id: number;
  csrf: string;
  seen_at: Date;
  name: string;
  unit_id: number;
  unit_name: string;
  must_change_password: boolean;
  posts: (Omit<Post, 'bureau'> & { bureau: number[] | null })[] | null;
  /** Other accounts of the same human. */
  accounts: number[] | null;
}

const otherAccounts =
  '(SELECT jsonb_agg(o.id ORDER BY o.id) FROM person o WHERE o.identity_hash = p.identity_hash AND o.id <> p.id) AS accounts';

const postsOf = (person: string, at: string): string => `
  SELECT jsonb_agg(jsonb_build_object('role', t.role, 'unitId', t.unit_id,
      'subtree', (SELECT jsonb_agg(s.id ORDER BY s.id) FROM unit s WHERE s.path @> ARRAY[t.unit_id]),
      'bureau', (SELECT jsonb_agg(s.id ORDER BY s.id) FROM unit s WHERE s.path @> ARRAY[(
        SELECT b.id FROM unit b WHERE b.id = ANY (v.path) AND b.kind = 'bureau' ORDER BY cardinality(b.path) DESC LIMIT 1)]))
    ORDER BY t.id)
    FROM post t JOIN unit v ON v.id = t.unit_id
   WHERE t.person_id = ${person} AND t.from_at <= ${at} AND (t.to_at IS NULL OR t.to_at > ${at})`;

/** Who holds this token now: nobody once it is idle, expired, ended, or its holder disabled. */
export async function holderOf(
  database: Database,
  now: Date,
  token: string,
  quiet = false,
): Promise<SessionHolder | null> {
  const [row] = await database.sql<Row>(
    `SELECT s.person_id, s.csrf, s.seen_at, p.name, p.unit_id, u.name AS unit_name, p.must_change_password,
              (${postsOf('p.id', '$2')}) AS posts, ${otherAccounts}
         FROM session s JOIN person p ON p.id = s.person_id JOIN unit u ON u.id = p.unit_id
        WHERE s.id_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3 AND p.disabled_at IS NULL`,
    [hashOf(token), now, new Date(now.getTime() - idleMs)],
    { name: 'holder' },
  );
  if (!row) return null;
  if (!quiet && now.getTime() - row.seen_at.getTime() > touchMs) {
    await database.sql('UPDATE session SET seen_at = $2 WHERE id_hash = $1', [hashOf(token), now], { name: 'seen' });
  }
  const actor = actorOf({ ...row, sessionId: hashOf(token).toString('hex').slice(0, 16) });
  return { actor, csrf: row.csrf, mustChangePassword: row.must_change_password };
}

/** A person as an actor, without a session: the demonstration and tests act in somebody's name. */
export async function actorOfPerson(tx: Pick<UnitOfWork, 'sql'>, personId: number, at: Date): Promise<Actor | null> {
  const [row] = await tx.sql<Row>(
    `SELECT p.id AS person_id, p.name, p.unit_id, u.name AS unit_name, (${postsOf('p.id', '$2')}) AS posts, ${otherAccounts}
       FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1`,
    [personId, at],
  );
  return row ? actorOf(row) : null;
}

function actorOf(
  row: Pick<Row, 'person_id' | 'name' | 'unit_id' | 'unit_name' | 'posts' | 'accounts'> & { sessionId?: string },
): Actor {
  const posts = (row.posts ?? []).map((post): Post => ({ ...post, bureau: post.bureau ?? 'all' }));
  const roles = [...new Set(posts.map((post) => post.role))].sort((a, b) => rank(a) - rank(b));
  return {
    personId: row.person_id,
    ...(row.accounts && { accounts: row.accounts }),
    name: row.name,
    unitId: row.unit_id,
    unitName: row.unit_name,
    role: roles[0] ?? 'none',
    roles,
    posts,
    ...(row.sessionId && { sessionId: row.sessionId }),
  };
}
