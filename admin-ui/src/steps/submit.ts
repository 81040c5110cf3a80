import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api, newKey, type Problem, problemOf } from '../providers/http.ts';
import type { Values } from './draft.ts';

export interface Sending {
  path: string;
  body: Values;
  version?: number | undefined;
}

export interface Trouble {
  kind: 'fields' | 'confirm' | 'conflict' | 'refused';
  sentence: string;
  /** Messages by fact name. */
  fields: Record<string, string>;
  /** What the record holds now, after a conflict. */
  current: Record<string, unknown> | null;
  version: number | null;
}

/**
 * Sends one act. The key stays the same until the server answers, so that a lost answer does not do a thing twice.
 * A 409 that asks for a confirmation is told apart from one that says somebody was faster.
 */
export function useSubmit<T>(done: (answer: T) => void) {
  const queries = useQueryClient();
  const key = useRef(newKey());
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const send = useCallback(
    async ({ path, body, version }: Sending) => {
      setBusy(true);
      setTrouble(null);
      try {
        const answer = await api<T>(path, {
          method: 'POST',
          body,
          key: key.current,
          ...(version === undefined ? {} : { version }),
        });
        key.current = newKey();
        await queries.invalidateQueries();
        done(answer);
      } catch (error) {
        const problem = problemOf(error);
        if (!problem) throw error;
        // another body must not hide behind the key of a refused one; only a lost answer repeats it
        if (problem.status !== 0) key.current = newKey();
        setTrouble(troubleOf(problem));
      } finally {
        setBusy(false);
      }
    },
    [done, queries],
  );
  const clear = useCallback(() => setTrouble(null), []);
  /** What others wrote meanwhile is read anew. */
  const renew = useCallback(() => void queries.invalidateQueries(), [queries]);
  return { send, busy, trouble, clear, renew };
}

function troubleOf(problem: Problem): Trouble {
  const fields = Object.fromEntries(
    (problem.fields ?? []).map((field) => [
      field.path.replace(/^body\./, '').replace(/^facts\./, ''),
      field.detail ?? field.message ?? field.zh ?? '',
    ]),
  );
  const confirm = /confirm/.test(problem.code ?? '');
  const current = (problem.current ?? null) as Record<string, unknown> | null;
  const conflict =
    problem.status === 412 ||
    (problem.status === 409 && (current !== null || /version|stale|conflict/.test(problem.code ?? '')));
  return {
    kind: confirm ? 'confirm' : conflict ? 'conflict' : Object.keys(fields).length > 0 ? 'fields' : 'refused',
    sentence: problem.detail ?? problem.title ?? '',
    fields,
    current,
    version:
      typeof problem.version === 'number'
        ? problem.version
        : typeof current?.version === 'number'
          ? current.version
          : null,
  };
}
