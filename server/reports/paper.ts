/**
 * The one door to PDFKit: draws a paper (sheet.ts) on A4 with embedded Chinese fonts. The same paper and fonts give
 * the same bytes: nothing in the file depends on when or where it was drawn.
 */
import PDFDocument from 'pdfkit';
import { drawBars, drawChain, drawProof, drawSignatures, drawTimeline } from './drawings.ts';
import { type FontName, fontBytes } from './fonts.ts';
import { Flow, ink, type Pen, type Stroke } from './pen.ts';
import type { Block, Face, Paper, Paragraph, Part } from './sheet.ts';
import { typeSize } from './sheet.ts';
import { drawForm, drawTable } from './tables.ts';
import { drawSetting, setting } from './typeset.ts';

const mm = (n: number): number => (n * 72) / 25.4;
const page = { width: 595.28, height: 841.89 };
/** GB/T 9704-2012: 天头 37 mm, 订口 28 mm, 版心 156 mm wide; forms begin higher. */
const frames = {
  dash: { left: mm(28), right: page.width - mm(26), top: mm(34), bottom: page.height - mm(32) },
  of: { left: mm(28), right: page.width - mm(26), top: mm(25), bottom: page.height - mm(24) },
} as const;

/** Set in place of a character that no font has, as type-setters do. */
const geta = '〓';
const asciiFont: Record<Face, FontName> = { song: 'latin', title: 'latin-bold', hei: 'hei' };
// Controls, joiners, direction marks and variation selectors have no place on paper.
const unprintable = /(?!\n)\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Variation_Selector}/gu;

interface Fonts {
  use(name: FontName): PDFKit.PDFDocument;
  has(name: FontName, codePoint: number): boolean;
  missing: Set<number>;
}

function openFonts(doc: PDFKit.PDFDocument, folder: string | undefined): Fonts {
  const registered = new Set<FontName>();
  const known = new Map<string, boolean>();
  const use = (name: FontName): PDFKit.PDFDocument => {
    if (!registered.has(name)) {
      registered.add(name);
      doc.registerFont(name, fontBytes(name, folder));
    }
    return doc.font(name);
  };
  const has = (name: FontName, codePoint: number): boolean => {
    const key = `${name} ${codePoint}`;
    let answer = known.get(key);
    if (answer === undefined) {
      const { _font } = use(name) as unknown as {
        _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } };
      };
      answer = _font.font.hasGlyphForCodePoint(codePoint);
      known.set(key, answer);
    }
    return answer;
  };
  return { use, has, missing: new Set() };
}

function openPen(doc: PDFKit.PDFDocument, fonts: Fonts): Pen {
  const widths = new Map<string, number>();
  const fontFor = (char: string, face: Face): { font: FontName; text: string; latin: boolean } => {
    const codePoint = char.codePointAt(0) ?? 0;
    const ascii = codePoint < 0x7f;
    const font = (ascii ? [asciiFont[face]] : ([face, 'song', 'fallback'] as const)).find((name) =>
      fonts.has(name, codePoint),
    );
    if (font) return { font, text: char, latin: ascii };
    fonts.missing.add(codePoint);
    return { font: 'song', text: geta, latin: false };
  };
  const stroke = (look: Stroke): PDFKit.PDFDocument => {
    doc.lineWidth(look.width ?? 0.6).strokeColor(look.colour ?? ink.black);
    return look.dash ? doc.dash(look.dash[0], { space: look.dash[1] }) : doc.undash();
  };
  return {
    split: (text, face) => {
      const runs: { text: string; font: FontName; latin: boolean }[] = [];
      for (const char of text.normalize('NFC').replace(/\t/g, ' ').replace(unprintable, '')) {
        const next = fontFor(char, face);
        const last = runs.at(-1);
        if (last && last.font === next.font && last.latin === next.latin) last.text += next.text;
        else runs.push(next);
      }
      return runs;
    },
    width: (text, font, size) => {
      const key = `${font} ${text}`;
      let width = widths.get(key);
      if (width === undefined) {
        width = fonts
          .use(font as FontName)
          .fontSize(1000)
          .widthOfString(text);
        widths.set(key, width);
      }
      return (width * size) / 1000;
    },
    write: (text, x, baseline, style) => {
      fonts
        .use(style.font as FontName)
        .fontSize(style.size)
        .fillColor(style.colour ?? ink.black);
      doc.text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic', characterSpacing: style.spacing ?? 0 });
    },
    line: (x1, y1, x2, y2, look = {}) => void stroke(look).moveTo(x1, y1).lineTo(x2, y2).stroke(),
    rect: (x, y, width, height, look) => {
      const shape = (): PDFKit.PDFDocument =>
        look.round ? doc.roundedRect(x, y, width, height, look.round) : doc.rect(x, y, width, height);
      if (look.fill) shape().fill(look.fill);
      if (look.line !== false) {
        stroke(look);
        shape().stroke();
      }
    },
    dot: (x, y, radius, look) => {
      if (look.fill) doc.circle(x, y, radius).fill(look.fill);
      if (look.colour) {
        stroke({ colour: look.colour, width: 1 });
        doc.circle(x, y, radius).stroke();
      }
    },
    newPage: () => void doc.addPage(),
  };
}

function drawText(flow: Flow, block: Paragraph): void {
  const size = block.size ?? typeSize.no3;
  const left = (block.inset ?? 0) * size;
  const width = flow.width - left - (block.insetRight ?? 0) * size;
  const set = setting(flow.pen, block.words, width, {
    size,
    face: block.face ?? 'song',
    align: block.align ?? 'justify',
    leading: block.leading ?? 1.75,
    indent: (block.indent ?? 0) * size,
    ...(block.colour ? { colour: block.colour } : {}),
  });
  flow.y += flow.y > flow.top ? (block.before ?? 0) : 0;
  flow.need(set.lineHeight + (block.keep ?? 0));
  // A paragraph breaks between its lines; its first two lines stay together.
  if (set.lines.length > 1) flow.need(Math.min(set.lines.length, 2) * set.lineHeight);
  let from = 0;
  while (from < set.lines.length) {
    const remaining = set.lines.length - from;
    const fits = Math.max(1, Math.floor((flow.room + 0.01) / set.lineHeight));
    const crowded =
      block.keepLast !== undefined &&
      fits >= remaining &&
      flow.y > flow.top &&
      flow.room < remaining * set.lineHeight + block.keepLast;
    if (crowded && remaining <= 2) {
      flow.newPage();
      continue;
    }
    const count = crowded ? remaining - 2 : Math.min(fits, remaining);
    const lines = set.lines.slice(from, from + count);
    const indent = from === 0 ? (set.style.indent ?? 0) : 0;
    drawSetting(flow.pen, { ...set, lines, style: { ...set.style, indent } }, flow.left + left, flow.y);
    flow.y += count * set.lineHeight;
    from += count;
    if (from < set.lines.length) flow.newPage();
  }
  flow.y += block.after ?? 0;
}

function draw(flow: Flow, block: Block): void {
  switch (block.kind) {
    case 'text':
      drawText(flow, block);
      break;
    case 'table':
      drawTable(flow, block);
      break;
    case 'form':
      drawForm(flow, block);
      break;
    case 'timeline':
      drawTimeline(flow, block);
      break;
    case 'bars':
      drawBars(flow, block);
      break;
    case 'chain':
      drawChain(flow, block);
      break;
    case 'proof':
      drawProof(flow, block);
      break;
    case 'signatures':
      drawSignatures(flow, block);
      break;
    case 'gap':
      flow.y += block.height;
      break;
    case 'to-foot':
      flow.need(block.height);
      flow.y = Math.max(flow.y, flow.bottom - block.height);
      break;
  }
}

/** Words outside the text area: at `y`, between the margins. */
function margin(
  pen: Pen,
  words: string,
  y: number,
  size: number,
  align: 'left' | 'centre' | 'right',
  face: Face,
  colour: 'black' | 'grey',
): void {
  const x = frames.of.left;
  drawSetting(pen, setting(pen, words, frames.of.right - x, { size, face, align, colour, leading: 1.2 }), x, y);
}

function seam(pen: Pen, words: string, y: number): void {
  const set = setting(pen, words, page.width, { size: typeSize.small5, align: 'centre', leading: 1.2 });
  const half = (set.lines[0]?.width ?? 0) / 2 + 8;
  const dash = { width: 0.8, dash: [4, 3] as const, colour: '#333333' };
  pen.line(mm(8), y, page.width / 2 - half, y, dash);
  pen.line(page.width / 2 + half, y, page.width - mm(8), y, dash);
  drawSetting(pen, set, 0, y - set.lineHeight / 2);
}

function drawPart(pen: Pen, part: Part, paper: Paper, fonts: Fonts, count: () => void): void {
  const flow = new Flow(pen, frames[paper.pages], count);
  flow.newPage();
  fonts.missing.clear();
  for (const block of part.blocks) draw(flow, block);
  const missing = [...fonts.missing].map((codePoint) => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`);
  if (missing.length > 0) {
    drawText(flow, {
      kind: 'text',
      words: `注：“${geta}”为所装字库未收录的字，依次为 ${missing.join('、')}。`,
      size: typeSize.small5,
      colour: 'grey',
      before: 6,
    });
  }
}

/** Marks every page: internal, demonstration, page number, seams, viewer. Drawn last, when the pages are counted. */
function mark(doc: PDFKit.PDFDocument, pen: Pen, paper: Paper, parts: readonly { part: Part; pages: number }[]): void {
  let index = 0;
  for (const { part, pages } of parts) {
    for (let number = 1; number <= pages; number += 1, index += 1) {
      doc.switchToPage(index);
      margin(pen, '内部资料　注意保管', 45, typeSize.no5, 'left', 'hei', 'black');
      if (paper.demo) margin(pen, '演示数据，人物单位均为虚构', 45, typeSize.small5, 'right', 'hei', 'grey');
      if (part.seamAbove && number === 1) seam(pen, part.seamAbove, 30);
      if (part.seamBelow && number === pages) seam(pen, part.seamBelow, page.height - 30);
      const foot = frames[paper.pages].bottom + mm(7) - 6;
      if (paper.pages === 'of')
        margin(pen, `第 ${number} 页　共 ${pages} 页`, foot, typeSize.small5, 'centre', 'song', 'black');
      else
        margin(
          pen,
          number % 2 === 1 ? `— ${number} —　` : `　— ${number} —`,
          foot,
          typeSize.no4,
          number % 2 === 1 ? 'right' : 'left',
          'song',
          'black',
        );
      if (paper.viewer) watermark(doc, pen, paper.viewer);
    }
  }
}

function watermark(doc: PDFKit.PDFDocument, pen: Pen, viewer: NonNullable<Paper['viewer']>): void {
  margin(
    pen,
    `查阅件　${viewer.name}　${viewer.number}　${viewer.minute}　仅供查阅，不作送达使用，以存档原件为准`,
    page.height - 58,
    8,
    'centre',
    'hei',
    'grey',
  );
  doc.save();
  doc.rotate(-28, { origin: [page.width / 2, page.height / 2] }).fillOpacity(0.1);
  for (let y = -60; y < page.height + 120; y += 120) {
    const set = setting(pen, `查阅件　${viewer.name}　${viewer.number}　${viewer.minute}`, page.width * 1.4, {
      size: 17,
      face: 'hei',
      align: 'centre',
    });
    drawSetting(pen, set, -page.width * 0.2 + ((y / 120) % 2) * 70, y);
  }
  doc.restore();
}

/**
 * Draws the paper. `fontFolder` is the bureau's own fonts (fonts.ts). Takes some 0.1-0.5 s of one core, the first
 * time more: callers that serve requests use render-aside.ts.
 */
export async function renderPaper(paper: Paper, fontFolder?: string): Promise<Buffer> {
  const asOf = new Date(paper.asOf);
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: `${paper.title} ${paper.number}`,
      Author: paper.agency,
      Subject: paper.number,
      Creator: 'Mingjing 明镜',
      Producer: 'Mingjing 明镜',
      CreationDate: asOf,
      ModDate: asOf,
    },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(Buffer.from(chunk)));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const fonts = openFonts(doc, fontFolder);
  const pen = openPen(doc, fonts);
  const parts = paper.parts.map((part) => {
    let pages = 0;
    drawPart(pen, part, paper, fonts, () => {
      pages += 1;
    });
    return { part, pages };
  });
  mark(doc, pen, paper, parts);
  doc.end();
  return finished;
}
