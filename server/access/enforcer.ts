import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Enforcer, newModelFromString } from 'casbin';

/** How an actor stands to a record, seen from one of his posts; 'concerned': he has a part in the matter. */
export type Word = 'own' | 'unit' | 'subtree' | 'bureau' | 'concerned';
/** A word that a line may allow in. */
export type Scope = Exclude<Word, 'concerned'>;
export const scopes: readonly Scope[] = ['own', 'unit', 'subtree', 'bureau'];

export const policiesFolder = fileURLToPath(new URL('../../policies', import.meta.url));

/** The lines of policies/roles, asked through Casbin: this file is its only door. Answers are remembered. */
export class Policy {
  readonly roles: readonly string[];
  private readonly enforcers: ReadonlyMap<string, Enforcer>;
  private readonly known = new Map<string, boolean>();

  constructor(enforcers: ReadonlyMap<string, Enforcer>) {
    this.enforcers = enforcers;
    this.roles = [...enforcers.keys()].sort();
  }

  /** Default deny: false for a role or action that no line names. */
  allows(role: string, action: string, stands: readonly Word[], state = '*'): boolean {
    const words = stands.join('+');
    const key = `${role} ${action} ${words} ${state}`;
    let answer = this.known.get(key);
    if (answer === undefined) {
      answer = this.enforcers.get(role)?.enforceSync(role, action, words, state) ?? false;
      this.known.set(key, answer);
    }
    return answer;
  }

  /** The scopes in which a role may do something, whatever the state. */
  scopesOf(role: string, action: string): Scope[] {
    return scopes.filter((scope) => this.allows(role, action, [scope]));
  }

  /** Whether a line denies it to those who have a part in the matter. */
  deniesConcerned(role: string, action: string): boolean {
    const widest = this.scopesOf(role, action);
    return widest.length > 0 && !this.allows(role, action, [...widest, 'concerned']);
  }

  /** Every action that a line of the role names. */
  actionsOf(role: string): string[] {
    return [
      ...new Set((this.enforcers.get(role)?.getModel().getPolicy('p', 'p') ?? []).map(([, action = '']) => action)),
    ];
  }

  /** role, action, scope, state, effect of every line. */
  lines(role: string): string[][] {
    return this.enforcers.get(role)?.getModel().getPolicy('p', 'p') ?? [];
  }
}

/** Reads policies/: one Casbin enforcer a role, since its time grows with the number of lines. */
export function readPolicy(folder = policiesFolder): Policy {
  const text = readFileSync(`${folder}/model.conf`, 'utf8');
  const enforcers = new Map<string, Enforcer>();
  for (const file of readdirSync(`${folder}/roles`).filter((name) => name.endsWith('.csv'))) {
    const role = file.slice(0, -'.csv'.length);
    const model = newModelFromString(text);
    for (const line of readFileSync(`${folder}/roles/${file}`, 'utf8').split('\n')) {
      const rule = ruleOf(role, line);
      if (rule && !model.addPolicy('p', 'p', rule)) throw new Error(`policies/roles/${file}: written twice: ${line}`);
    }
    const enforcer = new Enforcer();
    enforcer.setModel(model);
    void enforcer.addFunction('stands', (given: string, scope: string) => given.split('+').includes(scope));
    enforcers.set(role, enforcer);
  }
  return new Policy(enforcers);
}

const shape = /^p, ([a-z-]+), ([a-z]+\.[a-z_]+), (own|unit|subtree|bureau|concerned), (\*|[a-z_]+), (allow|deny)$/;

/** The rule of a line, null for a remark. A slip of the pen in a policy must not pass as "not allowed". */
function ruleOf(role: string, line: string): string[] | null {
  if (line === '' || line.startsWith('#')) return null;
  const [, named, ...rest] = shape.exec(line) ?? [];
  if (named !== role) throw new Error(`policies/roles/${role}.csv: not a line of a policy: ${line}`);
  return [named, ...rest];
}

/** The policy of this process. */
export const policy = readPolicy();
