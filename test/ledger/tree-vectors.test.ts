import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../server/ledger/tree.ts';

interface Inclusion {
  name?: string;
  leafIndex: string | number;
  treeSize: string | number;
  leafHash: string | null;
  root: string | null;
  proof: string[] | null;
  valid?: boolean;
}
interface Consistency {
  name?: string;
  size1: string | number;
  size2: string | number;
  root1: string | null;
  root2: string | null;
  proof: string[] | null;
  valid?: boolean;
}
interface Vectors {
  singleHashes: Record<'emptyRoot' | 'emptyLeaf' | 'leaf_L123456' | 'node_N123_N456', string>;
  leafInputs: string[];
  nodeHashesByLevel: string[][];
  rootHashesBySize: string[];
  published: { inclusion: Inclusion[]; consistency: Consistency[] };
  derived: {
    exhaustiveInclusion_1_to_8: Inclusion[];
    exhaustiveConsistency_1_to_8: Consistency[];
    sm3_same_tree: { leafHashes: string[]; rootHashesBySize: string[] };
  };
}

const vectors: Vectors = JSON.parse(readFileSync(new URL('rfc6962-vectors.json', import.meta.url), 'utf8'));
const bytes = (hex: string | null) => Buffer.from(hex ?? '', 'hex');
const leaves = vectors.leafInputs.map((input) => leafHash(bytes(input)));
const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('hex'));

const includes = (given: Inclusion) =>
  verifyInclusion({
    index: BigInt(given.leafIndex),
    size: BigInt(given.treeSize),
    leaf: bytes(given.leafHash),
    root: bytes(given.root),
    proof: (given.proof ?? []).map(bytes),
  });
const consists = (given: Consistency) =>
  verifyConsistency({
    first: BigInt(given.size1),
    second: BigInt(given.size2),
    firstRoot: bytes(given.root1),
    secondRoot: bytes(given.root2),
    proof: (given.proof ?? []).map(bytes),
  });

describe('the published vectors of RFC 6962', () => {
  it('give the same leaves, nodes and roots', () => {
    const { emptyRoot, emptyLeaf, leaf_L123456, node_N123_N456 } = vectors.singleHashes;
    expect(treeRoot([]).toString('hex')).equals(emptyRoot);
    expect(leafHash(Buffer.alloc(0)).toString('hex')).equals(emptyLeaf);
    expect(leafHash(Buffer.from('L123456')).toString('hex')).equals(leaf_L123456);
    expect(nodeHash(Buffer.from('N123'), Buffer.from('N456')).toString('hex')).equals(node_N123_N456);
    expect(hex(leaves)).deep.equals(vectors.nodeHashesByLevel[0]);
    vectors.rootHashesBySize.forEach((root, size) => {
      expect(treeRoot(leaves.slice(0, size)).toString('hex')).equals(root);
    });
  });

  it('agree in all 98 inclusion and 98 consistency cases', () => {
    const { inclusion, consistency } = vectors.published;
    expect([inclusion.length, consistency.length]).deep.equals([98, 98]);
    for (const given of inclusion) expect(includes(given), given.name).equals(given.valid);
    for (const given of consistency) expect(consists(given), given.name).equals(given.valid);
    expect([...inclusion, ...consistency].filter(({ valid }) => valid).length).equals(12);
  });

  it('agree with every proof that we make for trees of one to eight entries', () => {
    const { exhaustiveInclusion_1_to_8, exhaustiveConsistency_1_to_8 } = vectors.derived;
    for (const given of exhaustiveInclusion_1_to_8) {
      const made = proveInclusion(Number(given.leafIndex), leaves.slice(0, Number(given.treeSize)));
      expect(hex(made)).deep.equals(given.proof);
      expect(includes(given)).equals(true);
    }
    for (const given of exhaustiveConsistency_1_to_8) {
      const made = proveConsistency(Number(given.size1), leaves.slice(0, Number(given.size2)));
      expect(hex(made)).deep.equals(given.proof);
      expect(consists(given)).equals(true);
    }
  });

  it('have the same shape with SM3', () => {
    const { sm3_same_tree: sm3 } = vectors.derived;
    const hashed = vectors.leafInputs.map((input) => leafHash(bytes(input), 'sm3'));
    expect(hex(hashed)).deep.equals(sm3.leafHashes);
    expect(sm3.rootHashesBySize).to.have.length(9);
    sm3.rootHashesBySize.forEach((root, size) => {
      expect(treeRoot(hashed.slice(0, size), 'sm3').toString('hex')).equals(root);
    });
  });
});
