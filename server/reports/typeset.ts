/** Sets broken lines on the page: alignment, stretching, underlines. */
import { type Atom, breakLines, type Line } from './lines.ts';
import { ink, type Pen } from './pen.ts';
import type { Colour, Face, Words } from './sheet.ts';

export interface Style {
  face?: Face;
  size: number;
  /** Line height as a multiple of the size; 1.5 unless told. */
  leading?: number;
  align?: 'left' | 'centre' | 'right' | 'justify';
  /** First-line indent in points. */
  indent?: number;
  colour?: Colour;
}

/** Text broken for a width, before it has a place. */
export interface Setting {
  lines: readonly Line[];
  lineHeight: number;
  height: number;
  width: number;
  style: Style;
}

/** Breaks `words` for `width` points; nothing is drawn yet. */
export function setting(pen: Pen, words: Words, width: number, style: Style): Setting {
  const lines = breakLines(words, width, style.indent ?? 0, {
    size: style.size,
    face: style.face ?? 'song',
    split: (text, face) => pen.split(text, face),
    width: (text, font) => pen.width(text, font, style.size),
  });
  const lineHeight = style.size * (style.leading ?? 1.5);
  return { lines, lineHeight, height: lines.length * lineHeight, width, style };
}

/** More than this much of a type size between two characters looks worse than a ragged edge. */
const mostStretch = 0.2;

const joins = (a: Atom | undefined, b: Atom): a is Atom =>
  a !== undefined && !a.latin && !b.latin && a.font === b.font && a.underline === b.underline && a.colour === b.colour;

/** Draws one line whose box begins at `top`. */
export function drawLine(pen: Pen, line: Line, x: number, top: number, set: Setting, first: boolean): void {
  const { size, align = 'left', indent = 0 } = set.style;
  const start = first ? indent : 0;
  const room = set.width - start;
  const slack = room - line.width;
  const stretch = align === 'justify' && !line.last && line.atoms.length > 1 ? slack / (line.atoms.length - 1) : 0;
  const spacing = stretch > 0 && stretch <= size * mostStretch ? stretch : 0;
  let at = x + start + (align === 'centre' ? slack / 2 : align === 'right' ? slack : 0);
  const baseline = top + (set.lineHeight - size) / 2 + size * 0.88;
  const colour = set.style.colour ?? 'black';

  let index = 0;
  while (index < line.atoms.length) {
    const head = line.atoms[index] as Atom;
    let text = head.text;
    let width = head.width + spacing;
    index += 1;
    while (index < line.atoms.length && joins(head, line.atoms[index] as Atom)) {
      const next = line.atoms[index] as Atom;
      text += next.text;
      width += next.width + spacing;
      index += 1;
    }
    if (text)
      pen.write(text, at, baseline, {
        font: head.font,
        size,
        colour: ink[head.colour ?? colour],
        spacing: head.latin ? 0 : spacing,
      });
    if (head.underline) pen.line(at, baseline + size * 0.2, at + width, baseline + size * 0.2, { width: 0.6 });
    at += width;
  }
}

/** Draws all lines of a setting from `top` down and returns where they end. */
export function drawSetting(pen: Pen, set: Setting, x: number, top: number): number {
  for (const [index, line] of set.lines.entries())
    drawLine(pen, line, x, top + index * set.lineHeight, set, index === 0);
  return top + set.height;
}
