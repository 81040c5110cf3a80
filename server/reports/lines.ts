/**
 * Breaks Chinese text with Latin words into lines: no line begins with a closing mark (，。）》), none ends with an
 * opening one (（《“), numbers and words stay whole, a number stays with its unit (21时), and a closing mark at the end
 * of a line counts half, because its ink stands in the left half of its square. Pure: widths come from the caller.
 */
import type { Colour, Face, Span, Words } from './sheet.ts';

/** The smallest thing that is set as a whole: one Chinese character, one Latin word, one space, one blank to fill. */
export interface Atom {
  text: string;
  /** Font chosen for this text, by the caller's name for it. */
  font: string;
  width: number;
  latin: boolean;
  underline: boolean;
  colour: Colour | undefined;
}

export interface Line {
  atoms: readonly Atom[];
  /** Width of the atoms without the overhang of a closing mark at the end. */
  width: number;
  /** The last line of its paragraph is never stretched. */
  last: boolean;
}

export interface Measure {
  size: number;
  face: Face;
  /** Stretches of text that one font can set, with missing glyphs already replaced. */
  split(text: string, face: Face): readonly { text: string; font: string; latin: boolean }[];
  width(text: string, font: string): number;
}

const neverFirst = new Set('，。、；：？！）》〉」』】〕”’…—～·・‧％%‰‱)]}〗°℃℉′″-/.,;:〔');
/** These stay with the number before them. */
const units = new Set('年月日时分秒元号条款项件名起份页');
const neverLast = new Set('（《〈「『【〔“‘([{〖￥¥$＄￡£€第№');
const hangs = new Set('，。、；：）》〉」』】〕”’');

export function spansOf(words: Words): readonly Span[] {
  return typeof words === 'string' ? [{ text: words }] : words;
}

/** A long code may break after its hyphens: WT-990102-|202611-00042. */
const codeParts = (word: string): string[] => (word.length > 14 ? word.split(/(?<=-)/) : [word]);

function atomsOf(words: Words, measure: Measure): Atom[][] {
  const paragraphs: Atom[][] = [[]];
  const push = (atom: Atom): void => void paragraphs[paragraphs.length - 1]?.push(atom);
  for (const span of spansOf(words)) {
    if ('blank' in span) {
      push({ text: '', font: '', width: span.blank * measure.size, latin: true, underline: true, colour: undefined });
      continue;
    }
    const look = { underline: span.underline === true, colour: span.colour };
    for (const [index, text] of plainIdeographs(span.text).split('\n').entries()) {
      if (index > 0) paragraphs.push([]);
      for (const run of measure.split(text, span.face ?? measure.face)) {
        const pieces = run.latin ? (run.text.match(/ +|[^ ]+/g) ?? []).flatMap(codeParts) : Array.from(run.text);
        for (const piece of pieces)
          push({ text: piece, font: run.font, width: measure.width(piece, run.font), latin: run.latin, ...look });
      }
    }
  }
  return paragraphs;
}

/**
 * Radicals and compatibility ideographs as the characters that they look like (⼈ as 人): a font sets both by one glyph, and
 * an archive that searches the text of the paper would find neither. Other compatibility signs (①, ㎡) are left alone.
 */
export const plainIdeographs = (text: string): string =>
  text.replace(/[\u2E80-\u2FDF\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu, (sign) => sign.normalize('NFKC'));

const numerals = new Set('一二三四五六七八九十百零');
const counted = new Set('条款项章');

function mayBreak(before: Atom, after: Atom): boolean {
  const last = before.text.at(-1) ?? '';
  const first = Array.from(after.text)[0] ?? '';
  if (first === ' ') return false;
  if (before.text.trim() === '' && before.text !== '') return true;
  // a number of a paper stays in one piece: 〔2026〕12号
  if (neverLast.has(last) || last === '〕') return false;
  // 第一百一十八条
  if (numerals.has(last) && (numerals.has(first) || counted.has(first))) return false;
  if (units.has(first)) return !before.latin;
  return !neverFirst.has(first);
}

const overhang = (atom: Atom | undefined, size: number): number =>
  atom && !atom.latin && hangs.has(atom.text) && atom.width > size * 0.8 ? size / 2 : 0;

/** Cuts a word that is wider than a line (a hash) into pieces that fit. */
function chop(atom: Atom, room: number, measure: Measure): Atom[] {
  const pieces: Atom[] = [];
  let text = '';
  for (const letter of atom.text) {
    if (text && measure.width(text + letter, atom.font) > room) {
      pieces.push({ ...atom, text, width: measure.width(text, atom.font) });
      text = '';
    }
    text += letter;
  }
  return [...pieces, { ...atom, text, width: measure.width(text, atom.font) }];
}

const isSpace = (atom: Atom | undefined): boolean => atom !== undefined && atom.text !== '' && atom.text.trim() === '';

function close(atoms: Atom[], size: number, last: boolean): Line {
  const kept = [...atoms];
  while (isSpace(kept.at(-1))) kept.pop();
  const width = kept.reduce((sum, atom) => sum + atom.width, 0) - overhang(kept.at(-1), size);
  return { atoms: kept, width, last };
}

/** Lines of at most `room` points; the first is shorter by `indent` points. */
export function breakLines(words: Words, room: number, indent: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  for (const paragraph of atomsOf(words, measure)) {
    const queue = paragraph.flatMap((atom) =>
      atom.width > room && atom.text.length > 1 ? chop(atom, room, measure) : [atom],
    );
    let line: Atom[] = [];
    let width = 0;
    let space = room - indent;
    for (const atom of queue) {
      if (line.length > 0 && width + atom.width - overhang(atom, measure.size) > space && !isSpace(atom)) {
        let cut = line.length;
        while (cut > 0 && !mayBreak(line[cut - 1] as Atom, line[cut] ?? atom)) cut -= 1;
        if (cut === 0) cut = line.length;
        const rest = line.slice(cut);
        lines.push(close(line.slice(0, cut), measure.size, false));
        line = rest;
        width = rest.reduce((sum, each) => sum + each.width, 0);
        space = room;
      }
      if (line.length === 0 && lines.length > 0 && isSpace(atom)) continue;
      line.push(atom);
      width += atom.width;
    }
    lines.push(close(line, measure.size, true));
  }
  return lines;
}
