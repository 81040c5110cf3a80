import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Registry } from '../subjects/registry.ts';
import { expected } from './catalogue-examples.ts';
import { compileRule } from './compile.ts';
import { type RuleError, RuleErrors } from './errors.ts';
import type { CompiledRule } from './rule.ts';

/** The rules that ship with Mingjing. */
export const shippedRules = fileURLToPath(new URL('../../audit-rules', import.meta.url));

/** A rule with the file it was read from. */
export interface CatalogueEntry {
  rule: CompiledRule;
  /** Relative to the catalogue's folder, with forward slashes. */
  file: string;
  text: string;
}

/** Files have numbers up to here; the back office numbers its versions from the next one on (decision 15). */
export const mostOfFiles = 1000;

/** Folders of a catalogue that hold no rules. */
const others = new Set(['compiled', 'scorecards']);

/**
 * Reads and compiles every rule below a folder, in the order of code and version.
 * @throws RuleErrors with every mistake of every file as `file:line:column message`
 */
export function loadCatalogue(folder: string, registry: Registry): CatalogueEntry[] {
  const errors: RuleError[] = [];
  const entries: CatalogueEntry[] = [];
  for (const path of ruleFiles(folder)) {
    const file = relative(folder, path).split(sep).join('/');
    const text = readFileSync(path, 'utf8');
    try {
      const rule = compileRule({ file, text }, registry);
      errors.push(...mistakes(file, rule));
      entries.push({ rule, file, text });
    } catch (error) {
      if (!(error instanceof RuleErrors)) throw error;
      errors.push(...error.errors);
    }
  }
  errors.push(...quarrels(entries, errors.length === 0));
  if (errors.length > 0) throw new RuleErrors(errors);
  return entries.sort((a, b) => compare(a.rule.code, b.rule.code) || a.rule.version - b.rule.version);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function ruleFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => compare(a.name, b.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return others.has(entry.name) ? [] : ruleFiles(path);
      return /\.ya?ml$/.test(entry.name) ? [path] : [];
    });
}

const mistake = (file: string, message: string): RuleError => ({ file, line: 1, column: 1, message });

/** What makes a rule readable for people: its place and name (of a file), and examples for met, broken and not applicable. */
export function mistakes(path: string | null, rule: CompiledRule): RuleError[] {
  const found: RuleError[] = path === null ? [] : misplaced(path, rule);
  const file = path ?? '';
  const given = new Set<string>();
  for (const example of rule.examples) {
    const wanted = expected(example.gives);
    if (wanted === null)
      found.push(
        mistake(
          file,
          `example “${example.it}”: gives is met, late, overdue, broken, excused, pending, unknown, nothing, { late: 9m } or a list of them`,
        ),
      );
    else for (const one of wanted.length === 0 ? ['nothing'] : wanted.map((each) => each.verdict)) given.add(one);
  }
  const broken = ['broken', 'late', 'overdue'].some((verdict) => given.has(verdict));
  if (!given.has('met') || !broken || !given.has('nothing'))
    found.push(mistake(file, 'a rule needs examples at least of met, of broken and of nothing (does not apply)'));
  return found;
}

function misplaced(file: string, rule: CompiledRule): RuleError[] {
  const found: RuleError[] = [];
  const folder = basename(dirname(file));
  if (folder !== '.' && folder !== rule.subject)
    found.push(mistake(file, `a rule about ${rule.subject} belongs into the folder ${rule.subject}`));
  if (!basename(file).startsWith(`${rule.code}-`))
    found.push(mistake(file, `the file of ${rule.code} is named ${rule.code}-….yml`));
  if (rule.version > mostOfFiles)
    found.push(mistake(file, `versions from ${mostOfFiles + 1} on are those of the back office`));
  return found;
}

/** Two files about one version, versions in force at the same time, absorbed rules that do not exist. */
function quarrels(entries: readonly CatalogueEntry[], complete: boolean): RuleError[] {
  const found: RuleError[] = [];
  const codes = new Set(entries.map(({ rule }) => rule.code));
  for (const [i, { rule, file, text }] of entries.entries()) {
    for (const code of rule.absorbs)
      if (complete && !codes.has(code))
        found.push(mistake(file, `absorbs ${code}, which is no rule of this catalogue`));
    for (const other of entries.slice(0, i)) {
      if (other.rule.code !== rule.code) continue;
      if (other.rule.subject !== rule.subject)
        found.push(mistake(file, `${rule.code} is about ${other.rule.subject} in ${other.file}`));
      if (other.rule.version === rule.version)
        found.push(mistake(file, `version ${rule.version} of ${rule.code} stands in ${other.file} too`));
      else if (opening(text) !== opening(other.text))
        found.push(
          mistake(
            file,
            `version ${rule.version} of ${rule.code} opens otherwise than version ${other.rule.version}: one duty could be in force under both`,
          ),
        );
      else if (overlap(rule, other.rule))
        found.push(
          mistake(
            file,
            `version ${rule.version} of ${rule.code} is in force together with version ${other.rule.version}`,
          ),
        );
    }
  }
  return found;
}

/** What decides which version a duty falls under, besides the dates. */
export function opening(text: string): string {
  const { each, opens } = (parse(text) ?? {}) as Record<string, unknown>;
  return JSON.stringify([each, opens]).replace(/\s+/g, ' ');
}

const overlap = (a: CompiledRule, b: CompiledRule): boolean =>
  a.inForce.from < (b.inForce.to ?? '9999') && b.inForce.from < (a.inForce.to ?? '9999');
