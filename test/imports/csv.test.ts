import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { type CsvRecord, readRecords } from '../../server/imports/csv.ts';

describe('reading CSV', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-csv-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = async (
    bytes: string | Uint8Array,
    { name = 'a.csv', delimiter = ',', encoding = 'utf-8' } = {},
  ): Promise<CsvRecord[]> => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const records: CsvRecord[] = [];
    for await (const group of readRecords(path, { delimiter, encoding })) records.push(...group);
    return records;
  };
  const cells = (records: CsvRecord[]) =>
    records.map((one) => ('cells' in one ? one.cells.join('|') : `! ${one.line}`));

  it('reads quoted cells over several lines, with a byte order mark and Windows line ends', async () => {
    const records = await read('\uFEFFa,b\r\n"x, ""y""\r\nz",2\r\n3,4');

    expect(records).to.deep.equal([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x, "y"\nz', '2'] },
      { line: 4, cells: ['3', '4'] },
    ]);
  });

  it('tells a malformed line and reads what is around it', async () => {
    const text = 'a,b,c\n1,2,3\n4,5\n6,"7,8\n9,10,11\n12,x"y"z,13\n14,5",15\n16,17,18\n19,20,21,22';
    const records = await read(text);

    expect(cells(records)).to.deep.equal(['a|b|c', '1|2|3', '! 3', '! 4', '9|10|11', '! 6', '! 7', '16|17|18', '! 9']);
    expect(records[3]).to.include({ text: '6,"7,8', problem: '引号没有结束 · a quote that is never closed' });
  });

  it('loses one line to a quote that is never closed in a file of thousands', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => (i === 17 ? `${i},"stray` : `${i},x`));
    const records = await read(`a,b\n${lines.join('\n')}\n`);

    expect(records).to.have.length(5001);
    expect(cells(records).filter((one) => one.startsWith('!'))).to.deep.equal(['! 19']);
  });

  it('cuts a row that is too long and goes on behind it', async () => {
    const records = await read(`a,b\n1,${'x'.repeat(3_000_000)}\n2,y\n3,"${'z'.repeat(1_200_000)}"\n4,w`);

    expect(cells(records)).to.deep.equal(['a|b', '! 2', '2|y', '! 4', '4|w']);
    expect(records[1]).to.include({ problem: '行过长 · the line is too long' });
  });

  it('skips empty lines and rows of nothing but delimiters', async () => {
    expect(cells(await read('a,b\n\n1,2\n   \n,\n3,\n'))).to.deep.equal(['a|b', '1|2', '3|']);
  });

  it('reads compressed files, semicolons and the encoding of Chinese spreadsheets', async () => {
    expect(cells(await read(gzipSync('a;b\n1;"2;3"\n'), { name: 'a.csv.gz', delimiter: ';' }))).to.deep.equal([
      'a|b',
      '1|2;3',
    ]);
    const gb = Uint8Array.from([0xbe, 0xaf, 0xba, 0xc5, 0x2c, 0x61, 0x0a, 0x31, 0x2c, 0x32]);
    expect(cells(await read(gb, { encoding: 'gb18030' }))).to.deep.equal(['警号|a', '1|2']);
  });

  it('says so when a compressed file ends early', async () => {
    const whole = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, i) => `${i},${i * 7}`).join('\n')));
    const error = await read(whole.subarray(0, whole.length / 2), { name: 'half.csv.gz' }).catch((why: Error) => why);

    expect(error).to.be.instanceOf(Error);
    expect(String(error)).to.match(/unexpected end of file/);
  });

  it('reads back whatever is written by the rules of RFC 4180', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '警', '=') });
    const table = fc.array(fc.tuple(fc.constant('1'), cell, cell), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const written = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n');
        const records = await read(written);

        expect(records.map((one) => ('cells' in one ? one.cells : one.problem))).to.deep.equal(rows);
      }),
      { numRuns: 60 },
    );
  });
});
