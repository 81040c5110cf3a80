/**
 * What a paper consists of, as plain JSON: a paper is stored as it was asked for and drawn once (paper.ts), so that
 * a viewing copy years later shows the same words. Lengths are points (1/72 inch) unless they say em.
 */

/** Type faces by their name in the trade; fonts.ts says which file stands for each. */
export type Face = 'song' | 'title' | 'hei';

/** Chinese type sizes in points: 2号 for titles, 3号 for the body, 5号 for tables. */
export const typeSize = { no2: 22, no3: 16, no4: 14, small4: 12, no5: 10.5, small5: 9 } as const;

/** A stretch of text; `blank` instead is a line of so many em to be filled in by hand. */
export type Span = { text: string; face?: Face; underline?: true; colour?: Colour } | { blank: number };

/** Red is for matters, never for people (domain.md §7). */
export type Colour = 'black' | 'grey' | 'red';
export type Words = string | readonly Span[];

export interface Paragraph {
  kind: 'text';
  words: Words;
  face?: Face;
  size?: number;
  align?: 'left' | 'centre' | 'right' | 'justify';
  /** Indent of the first line, em; 2 for running text. */
  indent?: number;
  /** Indent of all lines, em, from the left and from the right. */
  inset?: number;
  insetRight?: number;
  before?: number;
  after?: number;
  /** Line height as a multiple of the size. */
  leading?: number;
  colour?: Colour;
  /** Space (pt) that must follow on the same page: headings stay with what they head. */
  keep?: number;
  /** Space (pt) that must follow the last two lines on their page: nobody signs a page without text. */
  keepLast?: number;
}

export interface Cell {
  words: Words;
  align?: 'left' | 'centre' | 'right';
  face?: Face;
  colour?: Colour;
  shade?: true;
}

/** Columns share the width by weight; the header stands again on every page the table reaches. */
export interface Table {
  kind: 'table';
  columns: readonly { title: string; weight: number; align?: 'left' | 'centre' | 'right' }[];
  rows: readonly (readonly (string | Cell)[])[];
  /** Said instead of rows when there are none. */
  empty: string;
  size?: number;
}

/** A form: per row one or more label/value pairs; a label is `label` em wide (5 unless told). */
export interface Form {
  kind: 'form';
  rows: readonly (readonly { label: string; value: Words }[])[];
  label?: number;
  size?: number;
  /** Lowest height of a row, pt. */
  height?: number;
}

export interface Timeline {
  kind: 'timeline';
  marks: readonly { time: string; words: Words; note?: string; look?: 'plain' | 'late' | 'missing' }[];
  empty: string;
}

/**
 * Intervals over a common axis: owed time, what was recorded, what is missing. Positions are shares 0..1 of the axis
 * (intervals.ts makes them from instants).
 */
export interface Bars {
  kind: 'bars';
  ticks: readonly { at: number; text: string }[];
  rows: readonly {
    label: string;
    note?: string;
    spans: readonly { from: number; to: number; look: 'owed' | 'held' | 'missing' | 'exempt'; text?: string }[];
  }[];
}

/** Links of the chain in order; a missing one is a hole: dashed, with who owes it. */
export interface Chain {
  kind: 'chain';
  nodes: readonly { title: string; lines: readonly string[]; missing?: true }[];
}

/** Numbers by which a reader checks the paper against the ledger, with the same content as a QR code. */
export interface Proof {
  kind: 'proof';
  /** Content of the QR code. */
  code: string;
  lines: readonly { label: string; value: string }[];
}

/** Left or right half lines of signatures: 承办人 ____ 审核人 ____. */
export interface Signatures {
  kind: 'signatures';
  rows: readonly (readonly { label: string; blank: number }[])[];
}

export interface Gap {
  kind: 'gap';
  height: number;
}

/** Pushes what follows down, so that it ends at the foot of the page. */
export interface ToFoot {
  kind: 'to-foot';
  height: number;
}

export type Block = Paragraph | Table | Form | Timeline | Bars | Chain | Proof | Signatures | Gap | ToFoot;

/** A part begins on a page of its own and counts its own pages (存根, 正本, 回执). */
export interface Part {
  blocks: readonly Block[];
  /** Shown at the head of its pages: （存根）. */
  name?: string;
  /** Words on the dashed line (骑缝) along the upper or lower edge, where parts are torn apart. */
  seamAbove?: string;
  seamBelow?: string;
}

export interface Paper {
  /** Title in the document's properties. */
  title: string;
  /** Number of the paper as printed, 望公法监通字〔2026〕12号. */
  number: string;
  agency: string;
  /** ISO instant the paper speaks of: its creation date, whenever it is drawn. */
  asOf: string;
  parts: readonly Part[];
  /** `dash`: — 1 — as official documents have it; `of`: 第 1 页 共 3 页 as forms have it. */
  pages: 'dash' | 'of';
  /** Marked 演示数据 on every page. */
  demo: boolean;
  /** Viewing copies carry who looks and when over every page, and say that they are copies. */
  viewer?: { name: string; number: string; minute: string };
}
