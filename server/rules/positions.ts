/** How a YAML scalar is written; the names are those of the yaml package. */
export type ScalarStyle = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | 'BLOCK_FOLDED' | 'BLOCK_LITERAL';

const escapes: Record<string, number> = { x: 4, u: 6, U: 10 };

/**
 * For each character of a scalar's value (and for its end) the offset in `raw`, the text of the scalar in the file.
 * Value and text are walked together: white space may have been folded, quotes doubled, characters escaped.
 */
export function offsets(raw: string, style: ScalarStyle, value: string): number[] {
  let at = start(raw, style);
  const found: number[] = [];
  for (const char of Array.from({ length: value.length }, (_, i) => value[i]!)) {
    if (char === ' ' || char === '\n' || char === '\t') {
      found.push(at);
      if (/\s/.test(raw[at] ?? '')) at += 1;
      if (raw[at - 1] === '\n') while (/\s/.test(raw[at] ?? '')) at += 1;
      continue;
    }
    while (raw[at] !== char && /\s/.test(raw[at] ?? '')) at += 1;
    if (style === 'QUOTE_DOUBLE') while (raw[at] === '\\' && raw[at + 1] === '\n') at = at + 2 + indent(raw, at + 2);
    found.push(at);
    at += width(raw, at, style);
  }
  return [...found, at];
}

function start(raw: string, style: ScalarStyle): number {
  if (style === 'PLAIN') return 0;
  if (style === 'QUOTE_SINGLE' || style === 'QUOTE_DOUBLE') return 1;
  const body = raw.indexOf('\n') + 1;
  return body + indent(raw, body);
}

const indent = (raw: string, at: number): number => /^[ \t]*/.exec(raw.slice(at))![0].length;

function width(raw: string, at: number, style: ScalarStyle): number {
  if (style === 'QUOTE_SINGLE' && raw[at] === "'") return 2;
  if (style === 'QUOTE_DOUBLE' && raw[at] === '\\') return escapes[raw[at + 1] ?? ''] ?? 2;
  return 1;
}
