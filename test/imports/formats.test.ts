import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readFormat } from '../../server/imports/formats.ts';

describe('formats of times', () => {
  const local = (text: string, format: string): string | undefined => {
    const read = readFormat(text, format);
    return read && 'local' in read ? read.local : undefined;
  };

  it('are read as they stand', () => {
    expect(local('2026/3/1 8:05', 'yyyy/M/d H:mm')).to.equal('2026-03-01 08:05:00.000');
    expect(local('01.03.2026', 'dd.MM.yyyy')).to.equal('2026-03-01 00:00:00.000');
    expect(local('2026年3月1日8时5分', "yyyy'年'M'月'd'日'H'时'm'分'")).to.equal('2026-03-01 08:05:00.000');
    expect(local('2026年3月1日', 'yyyy年M月d日')).to.equal('2026-03-01 00:00:00.000');
    expect(local('2019-04-01 00:00:00 06:59:59.999000', 'yyyy-MM-dd 00:00:00 HH:mm:ss.u')).to.equal(
      '2019-04-01 06:59:59.999',
    );
  });

  it('fall back to Luxon for names of months, halves of the day and offsets', () => {
    expect(local('Mar 1 2026, 8:05 PM', 'MMM d yyyy, h:mm a')).to.equal('2026-03-01 20:05:00.000');
    expect(readFormat('2026-03-01 08:05 +0200', 'yyyy-MM-dd HH:mm ZZZ')).to.deep.equal({
      at: new Date('2026-03-01T06:05:00Z'),
    });
  });

  it('refuse what is of another format', () => {
    for (const text of ['2026-03-01', '26/3/1 8:05', '2026/3/1 8:05:09', ' 2026/3/1 8:05', '2026/3/1 x:05'])
      expect(readFormat(text, 'yyyy/M/d H:mm')).to.equal(undefined);
    expect(readFormat('2026x03x01', 'yyyy.MM.dd')).to.equal(undefined);
  });

  it('are read as Luxon reads them', () => {
    const formats = [
      'yyyy-MM-dd HH:mm:ss',
      'd/M/yyyy H:m:s',
      'yyyyMMdd HHmmss',
      'yyyy/M/d HH:mm',
      'dd.MM.yyyy HH:mm:ss.SSS',
    ];
    const time = fc.date({ min: new Date('1970-01-01Z'), max: new Date('2099-12-31Z'), noInvalidDate: true });
    fc.assert(
      fc.property(time, fc.constantFrom(...formats), (at, format) => {
        const text = DateTime.fromJSDate(at, { zone: 'utc' }).toFormat(format);
        const read = DateTime.fromFormat(text, format, { zone: 'utc' });

        expect(local(text, format)).to.equal(read.toFormat('yyyy-MM-dd HH:mm:ss.SSS'));
      }),
    );
  });
});
