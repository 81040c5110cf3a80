import { expect } from 'chai';
import { run } from './run.ts';
import type { Trial } from './trial.ts';

describe('npm run trials', () => {
  const told: unknown[] = [];
  const trials = (passed: boolean) => {
    const trial: Trial = async ({ seed, rounds }) => {
      told.push([seed, rounds]);
      return { passed, counts: { tried: rounds ?? 3 }, control: { tried: 1, failed: 1 } };
    };
    return { one: async () => ({ run: trial }), two: async () => ({ run: trial }) };
  };
  let printed = '';
  const print = (text: string) => {
    printed = text;
  };

  it('hands seed and rounds to the trials that are named, and prints one JSON document', async () => {
    const code = await run(['two', '--seed', '11', '--rounds', '5'], trials(true), print);

    expect(code).to.equal(0);
    expect(told).to.deep.equal([[11, 5]]);
    const { passed, seed, trials: found } = JSON.parse(printed);
    expect([passed, seed]).to.deep.equal([true, 11]);
    expect(found.two).to.deep.include({ passed: true, counts: { tried: 5 }, control: { tried: 1, failed: 1 } });
    expect(found).to.not.have.property('one');
  });

  it('ends with an error where a figure failed', async () => {
    expect(await run([], trials(false), print)).to.equal(1);
    expect(JSON.parse(printed).passed).to.equal(false);
  });

  it('counts a trial that breaks off as failed, and still runs the others', async () => {
    const broken: Trial = async () => {
      throw new Error('broken off');
    };

    const code = await run([], { ...trials(true), one: async () => ({ run: broken }) }, print);

    expect(code).to.equal(1);
    const { one, two } = JSON.parse(printed).trials;
    expect(one.error).to.contain('broken off');
    expect(two.passed).to.equal(true);
  });

  it('knows no trial that nobody wrote', async () => {
    expect(await run(['nothing'], trials(true), print)).to.equal(2);
  });
});
