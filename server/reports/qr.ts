/** QR codes as dark runs of modules: drawn as areas, they stay sharp at every print size. */
import bwip from 'bwip-js';

export interface QrCode {
  /** Modules per side. */
  size: number;
  /** Horizontal runs of dark modules: column, line, length. */
  runs: readonly (readonly [column: number, line: number, length: number])[];
}

/** Error correction M: a stamp may cover a seventh of it. */
export function qrCode(text: string): QrCode {
  const [symbol] = bwip.raw('qrcode', text, 'eclevel=M');
  if (!symbol || !('pixs' in symbol)) throw new Error('bwip-js drew no QR code');
  const { pixs, pixx } = symbol;
  const runs: [number, number, number][] = [];
  for (let at = 0; at < pixs.length; at += 1) {
    if (pixs[at] !== 1) continue;
    const start = at;
    while (at + 1 < pixs.length && pixs[at + 1] === 1 && (at + 1) % pixx !== 0) at += 1;
    runs.push([start % pixx, Math.floor(start / pixx), at - start + 1]);
  }
  return { size: pixx, runs };
}
