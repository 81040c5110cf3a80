import { expect } from 'chai';
import fc from 'fast-check';
import { fold } from '../../server/kernel/text.ts';
import { type TestApi, testApi } from '../support/http.ts';

const c = (...codes: number[]): string => String.fromCodePoint(...codes);

describe('texts over HTTP', () => {
  let api: TestApi;
  before(async () => {
    api = await testApi();
  });
  after(() => api.close());

  const alarm = async (facts: Record<string, unknown>) =>
    (await api.as('jiejing')).post('/alarms', {
      verb: 'receive',
      occurredAt: '2026-11-23T08:00:00+08:00',
      facts: { channel: 'call_110', unit: 16, ...facts },
    });

  it('are one number where they differ by what nobody sees', async () => {
    expect((await alarm({ number: 'N1' })).status).to.equal(201);
    for (const same of [`N1${c(0x200b)}`, `${c(0x202e)}N1`, ` N1${c(0xa0)}`, `N${c(0xad)}1`])
      expect((await alarm({ number: same })).body.code, JSON.stringify(same)).to.equal('alarm.duplicate-number');
    for (const none of [c(0x200b), c(0x2800), c(0x3164)])
      expect((await alarm({ number: none })).status, JSON.stringify(none)).to.equal(422);
  });

  it('are no reason where nobody can read them', async () => {
    const { body } = await alarm({ number: 'N2' });
    const desk = await api.as('jiejing');
    const timeline = (await desk.get(`/alarms/${body.id}/timeline`)).body as { id: string }[];
    const correct = (reason: string) =>
      desk.post(`/alarms/${body.id}/steps`, {
        verb: 'receive',
        occurredAt: '2026-11-23T08:01:00+08:00',
        facts: { number: 'N2', channel: 'call_110', unit: 16 },
        replaces: timeline[0]!.id,
        reason,
      });

    for (const none of ['', ' ', c(0x3000), c(0x200b), c(0xfeff), c(0x2800)])
      expect((await correct(none)).status, JSON.stringify(none)).to.equal(422);
    expect((await correct('录入错误')).status).to.equal(200);
  });

  it('are found however they are spelled', async () => {
    await alarm({ number: 'N3', topic: '电动车被盗 ＡＢ1', caller: '李　明', place: '古丽米热·艾比布力巷' });
    const officer = await api.as('jiejing');
    const found = async (q: string) =>
      (await officer.get(`/alarms?filter=${encodeURIComponent(JSON.stringify({ q }))}`)).body.length;

    for (const q of [`电${c(0x200b)}动`, 'ab1', 'ＡＢ１', 'n3', '古丽米热•艾比布力', '古丽米热艾比布力', '车 被 盗'])
      expect(await found(q), JSON.stringify(q)).to.equal(1);
    for (const q of ['%', '_', '电动_', '百分之']) expect(await found(q), JSON.stringify(q)).to.equal(0);
  });

  it('are folded alike by the server and the database', async () => {
    const character = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      fc.constantFrom(
        ...[
          '·',
          '•',
          '・',
          '･',
          '　',
          'Ａ',
          'ｱ',
          'ﬁ',
          'Ⅷ',
          '㎡',
          '⼈',
          '\u200b',
          '\u00ad',
          '\u2060',
          '\ufe0f',
          '\u{e0100}',
        ],
      ),
    );
    const texts = fc.sample(
      fc.array(character, { maxLength: 8 }).map((parts) => parts.join('')),
      { numRuns: 400, seed: 7 },
    );
    // the two know letters of different years of Unicode: what a bureau writes is older
    const known =
      /^[\p{Script=Han}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Katakana}\p{Script=Hiragana}\p{P}\p{N}\p{S}\p{Z}\p{Cf}\p{M}]+$/u;
    const usable = texts.filter((text) => known.test(text));
    expect(usable.length).to.be.greaterThan(40);

    const rows = await api.db.database.transaction((tx) =>
      tx.sql<{ folded: string }>(
        'SELECT fold_text(t) AS folded FROM unnest($1::text[]) WITH ORDINALITY u (t, n) ORDER BY n',
        [usable],
      ),
    );

    const different = usable.filter((text, i) => rows[i]?.folded !== fold(text));
    expect(different.map((text) => JSON.stringify(text))).to.deep.equal([]);
  });
});
