import { expect } from 'chai';
import { openBudgets } from '../../server/kernel/budget.ts';
import { openGate } from '../../server/kernel/gate.ts';
import type { Lanes } from '../../server/kernel/pipeline.ts';
import { type Answer, type TestApi, testApi } from '../support/http.ts';

const countOf = (answers: readonly Answer[], status: number): number =>
  answers.filter((answer) => answer.status === status).length;
const costly = `/alarms?filter=${encodeURIComponent('{"q":"1"}')}`;
const open: Lanes['costly'] = { most: 1000, each: 1000, waiting: 1000, patience: 60_000 };
const narrow: Lanes = {
  ordinary: { most: 2, each: 1, waiting: 300, patience: 60_000 },
  costly: { most: 2, each: 1, waiting: 10, patience: 60_000 },
};

describe('one user', function () {
  this.timeout(60_000);
  let api: TestApi;
  afterEach(() => api.close());

  /** How many of 100 searches of one person were answered before a neighbour's list that was asked for after them. */
  async function crowd(lanes: Lanes): Promise<{ ahead: number; flood: Answer[]; neighbour: Answer }> {
    api = await testApi({ lanes });
    const [one, other] = await Promise.all([api.as('anguan'), api.as('yunbu')]);
    let ahead = 0;
    let isOver = false;
    const flood = Array.from({ length: 100 }, async () => {
      const answer = await one.get(costly);
      if (!isOver && answer.status === 200) ahead += 1;
      return answer;
    });
    const neighbour = await other.get('/alarms');
    isOver = true;
    return { ahead, flood: await Promise.all(flood), neighbour };
  }

  it('who asks for a hundred searches at once delays himself: his neighbour is answered among the first', async () => {
    const { ahead, flood, neighbour } = await crowd(narrow);

    expect(neighbour.status).to.equal(200);
    expect(countOf(flood, 200), 'one runs, ten wait').to.be.within(11, 60);
    expect(countOf(flood, 200) + countOf(flood, 429)).to.equal(100);
    expect(ahead).to.be.below(30);
    const refused = flood.find((answer) => answer.status === 429);
    expect(refused?.body.code).to.equal('request.crowded');
    expect(Number(refused?.headers.get('retry-after'))).to.be.above(0);
  });

  it('without the gate (the control) the neighbour waits behind the crowd', async () => {
    const { flood, neighbour, ahead } = await crowd({ ordinary: open, costly: open });

    expect(neighbour.status).to.equal(200);
    expect(countOf(flood, 200)).to.equal(100);
    expect(ahead).to.be.above(50);
  });

  it('has a budget for a minute, the same in every process, and is told when the next begins', async () => {
    api = await testApi({ budget: { person: 40, stranger: 100, address: 1000, costly: 10 } });
    const [one, other] = await Promise.all([api.as('anguan'), api.as('yunbu')]);

    const answers = [];
    for (let i = 0; i < 6; i += 1) answers.push(await one.get(costly));
    const elsewhere = openBudgets(api.db.database, { person: 40, stranger: 100, address: 1000, costly: 10 });
    let told = '';
    for (let i = 0; i < 8 && told === ''; i += 1)
      await elsewhere.spend('person', '8').catch((problem) => {
        told = problem.code;
      });

    expect(countOf(answers, 200)).to.be.within(3, 4);
    const refused = answers.at(-1);
    expect([refused?.status, refused?.body.code]).to.deep.equal([429, 'request.too-many']);
    expect(Number(refused?.headers.get('retry-after'))).to.be.within(1, 60);
    expect(refused?.body.title).to.match(/请求过于频繁，请 \d+ 秒后再试/);
    expect(told, 'another process').to.equal('request.too-many');
    expect((await other.get(costly)).status, 'another person').to.equal(200);
  });
});

describe('a budget', () => {
  it('costs no statement more with an ordinary request', async () => {
    let statements = 0;
    const counting = {
      sql: async () => {
        statements += 1;
        return [];
      },
    };
    const budgets = openBudgets(counting);
    for (let i = 0; i < 200; i += 1) await budgets.spend('person', '1');

    expect(statements).to.equal(0);
  });
});

describe('the gate', () => {
  const signal = new AbortController().signal;

  it('gives turns round about, one to each who waits', async () => {
    const gate = openGate({ most: 1, each: 1, waiting: 10, patience: 60_000 });
    const order: string[] = [];
    const first = await gate.enter('a', signal);
    const others = ['a', 'a', 'a', 'b', 'c'].map(async (who) => {
      const leave = await gate.enter(who, signal);
      order.push(who);
      leave();
    });
    first();
    await Promise.all(others);

    expect(order).to.deep.equal(['a', 'b', 'c', 'a', 'a']);
  });

  it('forgets whoever goes away while he waits', async () => {
    const gate = openGate({ most: 1, each: 1, waiting: 1, patience: 60_000 });
    const gone = new AbortController();
    const leave = await gate.enter('a', signal);
    const waiting = gate.enter('a', gone.signal).catch((problem) => problem.status);
    gone.abort();

    expect(await waiting).to.equal(499);
    const next = gate.enter('a', signal);
    leave();
    (await next)();
  });
});
