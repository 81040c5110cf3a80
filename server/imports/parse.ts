import { isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import type { Registry } from '../subjects/registry.ts';
import { checkMapping } from './check.ts';
import { type Mapping, MappingError, mappingSchema } from './mapping.ts';

/** Reads a mapping and holds it against the declared subjects. @throws MappingError `file:line:column: what` */
export function parseMapping(file: string, text: string, registry: Registry): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw new MappingError(`${place(problem.pos[0])}: ${problem.message.split('\n')[0]}`);

  const node = (path: readonly PropertyKey[], of: 'key' | 'value'): unknown => {
    if (of === 'value') return path.length === 0 ? document.contents : document.getIn(path, true);
    const map = node(path.slice(0, -1), 'value');
    const pair = isMap(map)
      ? map.items.find((one) => isPair(one) && String(one.key) === String(path.at(-1)))
      : undefined;
    return pair?.key;
  };
  const at: Mapping['at'] = (path, of = 'value') => {
    // what is missing is told at what lies around it
    for (let kept = path.length; kept >= 0; kept -= 1) {
      const found = node(path.slice(0, kept), kept === path.length && kept > 0 ? of : 'value');
      if (isNode(found) && found.range) return place(found.range[0]);
    }
    return place(0);
  };

  const parsed = mappingSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue?.code === 'unrecognized_keys') {
      throw new MappingError(
        `${at([...issue.path, issue.keys[0] ?? ''], 'key')}: a mapping has no ${issue.keys[0]} here`,
      );
    }
    throw new MappingError(`${at(issue?.path ?? [])}: ${[...(issue?.path ?? [])].join('.')}: ${issue?.message}`);
  }
  const mapping: Mapping = { ...parsed.data, at };
  checkMapping(mapping, registry);
  return mapping;
}
