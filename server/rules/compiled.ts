import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from '../subjects/registry.ts';
import { loadCatalogue, shippedRules } from './catalogue.ts';

/** A checked-in mirror of something generated, for people who do not read code. */
export interface Mirror {
  /** From the root of the repository. */
  path: string;
  render(): string;
}

const folder = 'audit-rules/compiled';

/** The SQL of every shipped rule version, one file each: what is reviewed is what judges. */
export function compiledMirrors(registry: Registry): Mirror[] {
  return loadCatalogue(shippedRules, registry).map(({ rule, file }) => ({
    path: `${folder}/${rule.code}.v${rule.version}.sql`,
    render: () =>
      `-- ${rule.code} version ${rule.version}: ${rule.title.zh}\n-- Generated from audit-rules/${file}; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.\n${rule.sql.trim()}\n`,
  }));
}

/** Mirrors that are missing, differ from what is generated, or stand for a rule that is gone. */
export function staleMirrors(root: string, mirrors: readonly Mirror[]): string[] {
  const kept = new Set(existing(root));
  const stale = mirrors
    .filter((mirror) => !kept.has(mirror.path) || readFileSync(join(root, mirror.path), 'utf8') !== mirror.render())
    .map(({ path }) => path);
  const wanted = new Set(mirrors.map(({ path }) => path));
  return [...stale, ...[...kept].filter((path) => !wanted.has(path))];
}

/** Writes the mirrors anew and removes those of rules that are gone. */
export function writeMirrors(root: string, mirrors: readonly Mirror[]): void {
  mkdirSync(join(root, folder), { recursive: true });
  const wanted = new Set(mirrors.map(({ path }) => path));
  for (const path of existing(root)) if (!wanted.has(path)) rmSync(join(root, path));
  for (const mirror of mirrors) writeFileSync(join(root, mirror.path), mirror.render());
}

function existing(root: string): string[] {
  try {
    return readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.sql'))
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
