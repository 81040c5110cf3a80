import { expect } from 'chai';
import { run } from '../server/cli.ts';
import { instantArgument, isDay } from '../server/date-arguments.ts';

describe('dates on the command line', () => {
  const never = { openDatabase: async () => expect.fail('no database is opened for a wrong argument') };

  it('are read in the time of the bureau unless they say otherwise', () => {
    expect(instantArgument('2026-10-31T00:00')?.toISOString()).to.equal('2026-10-30T16:00:00.000Z');
    expect(instantArgument('2026-10-31T00:00+09:00')?.toISOString()).to.equal('2026-10-30T15:00:00.000Z');
    expect(isDay('2028-02-29')).to.equal(true);
  });

  for (const text of ['2026-02-30T00:00', '2026-06-31T00:00Z', '2026-10-31T25:00', '2026-13-01T00:00Z', 'tomorrow', ''])
    it(`take no ${JSON.stringify(text)}`, () => {
      expect(instantArgument(text)).to.equal(null);
      expect(isDay(text.slice(0, 10))).to.equal(text === '2026-10-31T25:00');
    });

  for (const args of [
    ['demo', '--until', '2026-02-30T00:00Z'],
    ['demo', '--until', 'tomorrowZ'],
    ['judge', '--at', '2026-02-30T00:00Z'],
    ['rules', 'backtest', 'x.yml', '--from', '2026-02-30', '--to', '2026-03-01'],
    ['rules', 'backtest', 'x.yml', '--from', '2026-03-02', '--to', '2026-03-01'],
    ['rules', 'enact', 'ALM-03', '--go-live', '2026-02-30', '--reader', '1', '--by', '2'],
  ])
    it(`refuse ${args.join(' ')}`, async () => {
      expect(await run(args, never)).to.equal(2);
    });
});
