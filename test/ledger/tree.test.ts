import { expect } from 'chai';
import fc from 'fast-check';
import {
  append,
  type ConsistencyClaim,
  type Frontier,
  type InclusionClaim,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../server/ledger/tree.ts';

const leavesOf = (size: number, salt = '') =>
  Array.from({ length: size }, (_, i) => leafHash(Buffer.from(`${salt}${i}`)));

/** Two sizes, the first at least 1 and no larger than the second. */
const sizes = fc
  .tuple(fc.integer({ min: 1, max: 130 }), fc.integer({ min: 1, max: 130 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

/** The definition of RFC 6962 2.1, word by word. */
function definedRoot(leaves: Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? treeRoot([]);
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)));
}

function inclusion(index: number, size: number): InclusionClaim {
  const leaves = leavesOf(size);
  const proof = proveInclusion(index, leaves);
  return { index: BigInt(index), size: BigInt(size), leaf: leaves[index]!, root: treeRoot(leaves), proof };
}

function consistency(first: number, second: number): ConsistencyClaim {
  const leaves = leavesOf(second);
  return {
    first: BigInt(first),
    second: BigInt(second),
    firstRoot: treeRoot(leaves.slice(0, first)),
    secondRoot: treeRoot(leaves),
    proof: proveConsistency(first, leaves),
  };
}

/** Ways to spoil a proof; each returns undefined where it would change nothing. */
function spoiled(proof: readonly Uint8Array[], how: number, where: number): Uint8Array[] | undefined {
  const other = [...proof];
  const at = proof.length === 0 ? 0 : where % proof.length;
  if (how === 0) return [...other, leafHash(Buffer.from('more'))];
  if (proof.length === 0) return undefined;
  if (how === 1) other.splice(at, 1);
  if (how === 2) other[at] = flipped(other[at]!, where);
  if (how === 3) other[at] = Buffer.concat([other[at]!, Buffer.from([0])]);
  if (how === 4) other[at] = other[at]!.subarray(1);
  if (how === 5) other.splice(at, 0, other[at]!);
  return other;
}

function flipped(hash: Uint8Array, bit: number): Buffer {
  const other = Buffer.from(hash);
  other[bit % 32]! ^= 1 << (bit % 8);
  return other;
}

describe('the tree', () => {
  it('grown leaf by leaf has the root of the definition, from its right edge alone', () => {
    const frontier: Frontier = { size: 0, peaks: [] };
    const leaves = leavesOf(300);
    leaves.forEach((leaf, i) => {
      append(frontier, leaf);
      expect(rootOf(frontier).equals(definedRoot(leaves.slice(0, i + 1))), `size ${i + 1}`).equals(true);
      expect(frontier.peaks.length).equals((i + 1).toString(2).replaceAll('0', '').length);
    });
  });

  it('proves every entry, and no spoiled proof of it is believed', () => {
    fc.assert(
      fc.property(sizes, fc.nat(5), fc.nat(255), ([index, size], how, where) => {
        const claim = inclusion(index - 1, size);
        expect(verifyInclusion(claim)).equals(true);
        const proof = spoiled(claim.proof, how, where);
        if (proof) expect(verifyInclusion({ ...claim, proof })).equals(false);
        expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf, where) })).equals(false);
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, where) })).equals(false);
        expect(verifyInclusion({ ...claim, index: claim.index + 1n })).equals(false);
        expect(verifyInclusion({ ...claim, index: claim.index - 1n })).equals(false);
        expect(verifyInclusion({ ...claim, index: claim.size })).equals(false);
      }),
      { numRuns: 400 },
    );
  });

  it('proves that it was only added to, and no spoiled proof of that is believed', () => {
    fc.assert(
      fc.property(sizes, fc.nat(5), fc.nat(255), ([first, second], how, where) => {
        const claim = consistency(first, second);
        expect(verifyConsistency(claim)).equals(true);
        const proof = spoiled(claim.proof, how, where);
        if (proof) expect(verifyConsistency({ ...claim, proof })).equals(false);
        expect(verifyConsistency({ ...claim, firstRoot: flipped(claim.firstRoot, where) })).equals(false);
        expect(verifyConsistency({ ...claim, secondRoot: flipped(claim.secondRoot, where) })).equals(false);
        expect(verifyConsistency({ ...claim, first: 0n })).equals(false);
        expect(verifyConsistency({ ...claim, first: claim.second, second: claim.first })).equals(first === second);
      }),
      { numRuns: 400 },
    );
  });

  it('whose past was rewritten is consistent with none of its past', () => {
    fc.assert(
      fc.property(sizes, ([first, second]) => {
        const rewritten = [...leavesOf(first, 'other'), ...leavesOf(second).slice(first)];
        const claim = { ...consistency(first, second), secondRoot: treeRoot(rewritten) };
        expect(verifyConsistency({ ...claim, proof: proveConsistency(first, rewritten) })).equals(false);
      }),
      { numRuns: 100 },
    );
  });

  it('is not taken for a smaller one by a proof that is too long for it', () => {
    const leaf = inclusion(1, 2);
    expect(verifyInclusion({ ...leaf, index: 0n, size: 1n })).equals(false);
    const grown = consistency(7, 8);
    expect(verifyConsistency({ ...grown, first: 3n, second: 4n })).equals(false);
    expect(verifyConsistency({ ...grown, first: 1n, second: 2n })).equals(false);
  });

  it('of sizes beyond 2^53 is walked without rounding', () => {
    const [leaf] = leavesOf(1);
    const proof = leavesOf(60, 'sibling');
    const root = proof.reduce((node, sibling) => nodeHash(node, sibling), leaf!);
    const claim = { index: 0n, size: 2n ** 60n, leaf: leaf!, root, proof };
    expect(verifyInclusion(claim)).equals(true);
    expect(verifyInclusion({ ...claim, size: 2n ** 60n + 1n })).equals(false);
    expect(verifyInclusion({ ...claim, index: 2n ** 59n })).equals(false);
  });

  it('gives no proof for what it does not hold', () => {
    for (const index of [-1, 4, 0.5]) expect(() => proveInclusion(index, leavesOf(4))).throws(RangeError);
    for (const size of [0, -1, 5, 1.5]) expect(() => proveConsistency(size, leavesOf(4))).throws(RangeError);
  });
});
