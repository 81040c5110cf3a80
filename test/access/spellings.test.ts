import { expect } from 'chai';
import { maskNarrative } from '../../server/access/masks.ts';

/** 0 … n-1, the same each time. */
function drawing(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
}
const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const grouped = (text: string, sizes: readonly number[], between: string): string => {
  const parts: string[] = [];
  let at = 0;
  for (const size of sizes) {
    parts.push(text.slice(at, at + size));
    at += size;
  }
  return parts.join(between) + text.slice(at);
};
const digitsOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase();

interface Spelling {
  text: string;
  /** What must not be left: of a number its digits, of the rest the text itself. */
  secret: string;
  names?: string[];
}

const draw = drawing(7);
const some = (n: number): string => Array.from({ length: n }, () => draw(10)).join('');
const mobile = (): string => `1${3 + draw(7)}${some(9)}`;
const identity = (): string =>
  `11010119${60 + draw(40)}0${1 + draw(9)}1${draw(9)}${some(3)}${draw(2) ? 'X' : draw(10)}`;
const card = (): string => `6222${some(15)}`;

const spellings: Spelling[] = [];
const say = (text: string, secret: string, names?: string[]): void => {
  spellings.push({ text: `报警人称${text}，请民警联系。`, secret, ...(names && { names }) });
};
for (let i = 0; i < 5; i += 1) {
  const m = mobile();
  const forms = [
    m,
    grouped(m, [3, 4, 4], ' '),
    grouped(m, [3, 4, 4], '-'),
    grouped(m, [3, 4, 4], '.'),
    grouped(m, [3, 4, 4], '　'),
    grouped(m, [3, 4, 4], '－'),
    grouped(m, [4, 3, 4], ' '),
    grouped(m, [3, 3, 5], ' '),
    grouped(m, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], ' '),
    `+86${m}`,
    `+86 ${m}`,
    `+86-${m}`,
    `0086${m}`,
    `86${m}`,
    `＋８６${wide(m)}`,
    wide(m),
    wide(grouped(m, [3, 4, 4], '-')),
  ];
  for (const form of forms) say(`电话${form}`, m);
  say(`${m}这个号码`, m);
  const id = identity();
  for (const form of [
    id,
    id.toLowerCase(),
    wide(id),
    grouped(id, [6, 8, 4], ' '),
    grouped(id, [6, 8, 4], '-'),
    grouped(id, [3, 3, 4, 4, 4], ' '),
  ])
    say(`身份证${form}`, id);
  say(`老身份证11010160${some(7)}`, '');
  const c = card();
  for (const form of [
    c,
    wide(c),
    grouped(c, [4, 4, 4, 4], ' '),
    grouped(c, [4, 4, 4, 4], '-'),
    grouped(c, [4, 4, 4, 4], '　'),
  ])
    say(`卡号${form}`, c);
  const line = `${2 + draw(7)}${some(7)}`;
  for (const form of [
    `0990-${line}`,
    `0990${line}`,
    `(0990)${line}`,
    `（0990）${line}`,
    `0990 ${line}`,
    `010-${line}`,
    `0990-${grouped(line, [4, 4], '-')}`,
  ])
    say(`座机${form}`, line);
  const plate = `A${some(3)}B${draw(10)}`;
  for (const form of [
    `澜${plate}`,
    `澜A·${plate.slice(1)}`,
    `澜A ${plate.slice(1)}`,
    `澜A-${plate.slice(1)}`,
    wide(`澜${plate}`),
    `澜AD${some(5)}`,
    `京A${some(4)}警`,
  ])
    say(`车牌${form}`, form);
  const door = `${1 + draw(40)}号楼${1 + draw(6)}单元${101 + draw(900)}室`;
  for (const form of [
    `文化路${12 + i}号${door}`,
    `幸福小区${door}`,
    `文化路${door}`,
    `文化街十二号三单元四百零二室`,
    `阳光花园${1 + draw(9)}栋${101 + draw(900)}`,
    `文化路1${i}弄2${i}号`,
    wide(`文化路12号3单元40${i}`),
    `${3 + i}栋${1 + draw(4)}单元${101 + draw(900)}`,
    `${2 + i}单元${101 + draw(900)}室`,
  ])
    say(`住在${form}`, form.replace(/^(文化路|文化街|幸福小区|阳光花园)/, ''));
  const handle = `wx_${some(3)}abc${i}`;
  for (const form of [
    `微信${handle}`,
    `微信号：${handle}`,
    `微信是${handle}`,
    `vx ${handle}`,
    `VX:${handle}`,
    `wx：${handle}`,
    `薇信${handle}`,
  ])
    say(form, handle);
  for (const form of [`QQ1234567${i}`, `QQ号：1234567${i}`, `qq 1234567${i}`]) say(form, `1234567${i}`);
  const mail = `zhang.san${i}@example.com`;
  for (const form of [mail, mail.replace('@', '＠')]) say(`邮箱${form}`, `zhang.san${i}`);
  for (const form of [
    '古丽米热·艾比布力',
    '古丽米热•艾比布力',
    '古丽米热・艾比布力',
    '古丽米热 艾比布力',
    '古丽米热艾比布力',
    '古丽米热',
    '艾比布力',
    '古丽米热.艾比布力',
  ])
    say(form, form, ['古丽米热·艾比布力']);
  for (const form of ['王小明', '王　小　明', '王 小明']) say(form, form, ['王小明']);
}

/** What stands in the same papers and tells nobody apart. */
function harmless(i: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const [y, mo, da, h, mi, s] = [2024 + draw(3), 1 + draw(12), 1 + draw(28), draw(24), draw(60), draw(60)];
  const kinds = [
    `警情99010200000020261123${two(draw(99))}${some(4)}`,
    `案件A99010253000020261128${two(draw(99))}`,
    `${y}-${two(mo)}-${two(da)} ${two(h)}:${two(mi)}:${two(s)}到场`,
    `${y}年${mo}月${da}日${h}时${mi}分`,
    `${mo}月${da}号上午`,
    `损失${(draw(900000) / 100).toFixed(2)}元`,
    `共计${(1000 + draw(900000)).toLocaleString('en-US')}元`,
    `民警警号9901${two(draw(99))}`,
    `疑似问题WT-990102-202611-000${two(draw(99))}`,
    `望公(府)受案字〔${y}〕${1 + draw(900)}号`,
    `国道K${draw(300)}+${100 + draw(800)}处`,
    `距现场${draw(20)}公里${draw(900)}米`,
    `办案区${1 + draw(9)}号候问室`,
    `扣押手机${1 + draw(9)}部、现金${draw(90000)}元`,
    `用时${draw(60)}分${draw(60)}秒`,
    `${1 + draw(40)}路公交车站附近`,
    `第${1 + draw(140)}条第${1 + draw(5)}款`,
    `涉案财物WH-涉财-2026-${draw(9999)}`,
    `设备BJ${some(6)}录像${draw(100)}%`,
    `拨打110、12389反映`,
    `${1 + draw(6)}楼楼道`,
    `体温36.${draw(9)}度，血压1${two(draw(60))}/8${draw(9)}`,
  ];
  return kinds[i % kinds.length]!;
}

describe('Masks of free text', () => {
  it('know how people write numbers, addresses, handles and names', () => {
    const missed = spellings.filter(({ text, secret, names }) => {
      const left = maskNarrative(text, names);
      if (secret === '') return left === text;
      return /^[\dX]+$/.test(secret) ? digitsOf(left).includes(secret) : left.includes(secret);
    });

    expect(spellings.length).to.be.at.least(300);
    expect(missed.map(({ text, names }) => `${text} → ${maskNarrative(text, names)}`)).to.deep.equal([]);
  });

  it('leave alone what tells nobody apart', () => {
    const texts = Array.from({ length: 5000 }, (_, i) => harmless(i));
    const masked = texts.filter((text) => maskNarrative(text, ['王小明']) !== text);

    expect(masked.slice(0, 20).map((text) => `${text} → ${maskNarrative(text)}`)).to.deep.equal([]);
  });

  it('would miss some by one spelling of each kind: the control', () => {
    const before = (text: string, names: readonly string[] = []): string =>
      names
        .reduce((now, name) => now.replaceAll(name, '某某'), text)
        .replace(/(?<!\d)\d{6}(?:19|20)\d{2}\d{4}\d{3}[\dXx]/g, '***')
        .replace(/(?<!\d)\d{15,19}(?!\d)/g, '***')
        .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, '***');
    const missed = spellings.filter(({ text, names }) => before(text, names) === text);

    expect(missed.length).to.be.greaterThan(150);
  });
});
