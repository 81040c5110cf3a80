/**
 * What a text is, once for form, API, import and search.
 *
 * Nobody reads format, control and bidirectional characters, and nobody can tell two numbers apart that differ by one of
 * them: they are taken out in silence, since they come along with what people paste. Private-use characters mean nothing
 * outside of one font and are refused. Variation selectors stay behind an ideograph (they tell the shapes of rare names
 * apart, Unicode Technical Standard 37) and go elsewhere.
 */
import { z } from 'zod';

const stray = /(?<!\p{Unified_Ideograph})(?:[\u{FE00}-\u{FE0F}]|[\u{E0100}-\u{E01EF}])/gu;
/** Format characters, and what a reader's screen ignores by default; variation selectors are told apart below. */
const unseen = /(?![\u{FE00}-\u{FE0F}]|[\u{E0100}-\u{E01EF}])(?:\p{Cf}|\p{Default_Ignorable_Code_Point}|\uFFFC)/gu;
/** Letters that look like nothing at all: Hangul fillers, an empty Braille cell. */
const blanks = '\u115F\u1160\u2800\u3164\uFFA0';
const edges = new RegExp(`^[\\p{Z}${blanks}]+|[\\p{Z}${blanks}]+$`, 'gu');
const visible = new RegExp(`[^\\p{Z}\\p{C}\\p{M}${blanks}]`, 'u');
const unfit = /[\p{Co}\p{Cn}]/u;

/** One line: NFC, nothing invisible, blanks inside as one blank, none at the ends. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(unseen, '')
    .replace(stray, '')
    // after the removal: what stood between a letter and its accent is gone
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(edges, '');

/** Several lines: the same of each line, line breaks kept, at most one empty line between two. */
export const paragraph = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .split('\n')
    .map((line) => oneLine(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');

/** Whether anybody can see something of it. */
export const isVisible = (text: string): boolean => visible.test(text);

const unfitMessage = '含有无法显示的字符‖holds characters that nobody can read';
const emptyMessage = '不能为空‖must not be empty';

/** The schema of a text of one line, `min` to `max` characters after cleaning. */
export const lineInput = (max: number, min = 1) =>
  z
    .string()
    .overwrite(oneLine)
    .min(min)
    .max(max)
    .refine((text) => !unfit.test(text), unfitMessage)
    .refine((text) => min === 0 || isVisible(text), emptyMessage);

/** The schema of a text of several lines. */
export const paragraphInput = (max: number, min = 1) =>
  z
    .string()
    .overwrite(paragraph)
    .min(min)
    .max(max)
    .refine((text) => !unfit.test(text), unfitMessage)
    .refine((text) => min === 0 || isVisible(text), emptyMessage);

/** What a search looks past: blanks, invisible signs, and the dots between the parts of a name, of which there are many. */
const passed =
  /[\p{Z}\p{Cc}\p{Cf}\u00B7\u0387\u2022\u2027\u2219\u22C5\u2E31\u2E33\u30FB\u16EB]|[\u{FE00}-\u{FE0F}]|[\u{E0100}-\u{E01EF}]/gu;

/**
 * One form for all spellings that people take for the same: width, case, dots, blanks. `fold_text` of the database is its
 * twin (migrations/texts/fold.sql).
 */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(passed, '');
