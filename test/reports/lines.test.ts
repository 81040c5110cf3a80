import { expect } from 'chai';
import { breakLines, plainIdeographs } from '../../server/reports/lines.ts';

/** Every character one square wide, lines of six squares. */
const measure = {
  size: 10,
  face: 'song' as never,
  split: (text: string) => [{ text, font: 'f', latin: false }],
  width: (text: string) => [...text].length * 10,
};
const linesOf = (text: string): string[] =>
  breakLines(text, 60, 0, measure).map((line) => line.atoms.map((atom) => atom.text).join(''));

describe('Lines of a paper', () => {
  it('neither begin with a closing mark nor end with an opening one', () => {
    for (const mark of '，。、；：？！）》」』】”…—·・‧%‰℃')
      for (let at = 1; at < 12; at += 1) {
        const text = `${'人'.repeat(at)}${mark}${'民'.repeat(12 - at)}`;
        expect(
          linesOf(text)
            .slice(1)
            .map((line) => [...line][0]),
          `${mark} at ${at}`,
        ).to.not.include(mark);
      }
    for (const mark of '（《「『【“￥¥$')
      for (let at = 1; at < 12; at += 1) {
        const text = `${'人'.repeat(at)}${mark}${'民'.repeat(12 - at)}`;
        expect(
          linesOf(text)
            .slice(0, -1)
            .map((line) => [...line].at(-1)),
          `${mark} at ${at}`,
        ).to.not.include(mark);
      }
  });

  it('never part the two dashes or dots of a pair', () => {
    for (const pair of ['——', '……'])
      for (let at = 1; at < 12; at += 1)
        expect(linesOf(`${'人'.repeat(at)}${pair}${'民'.repeat(12 - at)}`).join('|'), `${pair} at ${at}`).to.include(
          pair,
        );
  });

  it('hold the characters that a search looks for, whatever radical an OCR made of them', () => {
    expect(plainIdeographs('⼈民警察 ⾦ 車 ⺠')).to.equal('人民警察 金 車 ⺠');
    expect(plainIdeographs('①㎡Ａ％')).to.equal('①㎡Ａ％');
    expect(linesOf('⼈民')).to.deep.equal(['人民']);
  });
});
