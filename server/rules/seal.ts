import { createHash, randomUUID } from 'node:crypto';
import type { Table } from '../subjects/registry.ts';

/** What stands for a sensitive value: it can be proved with the salt, and tells nothing without it. */
export interface Sealed {
  sha256: string;
}

/** One salt a finding, kept beside it and told to nobody. */
export const newSalt = (): string => randomUUID();

/** The value itself, or its commitment where the declaration masks it (domain.md §7). */
export function sealed(table: Table, name: string, value: unknown, salt: string): unknown {
  if (!table.facts[name]?.mask || value == null) return value;
  return {
    sha256: createHash('sha256')
      .update(`${salt}${JSON.stringify(value)}`)
      .digest('hex'),
  } satisfies Sealed;
}
