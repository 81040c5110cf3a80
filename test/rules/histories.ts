import { newId } from '../../server/kernel/id.ts';
import type { Fact, Step, SubjectType } from '../../server/subjects/define.ts';
import { factsOfStep, tableOfStep } from '../../server/subjects/input.ts';
import type { StepInput } from '../../server/subjects/record.ts';
import { cast, registry, ruralStation, station } from './world.ts';

/** A subject type whose rules shall be met: `named` holds their texts, and options that stand in them are drawn more often. */
export interface Focus {
  type: string;
  named: string;
}

/** Random histories of every subject type, drawn from the declarations: what can be recorded will be recorded. */
export class Histories {
  private readonly draw: () => number;
  private readonly subjects = new Map<string, string[]>();
  private readonly parts = new Map<string, string[]>();
  private readonly recorded: { input: StepInput; step: string }[] = [];
  private serial = 0;
  private readonly types: readonly SubjectType[];

  private readonly focus: Focus | undefined;

  /**
   * `seed` decides everything; `types` are those that there will be subjects of. With a focus most of what happens is
   * about one type, and as its rules would have it.
   */
  constructor(seed: number, types: readonly SubjectType[] = registry.types, focus?: Focus) {
    this.types = types;
    this.focus = focus;
    let state = seed >>> 0;
    // mulberry32
    this.draw = () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = Math.imul(state ^ (state >>> 15), state | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  pick<T>(of: readonly T[]): T {
    return of[Math.floor(this.draw() * of.length)]!;
  }
  chance = (share: number): boolean => this.draw() < share;

  /** Something that may have happened by `now`: a new subject with some of its life, one more step, or a correction. */
  next(now: Date): StepInput[] {
    if (this.recorded.length > 0 && this.chance(0.12)) return [this.correction(now)];
    const type = this.focus && this.chance(0.7) ? registry.get(this.focus.type) : this.pick(this.types);
    const known = this.subjects.get(type.name) ?? [];
    if (known.length === 0 || this.chance(0.35)) return this.story(type, now);
    return this.step(
      type,
      this.pick(known),
      this.pick(Object.entries(type.steps).filter(([, step]) => !step.opens)),
      this.moment(now),
      now,
    );
  }

  /** A subject whose steps lie close together, as they do in life: limits are met and missed by little. */
  private story(type: SubjectType, now: Date): StepInput[] {
    const opening = Object.entries(type.steps).filter(([, step]) => step.opens);
    const id = newId(now);
    let at = this.moment(now);
    const steps = this.step(type, id, this.pick(opening), at, now);
    const later = Object.entries(type.steps).filter(([, step]) => !step.opens && this.chance(this.focus ? 0.8 : 0.6));
    for (const one of later) {
      at = new Date(
        Math.min(now.getTime(), at.getTime() + this.pick([0, 1, 3, 8, 9, 40, 60, 600, 1440, 4320]) * 60_000),
      );
      steps.push(...this.step(type, id, one, at, now));
    }
    return steps;
  }

  private step(type: SubjectType, id: string, [verb, step]: [string, Step], at: Date, now: Date): StepInput[] {
    let part: string | undefined;
    if (step.part) {
      const key = `${id} ${step.part}`;
      const known = this.parts.get(key) ?? [];
      part = step.adds ? newId(now) : known.length > 0 ? this.pick(known) : undefined;
      if (!part) return [];
      if (step.adds) this.parts.set(key, [...known, part]);
    }
    if (step.opens) this.subjects.set(type.name, [...(this.subjects.get(type.name) ?? []), id]);
    return [
      {
        type: type.name,
        subject: id,
        verb,
        ...(part ? { part } : {}),
        occurredAt: at,
        facts: this.facts(type, step, at, now),
        id: newId(now),
      },
    ];
  }

  /** What was recorded becomes correctable. */
  keep(inputs: readonly StepInput[]): void {
    for (const input of inputs) if (!input.replaces) this.recorded.push({ input, step: input.id ?? '' });
  }

  private correction(now: Date): StepInput {
    const { input, step } = this.pick(this.recorded);
    const type = registry.get(input.type);
    const at = this.chance(0.5) ? input.occurredAt : this.moment(now);
    const { id: _id, ...rest } = input;
    return {
      ...rest,
      occurredAt: at,
      facts: this.facts(type, type.steps[input.verb]!, at, now),
      replaces: step,
      reason: '更正',
      id: newId(now),
    };
  }

  private facts(type: SubjectType, step: Step, at: Date, now: Date): Record<string, unknown> {
    const { facts } = tableOfStep(type, step);
    return Object.fromEntries(
      factsOfStep(step).flatMap((name) => {
        const fact = facts[name];
        if (!fact || this.chance(0.15)) return [];
        const value = this.value(fact, at, now);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }

  private value(fact: Fact, at: Date, now: Date): unknown {
    switch (fact.kind) {
      case 'choice': {
        const options = Object.keys(fact.options ?? {});
        const named = options.filter((option) => this.focus?.named.includes(`'${option}'`));
        return this.pick(named.length > 0 && this.chance(0.75) ? named : options);
      }
      case 'choices':
        return Object.keys(fact.options ?? {}).filter(() => this.chance(0.4));
      case 'flag':
        return this.chance(0.6);
      case 'person':
        return this.pick(Object.values(cast));
      case 'persons':
        return [...new Set([this.pick(Object.values(cast)), this.pick(Object.values(cast))])];
      case 'unit':
        return this.pick([station, station, ruralStation]);
      case 'instant':
        return new Date(
          Math.min(
            at.getTime() + this.pick([0, 1, 2, 30, 40, 500, 1500]) * 60_000,
            fact.planned ? Number.MAX_SAFE_INTEGER : now.getTime(),
          ),
        );
      case 'int':
        return this.pick([0, 1, 2, 3]);
      case 'ratio':
        return this.pick([1, 2.5]);
      case 'money':
        return this.pick([1, 300.5]);
      case 'subject':
        return this.subjects.get(fact.to ?? '')?.[0] === undefined
          ? undefined
          : this.pick(this.subjects.get(fact.to ?? '') ?? []);
      case 'text': {
        this.serial += 1;
        return fact.unique ? `N${this.serial}` : this.chance(0.1) ? 'finding' : '甲';
      }
      case 'note':
        return '记录';
      default:
        return undefined;
    }
  }

  private moment = (now: Date): Date =>
    new Date(now.getTime() - this.pick([0, 1, 5, 8, 30, 60, 600, 1440, 1500, 4320, 43_200, 44_640]) * 60_000);
}
