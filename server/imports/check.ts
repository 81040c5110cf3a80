import { IANAZone } from 'luxon';
import { didYouMean } from '../rules/errors.ts';
import type { Fact, SubjectType } from '../subjects/define.ts';
import { type Registry, tableOf } from '../subjects/registry.ts';
import { type Cell, type Mapping, MappingError } from './mapping.ts';
import { plainTargets } from './plain.ts';

type Demand = (known: unknown, path: readonly PropertyKey[], what: string, of?: 'key' | 'value') => asserts known;

/** Facts of these kinds point to what other rows made, or hold documents: no cell can say them. */
const unreadable: readonly Fact['kind'][] = ['subject', 'uuid', 'json'];

/** Holds a mapping against the declarations. @throws MappingError where it asks for what there is not */
export function checkMapping(mapping: Mapping, registry: Registry): void {
  const demand: Demand = (known, path, what, of) => {
    if (!known) throw new MappingError(`${mapping.at(path, of)}: ${what}`);
  };
  demand(IANAZone.isValidZone(mapping.zone), ['zone'], `${mapping.zone} is no time zone`);
  const fields = plainTargets[mapping.target];
  if (fields) checkFields(mapping, fields, demand);
  else {
    const known = [...registry.types.map((one) => one.name), ...Object.keys(plainTargets)];
    const type = registry.find(mapping.target);
    demand(
      type,
      ['target'],
      `nothing is called ${mapping.target}; there are ${known.join(', ')}${didYouMean(mapping.target, known)}`,
    );
    checkSteps(mapping, type, demand);
  }
}

function checkFields(mapping: Mapping, fields: Readonly<Record<string, readonly string[]>>, demand: Demand): void {
  demand(mapping.steps.length === 0, ['steps'], `a ${mapping.target} has fields and no steps`);
  const [key = ''] = Object.keys(fields);
  demand(key in mapping.fields, ['fields'], `a ${mapping.target} needs ${key}`);
  for (const [name, cell] of Object.entries(mapping.fields)) {
    const path = ['fields', name];
    const options = fields[name];
    demand(
      options,
      path,
      `a ${mapping.target} has no field ${name}; it has ${Object.keys(fields).join(', ')}${didYouMean(name, Object.keys(fields))}`,
      'key',
    );
    checkCell(mapping, cell, path, demand);
    if (options.length > 0) checkConstants(mapping, cell, options, path, demand);
  }
}

function checkSteps(mapping: Mapping, type: SubjectType, demand: Demand): void {
  demand(Object.keys(mapping.fields).length === 0, ['fields'], `a ${type.name} is told in steps and has no fields`);
  demand(mapping.steps.length > 0, ['target'], `a ${type.name} needs steps`);
  const parts = new Map<string, string>();
  mapping.steps.forEach((step, i) => {
    const path = ['steps', i];
    const declared = type.steps[step.verb];
    demand(
      declared,
      [...path, 'verb'],
      `${type.name} has no step ${step.verb}; it has ${Object.keys(type.steps).join(', ')}${didYouMean(step.verb, Object.keys(type.steps))}`,
    );
    demand(
      (i === 0) === (declared.opens === true),
      [...path, 'verb'],
      i === 0 ? `the first step must open the ${type.name}` : `only the first step opens the ${type.name}`,
    );
    if (declared.part) {
      demand(step.part, [...path, 'verb'], `${step.verb} is about one of the ${declared.part}: name it with part:`);
      demand(
        declared.adds || parts.get(step.part) === declared.part,
        [...path, 'part'],
        `no step before this one adds the ${type.parts[declared.part]?.one} ${step.part}`,
      );
      demand(!declared.adds || !parts.has(step.part), [...path, 'part'], `${step.part} is added twice`);
      parts.set(step.part, declared.part);
    } else
      demand(
        step.part === undefined,
        [...path, 'part'],
        `${step.verb} is about the ${type.name} itself and has no part`,
      );

    checkCell(mapping, step.at, [...path, 'at'], demand);
    const { facts } = tableOf(type, declared.part ?? null);
    const allowed = [...(declared.requires ?? []), ...(declared.asks ?? []), ...(declared.carries ?? [])];
    for (const [name, cell] of Object.entries(step.facts)) {
      const own = [...path, 'facts', name];
      const fact = facts[name];
      demand(
        fact && allowed.includes(name),
        own,
        `${step.verb} has no fact ${name}; it has ${allowed.join(', ') || 'none'}${didYouMean(name, allowed)}`,
        'key',
      );
      demand(
        !unreadable.includes(fact.kind),
        own,
        `${name} cannot be imported: no cell can say which ${fact.to ?? fact.kind} it is`,
      );
      checkCell(mapping, cell, own, demand);
      if (fact.options) checkConstants(mapping, cell, Object.keys(fact.options), own, demand);
    }
  });
}

function checkCell(mapping: Mapping, cell: Cell, path: readonly PropertyKey[], demand: Demand): void {
  if (typeof cell === 'string') return;
  demand((cell.column === undefined) !== (cell.value === undefined), path, 'a cell has either a column or a value');
  const lists = Object.keys(mapping.translations);
  demand(
    !cell.translate || lists.includes(cell.translate),
    [...path, 'translate'],
    `there is no translation ${cell.translate}${didYouMean(cell.translate ?? '', lists)}`,
  );
}

/** What a mapping itself says must be an option; what a file says is seen row by row. */
function checkConstants(
  mapping: Mapping,
  cell: Cell,
  options: readonly string[],
  path: readonly PropertyKey[],
  demand: Demand,
): void {
  if (typeof cell === 'string') return;
  const told = (value: unknown, place: readonly PropertyKey[]) =>
    demand(
      value === undefined || options.includes(String(value)),
      place,
      `${String(value)} is none of ${options.join(', ')}${didYouMean(String(value), options)}`,
    );
  told(cell.value, [...path, 'value']);
  told(cell.otherwise, [...path, 'otherwise']);
  if (!cell.translate) return;
  for (const [from, to] of Object.entries(mapping.translations[cell.translate] ?? {}))
    told(to, ['translations', cell.translate, from]);
}
