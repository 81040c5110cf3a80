import type { Actor, Post } from '../kernel/unit-of-work.ts';
import { policy, type Word } from './enforcer.ts';

/** How an actor stands to one record, as SQL found it. */
export interface Standing {
  /** Units that answer for the record or took part in it. */
  units: readonly number[];
  isOwn: boolean;
  isConcerned: boolean;
  /** Its state where it has one, else '*'. */
  state: string;
}

/** The system itself acts without a policy: jobs, imports, the first start. */
export const isSystem = (actor: Actor): boolean => actor.role === 'system' && actor.personId === null;

/** The posts that count: an actor without any (made by hand) acts at his own unit alone. */
export function postsOf(actor: Actor): readonly Post[] {
  if (actor.posts) return actor.posts;
  const own = actor.unitId === null ? [] : [actor.unitId];
  return actor.roles.map((role) => ({ role, unitId: actor.unitId ?? 0, subtree: own, bureau: own }));
}

/** Whether any of the actor's posts allows the action somewhere. */
export function mayAnywhere(actor: Actor, action: string): boolean {
  return isSystem(actor) || postsOf(actor).some((post) => policy.scopesOf(post.role, action).length > 0);
}

/** Whether the actor may do this to a record he stands to in this way. A denial by one of his posts is final. */
export function may(actor: Actor, action: string, standing: Standing): boolean {
  if (isSystem(actor)) return true;
  const posts = postsOf(actor);
  if (standing.isConcerned && posts.some((post) => policy.deniesConcerned(post.role, action))) return false;
  return posts.some((post) => policy.allows(post.role, action, wordsOf(post, standing), standing.state));
}

function wordsOf(post: Post, { units, isOwn, isConcerned }: Standing): Word[] {
  const { bureau } = post;
  const words: Word[] = [];
  if (isOwn) words.push('own');
  if (units.includes(post.unitId)) words.push('unit');
  if (units.some((unit) => post.subtree.includes(unit))) words.push('subtree');
  if (bureau === 'all' || units.some((unit) => bureau.includes(unit))) words.push('bureau');
  if (isConcerned) words.push('concerned');
  return words;
}

/** Which units an action reaches, and whether what is one's own is in it wherever it lies. */
export interface Reach {
  units: 'all' | readonly number[];
  own: boolean;
}

export function reachOf(actor: Actor, action: string): Reach {
  if (isSystem(actor)) return { units: 'all', own: true };
  const units = new Set<number>();
  let own = false;
  for (const post of postsOf(actor)) {
    for (const scope of policy.scopesOf(post.role, action)) {
      if (scope === 'own') own = true;
      else if (scope === 'unit') units.add(post.unitId);
      else if (scope === 'subtree') for (const unit of post.subtree) units.add(unit);
      else if (post.bureau === 'all') return { units: 'all', own: true };
      else for (const unit of post.bureau) units.add(unit);
    }
  }
  return { units: [...units].sort((a, b) => a - b), own };
}

/** The actor with what the database may show him at all: everything that he may read of any kind of subject. */
export function withReach(actor: Actor, types: readonly string[]): Actor {
  const units = new Set<number>();
  for (const type of types) {
    const reach = reachOf(actor, `${type}.read`);
    if (reach.units === 'all') return { ...actor, reach: 'all' };
    for (const unit of reach.units) units.add(unit);
  }
  return { ...actor, reach: [...units] };
}

/** Every action that the actor's roles allow somewhere: for menus and buttons. */
export const actionsOf = (actor: Actor): string[] =>
  [...new Set(postsOf(actor).flatMap((post) => policy.actionsOf(post.role)))]
    .filter((action) => mayAnywhere(actor, action))
    .sort();
