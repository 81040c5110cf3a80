import { expect } from 'chai';
import englishMessages from 'ra-language-english';
import { chineseMessages } from '../../admin-ui/src/providers/messages-zh.ts';
import type { Say } from '../../admin-ui/src/words/text.ts';
import {
  fromBox,
  fullInstant,
  readDay,
  readInstant,
  shortInstant,
  span,
  timeLeft,
  toBox,
} from '../../admin-ui/src/words/time.ts';

const zh = ((first: string | { zh: string }) => (typeof first === 'string' ? first : first.zh)) as Say;
const minute = 60_000;

/** Every leaf of a message tree by its path. */
function leaves(tree: unknown, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of Object.entries(tree as Record<string, unknown>)) {
    const here = path ? `${path}.${name}` : name;
    if (typeof value === 'string') all.set(here, value);
    else for (const [inner, text] of leaves(value, here)) all.set(inner, text);
  }
  return all;
}

describe('a time that somebody types', () => {
  it('is read as people write it, and shown as it was typed, however often the box is left', () => {
    const typed = [
      '2026-11-20 09:05',
      '2026/11/20 9:05',
      '2026.11.20 9:05:00',
      '2026-11-20 09：05',
      '２０２６-１１-２０ ０９：０５',
      '2026年11月20日 9:05',
      '2026年11月20日9时5分',
      '2026年11月20日 9时05分00秒',
    ];
    for (const text of typed) expect(readInstant(text), text).to.equal('2026-11-20T01:05:00.000Z');

    let box = '1988-07-01 10:00';
    for (let i = 0; i < 4; i += 1) box = fullInstant(readInstant(box));
    expect(box, 'in a summer of clocks put forward').to.equal('1988-07-01 10:00:00');
  });

  it('is refused where there is no such day or hour, as the server does', () => {
    for (const text of [
      '2026-02-30 10:00',
      '2026-04-31 09:00',
      '2026-02-29 00:00',
      '2026-13-01 00:00',
      '2026-11-20 24:00',
      '2026-11-20 10:60',
      '明天',
    ])
      expect(readInstant(text), text).to.equal(null);
    expect([readDay('2026-02-30'), readDay('2026年2月28日')]).to.deep.equal([null, '2026-02-28']);
  });
});

describe('the words of the back office', () => {
  it('has every message of react-admin in Chinese', () => {
    const chinese = leaves(chineseMessages);
    const missing = [...leaves(englishMessages).keys()].filter((key) => !chinese.has(key));
    expect(missing).to.deep.equal([]);
  });

  it('shows no English in a Chinese message', () => {
    const english = [...leaves(chineseMessages)].filter(([, text]) => /[a-z]{3,}/i.test(text.replace(/%\{\w+\}/g, '')));
    expect(english).to.deep.equal([]);
  });

  it('says a span in its two largest units', () => {
    expect(span(192 * minute, zh)).to.equal('3 小时 12 分');
    expect(span(60 * minute, zh)).to.equal('1 小时');
    expect(span(2 * 24 * 60 * minute, zh)).to.equal('2 天');
    expect(span(28 * 60 * minute, zh)).to.equal('1 天 4 小时');
    expect(span(9_000, zh)).to.equal('9 秒');
  });

  it('tells what is left from what is over, the due instant included', () => {
    const due = new Date('2026-11-23T13:10:00Z');
    expect(timeLeft(due, zh, new Date('2026-11-23T09:58:00Z')).words).to.equal('剩余 3 小时 12 分');
    expect(timeLeft(due, zh, due).over).to.equal(false);
    const over = timeLeft(due, zh, new Date('2026-11-25T13:10:00Z'));
    expect(over).to.include({ over: true, words: '已超 2 天' });
  });

  it('shows and reads instants in the zone of the bureau', () => {
    expect(fullInstant('2026-11-23T13:10:05Z')).to.equal('2026-11-23 21:10:05');
    expect(shortInstant('2019-01-01T16:00:00Z')).to.equal('2019-01-02 00:00');
    expect(fromBox('2026-11-23T21:10')).to.equal('2026-11-23T13:10:00.000Z');
    expect(toBox('2026-11-23T13:10:00.000Z')).to.equal('2026-11-23T21:10:00');
  });
});
