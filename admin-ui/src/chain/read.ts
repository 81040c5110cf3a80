import type { Vocabulary } from '../vocabulary/types.ts';
import type { ChainColumn, ChainNode } from './types.ts';

const order = ['alarm', 'case', 'item', 'shift', 'recording'];

/** The answer holds nodes with their type, holes among them or beside them; the map wants one column for each type. */
export function readChain(answer: unknown, vocabulary: Vocabulary): ChainColumn[] {
  const { nodes = [], holes = [] } = (answer ?? {}) as { nodes?: ChainNode[]; holes?: ChainNode[] };
  const all = [...nodes, ...holes.map((hole) => ({ ...hole, hole: true }))];
  return order.flatMap((type) => {
    const label = vocabulary.subjects.find((subject) => subject.name === type)?.label;
    const own = all.filter((node) => node.type === type);
    return label && (own.length > 0 || type !== 'shift') ? [{ type, label, nodes: own }] : [];
  });
}
