import { expect } from 'chai';
import { percentOf as shownPercent } from '../../admin-ui/src/words/percent.ts';
import { percentOf } from '../../server/kernel/percent.ts';
import { fold, isVisible, lineInput, oneLine, paragraph, paragraphInput } from '../../server/kernel/text.ts';

const c = (...codes: number[]): string => String.fromCodePoint(...codes);

describe('A text of one line', () => {
  /** as typed or pasted → as stored */
  const cleaned: [string, string, string][] = [
    ['blanks at the ends', '  张三 ', '张三'],
    ['ideographic blanks', `${c(0x3000)}张三${c(0x3000)}`, '张三'],
    ['runs of blanks inside', '北门  派出所', '北门 派出所'],
    ['a no-break space', `北门${c(0xa0)}派出所`, '北门 派出所'],
    ['a tab and a line break', '北门\t派出\r\n所', '北门 派出 所'],
    ['zero width space', `N1${c(0x200b)}`, 'N1'],
    ['zero width joiners', `N${c(0x200c)}1${c(0x200d)}`, 'N1'],
    ['word joiner, byte order mark', `${c(0xfeff)}N1${c(0x2060)}`, 'N1'],
    ['right-to-left override', `${c(0x202e)}N1`, 'N1'],
    ['directional isolates', `${c(0x2066)}N1${c(0x2069)}`, 'N1'],
    ['soft hyphen', `N${c(0xad)}1`, 'N1'],
    ['tag letters', `N1${c(0xe0041)}`, 'N1'],
    ['Mongolian vowel separator', `N${c(0x180e)}1`, 'N1'],
    ['interlinear annotation', `N1${c(0xfff9)}`, 'N1'],
    ['line and paragraph separators', `N1${c(0x2028)}2${c(0x2029)}3`, 'N1 2 3'],
    ['a bell and an escape', 'N1\u0007\u001b2', 'N1 2'],
    ['Hangul filler at the end', `N1${c(0x3164)}`, 'N1'],
    ['empty Braille', `${c(0x2800)}N1`, 'N1'],
    ['decomposed letters', 'e\u0301', 'é'],
    ['something between a letter and its accent', `e${c(0x200b)}\u0301`, 'é'],
    ['a grapheme joiner', `N1${c(0x34f)}`, 'N1'],
    ['Khmer inherent vowels', `N1${c(0x17b4)}`, 'N1'],
    ['Mongolian selectors', `N1${c(0x180b)}`, 'N1'],
    ['an object replacement', `N1${c(0xfffc)}`, 'N1'],
    ['a Hangul filler inside', `N${c(0x3164)}1`, 'N1'],
    ['a variation selector behind a letter', `A${c(0xfe0f)}`, 'A'],
    ['a variation selector behind an ideograph', `葛${c(0xe0100)}`, `葛${c(0xe0100)}`],
    ['rare names', '㐂𠮷𬀩', '㐂𠮷𬀩'],
    ['signs that differ to the eye', '①㎡ＡＢ', '①㎡ＡＢ'],
  ];
  for (const [what, typed, stored] of cleaned)
    it(`is cleaned of ${what}`, () => {
      expect(oneLine(typed)).to.equal(stored);
      expect(lineInput(500).parse(typed)).to.equal(stored);
      expect(oneLine(stored), 'once is enough').to.equal(stored);
    });

  const empty = [
    '',
    ' ',
    c(0x3000),
    c(0x200b),
    c(0xfeff),
    c(0x2800),
    c(0x3164),
    c(0xad),
    `${c(0x202e)}${c(0x202c)}`,
    '\u0301',
    '\n\t',
  ];
  it('that nobody can see is none', () => {
    for (const text of empty) {
      expect(isVisible(oneLine(text)), JSON.stringify(text)).to.equal(false);
      expect(lineInput(500).safeParse(text).success, JSON.stringify(text)).to.equal(false);
      expect(paragraphInput(500).safeParse(text).success, JSON.stringify(text)).to.equal(false);
    }
  });

  it('with characters of one private font is refused, and so is one that is too long after cleaning', () => {
    expect(lineInput(500).safeParse(`张${c(0xe000)}`).success).to.equal(false);
    expect(lineInput(500).safeParse(`张${c(0xffffe)}`).success).to.equal(false);
    expect(lineInput(3).safeParse('四个汉字').success).to.equal(false);
    expect(lineInput(3).safeParse(`三个字${c(0x200b)}${c(0x200b)}`).success).to.equal(true);
  });
});

describe('A text of several lines', () => {
  it('keeps its line breaks, whoever wrote them, and one empty line at most', () => {
    expect(paragraph('  一\r\n二 \r三\n\n\n\n四\u2028五\n')).to.equal('一\n二\n三\n\n四\n五');
  });
});

describe('A folded text', () => {
  it('is one for what people take for the same', () => {
    const dots = [0xb7, 0x2022, 0x2027, 0x30fb, 0xff65, 0x22c5];
    expect(new Set(dots.map((dot) => fold(`古丽米热${c(dot)}艾比布力`))).size).to.equal(1);
    expect(fold('李　明')).to.equal(fold('李明'));
    expect(fold(`电${c(0x200b)}动`)).to.equal('电动');
    expect(fold('Ａ12345')).to.equal(fold('a１２３４５'));
    expect(fold('李明')).to.not.equal(fold('李鸣'));
  });
});

describe('A percentage', () => {
  it('is never a hundred where somebody owes something, nor nothing where there is something', () => {
    const told: [number, number, string][] = [
      [1, 1, '100.0%'],
      [0.9996, 1, '99.9%'],
      [0.999999, 0, '99%'],
      [0.995, 0, '99%'],
      [0.0004, 1, '0.1%'],
      [0.0001, 0, '1%'],
      [0, 1, '0.0%'],
      [0.9634, 1, '96.3%'],
      [0.5, 0, '50%'],
    ];
    for (const [share, digits, text] of told) {
      expect(percentOf(share, digits)).to.equal(text);
      expect(shownPercent(share, digits), 'in the back office').to.equal(text);
    }
  });
});
