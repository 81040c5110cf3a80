/** The drawn parts of a paper: timeline, interval bars, chain with its holes, proof with its QR code, signatures. */

import { type Flow, ink } from './pen.ts';
import { qrCode } from './qr.ts';
import { type Bars, type Chain, type Proof, type Signatures, type Timeline, typeSize } from './sheet.ts';
import { drawSetting, setting } from './typeset.ts';

const text = (
  flow: Flow,
  words: string,
  x: number,
  y: number,
  width: number,
  size: number,
  more: { align?: 'left' | 'centre' | 'right'; colour?: 'grey' | 'red' | 'black'; face?: 'hei' | 'song' } = {},
): number => drawSetting(flow.pen, setting(flow.pen, words, width, { size, leading: 1.3, ...more }), x, y);

export function drawTimeline(flow: Flow, timeline: Timeline): void {
  const size = typeSize.no5;
  const timeWidth = 70;
  const lineX = flow.left + timeWidth + 8;
  const textX = lineX + 12;
  if (timeline.marks.length === 0) {
    flow.need(size * 2);
    flow.y = text(flow, timeline.empty, flow.left, flow.y, flow.width, size, { colour: 'grey' });
  }
  timeline.marks.forEach((mark, index) => {
    const body = setting(flow.pen, mark.words, flow.right - textX, { size, leading: 1.4 });
    const note = mark.note
      ? setting(flow.pen, mark.note, flow.right - textX, { size: typeSize.small5, leading: 1.4, colour: 'grey' })
      : undefined;
    const height = body.height + (note?.height ?? 0) + 4;
    flow.need(height);
    const middle = flow.y + body.lineHeight / 2;
    if (index < timeline.marks.length - 1)
      flow.pen.line(lineX, middle, lineX, Math.min(flow.bottom, flow.y + height + body.lineHeight / 2), {
        width: 0.8,
        colour: '#999999',
      });
    const late = mark.look === 'late' || mark.look === 'missing';
    flow.pen.dot(
      lineX,
      middle,
      2.8,
      mark.look === 'missing' ? { fill: '#ffffff', colour: ink.red } : { fill: late ? ink.red : '#333333' },
    );
    text(flow, mark.time, flow.left, flow.y + (body.lineHeight - size * 1.3) / 2, timeWidth, size, {
      align: 'right',
      ...(late ? { colour: 'red' as const } : {}),
    });
    drawSetting(flow.pen, body, textX, flow.y);
    if (note) drawSetting(flow.pen, note, textX, flow.y + body.height);
    flow.y += height;
  });
}

const looks = {
  owed: { fill: '#ffffff', colour: '#444444' },
  held: { fill: '#5b6f86', colour: '#5b6f86' },
  exempt: { fill: '#dddddd', colour: '#999999' },
  missing: { fill: '#fbe9e7', colour: '#b42318', dash: [2, 1.5] },
} as const;

export function drawBars(flow: Flow, bars: Bars): void {
  const size = typeSize.small5;
  const labelWidth = 92;
  const x = flow.left + labelWidth;
  const span = flow.width - labelWidth - 4;
  const rowHeight = 21;
  flow.need(size * 1.6 + rowHeight * Math.min(bars.rows.length, 3));
  const axis = (): void => {
    for (const tick of bars.ticks) {
      const at = x + tick.at * span;
      text(flow, tick.text, at - 24, flow.y, 48, 8, { align: 'centre', colour: 'grey' });
      flow.pen.line(at, flow.y + 12, at, flow.y + 15, { width: 0.4, colour: '#999999' });
    }
    flow.y += 15;
  };
  axis();
  for (const barRow of bars.rows) {
    const note = barRow.note
      ? setting(flow.pen, barRow.note, span, { size: 8, leading: 1.3, colour: 'grey' })
      : undefined;
    const label = setting(flow.pen, barRow.label, labelWidth - 8, { size, leading: 1.25 });
    const height = Math.max(rowHeight + (note?.height ?? 0), label.height + 4);
    if (height > flow.room) {
      flow.newPage();
      axis();
    }
    for (const tick of bars.ticks)
      flow.pen.line(x + tick.at * span, flow.y, x + tick.at * span, flow.y + height, { width: 0.3, colour: '#dddddd' });
    drawSetting(flow.pen, label, flow.left, flow.y + Math.max(2, (rowHeight - label.height) / 2));
    for (const piece of barRow.spans) {
      const from = x + piece.from * span;
      const width = Math.max(0.8, (piece.to - piece.from) * span);
      flow.pen.rect(from, flow.y + 4, width, rowHeight - 8, { ...looks[piece.look], width: 0.6 });
      if (piece.text) {
        const said = setting(flow.pen, piece.text, 200, {
          size: 8,
          leading: 1.2,
          colour: piece.look === 'missing' ? 'red' : 'black',
        });
        const wide = said.lines[0]?.width ?? 0;
        if (wide + 4 <= width)
          drawSetting(flow.pen, said, from + (width - wide) / 2, flow.y + 4 + (rowHeight - 8 - said.lineHeight) / 2);
      }
    }
    if (note) drawSetting(flow.pen, note, x, flow.y + rowHeight - 2);
    flow.y += height;
  }
  legend(flow, bars);
}

function legend(flow: Flow, bars: Bars): void {
  const used = new Set(bars.rows.flatMap((each) => each.spans.map((piece) => piece.look)));
  const names = {
    owed: '应录（应开机）时段',
    held: '已有记录',
    missing: '缺录（离线）',
    exempt: '备勤、就餐及报备时段',
  } as const;
  let x = flow.left + 92;
  flow.need(16);
  for (const look of ['owed', 'held', 'missing', 'exempt'] as const) {
    if (!used.has(look)) continue;
    flow.pen.rect(x, flow.y + 4, 14, 7, { ...looks[look], width: 0.6 });
    text(flow, names[look], x + 18, flow.y + 2, 130, 8, { colour: 'grey' });
    x += 18 + names[look].length * 8 + 14;
  }
  flow.y += 16;
}

/** Boxes with arrows between them, four to a line; a hole is dashed and red. */
export function drawChain(flow: Flow, chain: Chain): void {
  const perLine = 4;
  const gap = 20;
  const width = (flow.width - gap * (perLine - 1)) / perLine;
  for (let start = 0; start < chain.nodes.length; start += perLine) {
    const nodes = chain.nodes.slice(start, start + perLine).map((node) => ({
      node,
      title: setting(flow.pen, node.title, width - 10, {
        size: typeSize.no5,
        face: 'hei',
        align: 'centre',
        leading: 1.35,
        colour: node.missing ? 'red' : 'black',
      }),
      lines: setting(flow.pen, node.lines.join('\n'), width - 10, {
        size: 8.5,
        align: 'centre',
        leading: 1.35,
        colour: node.missing ? 'red' : 'black',
      }),
    }));
    const height = Math.max(...nodes.map(({ title, lines }) => title.height + lines.height)) + 12;
    flow.need(height + 10);
    nodes.forEach(({ node, title, lines }, index) => {
      const x = flow.left + index * (width + gap);
      flow.pen.rect(
        x,
        flow.y,
        width,
        height,
        node.missing
          ? { dash: [3, 2], colour: ink.red, width: 1, round: 3 }
          : { colour: '#444444', width: 0.8, round: 3 },
      );
      const top = flow.y + (height - title.height - lines.height) / 2;
      drawSetting(flow.pen, lines, x + 5, drawSetting(flow.pen, title, x + 5, top));
      if (start + index + 1 < chain.nodes.length && index < perLine - 1) {
        const middle = flow.y + height / 2;
        flow.pen.line(x + width + 3, middle, x + width + gap - 4, middle, { width: 0.9, colour: '#444444' });
        flow.pen.line(x + width + gap - 8, middle - 3, x + width + gap - 4, middle, { width: 0.9, colour: '#444444' });
        flow.pen.line(x + width + gap - 8, middle + 3, x + width + gap - 4, middle, { width: 0.9, colour: '#444444' });
      }
    });
    flow.y += height + 10;
  }
}

export function drawProof(flow: Flow, proof: Proof): void {
  const side = 64;
  const quiet = 6;
  const size = typeSize.small5;
  const textX = flow.left + side + 2 * quiet + 6;
  const labelWidth = 48;
  const rows = proof.lines.map((each) => ({
    label: each.label,
    set: setting(flow.pen, each.value, flow.right - textX - labelWidth - 6, { size, leading: 1.35 }),
  }));
  const height = Math.max(
    side + 2 * quiet,
    rows.reduce((sum, each) => sum + each.set.height + 2, 8),
  );
  flow.need(height);
  flow.pen.rect(flow.left, flow.y, flow.width, height, { width: 0.6 });
  const code = qrCode(proof.code);
  const cell = side / code.size;
  for (const [column, line, length] of code.runs) {
    flow.pen.rect(flow.left + quiet + column * cell, flow.y + (height - side) / 2 + line * cell, length * cell, cell, {
      fill: '#000000',
      line: false,
    });
  }
  let y = flow.y + (height - rows.reduce((sum, each) => sum + each.set.height + 2, 0)) / 2;
  for (const each of rows) {
    text(flow, each.label, textX, y + 0.25, labelWidth, size, { face: 'hei' });
    y = drawSetting(flow.pen, each.set, textX + labelWidth, y) + 2;
  }
  flow.y += height;
}

export function drawSignatures(flow: Flow, block: Signatures): void {
  const size = typeSize.small4;
  for (const line of block.rows) {
    flow.need(size * 2.4);
    const width = flow.width / line.length;
    line.forEach((each, index) => {
      drawSetting(
        flow.pen,
        setting(flow.pen, [{ text: `${each.label}：` }, { blank: each.blank }], width, { size, leading: 2.2 }),
        flow.left + index * width,
        flow.y,
      );
    });
    flow.y += size * 2.4;
  }
}
