/** What the parts of a paper draw with. Only paper.ts knows that PDFKit stands behind it. */
import type { Colour, Face } from './sheet.ts';

export interface Stroke {
  width?: number;
  /** Lengths of dash and gap. */
  dash?: readonly [number, number];
  colour?: string;
}

export interface Pen {
  /** Stretches of text that one font can set; a glyph that no font has becomes 〓 and is listed at the end. */
  split(text: string, face: Face): readonly { text: string; font: string; latin: boolean }[];
  width(text: string, font: string, size: number): number;
  /** Writes one stretch on its baseline; `spacing` is added after each character. */
  write(
    text: string,
    x: number,
    baseline: number,
    style: { font: string; size: number; colour?: string; spacing?: number },
  ): void;
  line(x1: number, y1: number, x2: number, y2: number, stroke?: Stroke): void;
  rect(
    x: number,
    y: number,
    width: number,
    height: number,
    look: Stroke & { fill?: string; line?: false; round?: number },
  ): void;
  dot(x: number, y: number, radius: number, look: { fill?: string; colour?: string }): void;
  newPage(): void;
}

export const ink: Record<Colour, string> = { black: '#000000', grey: '#666666', red: '#b42318' };

/** Where on the page text stands, and how far it has come. */
export class Flow {
  readonly pen: Pen;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  y: number;
  private readonly onPage: () => void;

  constructor(pen: Pen, frame: { left: number; right: number; top: number; bottom: number }, onPage: () => void) {
    this.pen = pen;
    this.left = frame.left;
    this.right = frame.right;
    this.top = frame.top;
    this.bottom = frame.bottom;
    this.y = frame.top;
    this.onPage = onPage;
  }

  get width(): number {
    return this.right - this.left;
  }

  get room(): number {
    return this.bottom - this.y;
  }

  /** Begins a page and sets the cursor to its top. */
  newPage(): void {
    this.pen.newPage();
    this.onPage();
    this.y = this.top;
  }

  /** Begins a new page unless `height` still fits on this one. */
  need(height: number): void {
    if (height > this.room + 0.01 && this.y > this.top) this.newPage();
  }
}
