/** Tables and forms: rows of bordered cells that wrap, break across pages and repeat their header. */
import type { Flow } from './pen.ts';
import { type Cell, type Form, type Table, typeSize } from './sheet.ts';
import { drawLine, type Setting, setting } from './typeset.ts';

const pad = 4;
const rule = { width: 0.6 };

interface Box extends Cell {
  width: number;
  size: number;
}

type SetBox = Box & { set: Setting };

const put = (flow: Flow, box: Box): SetBox => ({
  ...box,
  set: setting(flow.pen, box.words, box.width - 2 * pad, {
    size: box.size,
    face: box.face ?? 'song',
    align: box.align ?? 'left',
    leading: 1.35,
    ...(box.colour ? { colour: box.colour } : {}),
  }),
});

/** Draws lines `from`..`from + count` of every cell as one bordered strip. */
function strip(flow: Flow, boxes: readonly SetBox[], from: number, count: number, height: number): void {
  let x = flow.left;
  for (const box of boxes) {
    flow.pen.rect(x, flow.y, box.width, height, { ...rule, ...(box.shade ? { fill: '#f1f1f1' } : {}) });
    const lines = box.set.lines.slice(from, from + count);
    const top = flow.y + (height - lines.length * box.set.lineHeight) / 2;
    for (const [index, line] of lines.entries())
      drawLine(flow.pen, line, x + pad, top + index * box.set.lineHeight, box.set, false);
    x += box.width;
  }
  flow.y += height;
}

/** One row; when it does not fit, it moves to the next page, or is cut between lines when it is taller than a third. */
function row(flow: Flow, cells: readonly Box[], least: number, header?: () => void): void {
  const boxes = cells.map((cell) => put(flow, cell));
  const lineHeight = Math.max(...boxes.map((box) => box.set.lineHeight));
  const lines = Math.max(...boxes.map((box) => box.set.lines.length));
  const height = Math.max(least, lines * lineHeight + 2 * pad);
  if (height > flow.room && height < (flow.bottom - flow.top) / 3) {
    flow.newPage();
    header?.();
  }
  if (height <= flow.room) {
    strip(flow, boxes, 0, lines, height);
    return;
  }
  let done = 0;
  while (done < lines) {
    const fits = Math.floor((flow.room - 2 * pad) / lineHeight);
    if (fits < 1) {
      flow.newPage();
      header?.();
      continue;
    }
    const count = Math.min(fits, lines - done);
    strip(flow, boxes, done, count, count * lineHeight + 2 * pad);
    done += count;
  }
}

const asCell = (cell: string | Cell): Cell => (typeof cell === 'string' ? { words: cell } : cell);

export function drawTable(flow: Flow, table: Table): void {
  const size = table.size ?? typeSize.no5;
  const weights = table.columns.reduce((sum, column) => sum + column.weight, 0);
  const widths = table.columns.map((column) => (flow.width * column.weight) / weights);
  const header = (): void =>
    row(
      flow,
      table.columns.map((column, index) => ({
        words: column.title,
        face: 'hei',
        align: 'centre',
        shade: true,
        size,
        width: widths[index] ?? 0,
      })),
      0,
    );
  flow.need(size * 1.35 * 4 + 4 * pad);
  header();
  if (table.rows.length === 0)
    row(flow, [{ words: table.empty, align: 'centre', colour: 'grey', size, width: flow.width }], 0);
  for (const cells of table.rows) {
    const boxes = cells.map(
      (cell, index) =>
        ({
          align: table.columns[index]?.align ?? 'left',
          ...asCell(cell),
          size,
          width: widths[index] ?? 0,
        }) satisfies Box,
    );
    row(flow, boxes, 0, header);
  }
}

export function drawForm(flow: Flow, form: Form): void {
  const size = form.size ?? typeSize.no5;
  const labelWidth = (form.label ?? 5) * size + 2 * pad + 1;
  for (const pairs of form.rows) {
    const value = (flow.width - pairs.length * labelWidth) / pairs.length;
    const boxes = pairs.flatMap((pair): Box[] => [
      { words: pair.label, face: 'hei', align: 'centre', shade: true, size, width: labelWidth },
      { words: pair.value, size, width: value },
    ]);
    row(flow, boxes, form.height ?? 0);
  }
}
