import { readFileSync } from 'node:fs';
import { raise } from '../../server/findings/raise.ts';
import { newId, noOccurrence } from '../../server/kernel/id.ts';
import { type Actor, inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { type Answer, type Client, type TestApi, testApi } from '../support/http.ts';
import type { TrialOptions, TrialResult } from './trial.ts';

/** What many did at once, by status of the answer, and the codes of the refusals. */
interface Race {
  winners: number;
  answers: Record<string, number>;
}

const system: Actor = { personId: null, name: '系统', unitId: null, unitName: '', role: 'system', roles: ['system'] };

/**
 * `rounds` requests at the same moment for each act that decides something: exactly one may win. The control is an act
 * that anybody may do again, which many win.
 */
export async function run({ rounds = 200, say }: TrialOptions): Promise<TrialResult> {
  const api = await testApi();
  const rules = await testApi({ engine: true });
  try {
    const found: Record<string, Race> = {};
    const race = async (name: string, one: (n: number) => Promise<Answer>): Promise<Race> => {
      const answers = await Promise.all(Array.from({ length: rounds }, (_, n) => one(n)));
      const counts: Record<string, number> = {};
      for (const { status, body } of answers) {
        const key = status < 300 ? String(status) : `${status} ${(body as { code?: string }).code ?? ''}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
      say(`${name}: ${JSON.stringify(counts)}`);
      return { winners: answers.filter(({ status }) => status < 300).length, answers: counts };
    };
    for (const [name, prepare] of await acts(api)) found[name] = await race(name, await prepare());
    found['enact'] = await race('enact', await enacting(rules));
    const control = await race('dispatch again', await dispatching(api));

    const winners = Object.values(found).map((each) => each.winners);
    const faults = Object.values(found).flatMap(({ answers }) => Object.keys(answers).filter((key) => /^5/.test(key)));
    return {
      passed: winners.every((each) => each === 1) && faults.length === 0 && control.winners > 1,
      counts: { parallel: rounds, ...found },
      control: { ...control },
    };
  } finally {
    await api.close();
    await rules.close();
  }
}

/** Name of the act → what makes it possible → one request for it. Those of the loop follow one another on one finding. */
type Act = [name: string, prepare: () => Promise<(n: number) => Promise<Answer>>];

async function acts(api: TestApi): Promise<Act[]> {
  const [desk, manager, reviewer, officer, unitLegal, head, keeper, security] = (await Promise.all(
    ['jiejing', 'anguan', 'fazhi', 'chujing', 'fazhiyuan', 'suozhang', 'guanli', 'anquan'].map((login) =>
      api.as(login),
    ),
  )) as [Client, Client, Client, Client, Client, Client, Client, Client];
  const { id, subjectId } = await broken(api);
  const loop = (who: Client, verb: string, body: object = {}) => who.post(`/findings/${id}/${verb}`, body);
  const at = (minutes: number) => new Date(api.clock.now().getTime() - minutes * 60_000).toISOString();
  const judgement = { verdict: 'confirmed', opinion: '问题成立', rectifyHow: ['procedure'] };
  let alarm = '';
  let arrival = '';
  return [
    [
      'issue',
      async () => {
        // first looks, assignments and explanations may be repeated: the next act decides
        await done(loop(manager, 'screen', { screening: 'suspected' }));
        return () => loop(manager, 'issue');
      },
    ],
    ['acknowledge', async () => () => loop(unitLegal, 'acknowledge')],
    [
      'sign off',
      async () => {
        await done(loop(head, 'assign', { person: 1 }));
        await done(loop(officer, 'explain', { explanationReason: 'equipment', explanation: '设备故障' }));
        return () => loop(head, 'sign_off', { signOffOpinion: '属实' });
      },
    ],
    ['judge', async () => () => loop(reviewer, 'judge', judgement)],
    [
      'rectify',
      async () => () =>
        loop(officer, 'rectify', { rectifiedHow: ['procedure'], rectification: '已移交', notBackDated: true }),
    ],
    [
      'close',
      async () => {
        // a look at the rectification decides nothing and may be repeated
        await done(loop(manager, 'recheck', { recheckPassed: true }));
        return () => loop(manager, 'close', { closeOpinion: '已核实入库' });
      },
    ],
    [
      'hand over',
      async () => () =>
        keeper.post(`/items/${subjectId}/steps`, {
          verb: 'hand_over',
          occurredAt: at(30),
          facts: { custodian: 11, storeroom: 'centre' },
        }),
    ],
    [
      'dispose',
      async () => () =>
        keeper.post(`/items/${subjectId}/steps`, {
          verb: 'dispose',
          occurredAt: at(10),
          facts: { disposition: 'returned' },
        }),
    ],
    [
      'grant',
      async () => () =>
        security.post('/posts', { personId: 2, unitId: 16, role: 'unit-legal-officer', reason: '任命' }),
    ],
    ['same number', async () => () => receive(desk, '990102000000202611239001', at(60))],
    [
      'same correction',
      async () => {
        const opened = await done(receive(desk, '990102000000202611239002', at(60)));
        alarm = (opened.body as { id: string }).id;
        const seen = await done(desk.get(`/alarms/${alarm}/timeline`));
        arrival = JSON.stringify(seen.body).match(/[0-9a-f-]{36}/)?.[0] ?? '';
        return () =>
          desk.post(`/alarms/${alarm}/steps`, {
            verb: 'receive',
            occurredAt: at(61),
            replaces: arrival,
            reason: '录入有误',
            facts: { topic: '手机被盗' },
          });
      },
    ],
  ];
}

const receive = (desk: Client, number: string, occurredAt: string): Promise<Answer> =>
  desk.post('/alarms', {
    verb: 'receive',
    occurredAt,
    facts: { number, channel: 'call_110', unit: 16, topic: '电动车被盗', place: '北门区文化路12号' },
  });

async function done(answer: Promise<Answer>): Promise<Answer> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return answer;
}

/** A draft of PRO-01 that was tried and signed, so that a third person may put it in force. */
async function enacting(api: TestApi): Promise<() => Promise<Answer>> {
  const shipped = readFileSync(new URL('../../audit-rules/item/PRO-01-hand-over.yml', import.meta.url), 'utf8');
  const text = shipped
    .replace("in_force: { from: '2013-01-01' }", "in_force: { from: '2026-12-01' }")
    .replace('title: {', '# 本局从严\ntitle: {');
  const [drafter, reader, leader] = (await Promise.all(
    ['fazhi', 'fazhizhang', 'lingdao'].map((who) => api.as(who)),
  )) as [Client, Client, Client];
  const draft = await done(drafter.post('/rules/drafts', { text }));
  const path = `/rules/PRO-01/versions/${(draft.body as { version: number }).version}`;
  await done(drafter.post(`${path}/try`, {}));
  await done(reader.post(`${path}/sign`, { remark: '符合规定' }));
  return () => leader.post(`${path}/enact`, { goLive: '2026-12-01', remark: '符合规定' });
}

/** Several units may be sent to one alarm: nothing that one alone wins. */
async function dispatching(api: TestApi): Promise<(n: number) => Promise<Answer>> {
  const desk = await api.as('jiejing');
  const occurredAt = new Date(api.clock.now().getTime() - 60_000).toISOString();
  const { body } = await receive(desk, '990102000000202611239003', occurredAt);
  return () =>
    desk.post(`/alarms/${(body as { id: string }).id}/steps`, { verb: 'dispatch', occurredAt, facts: { unit: 16 } });
}

/** A phone that nobody handed over, and the finding about it. */
async function broken(api: TestApi): Promise<{ id: string; subjectId: string }> {
  const openedAt = new Date(api.clock.now().getTime() - 2 * 86_400_000);
  return inUnitOfWork(
    api.app.runtime,
    system,
    async (uow) => {
      await uow.sql(`INSERT INTO rule (id, code) VALUES (900, 'PRO-01x') ON CONFLICT DO NOTHING`);
      const subjectId = newId(uow.now);
      const facts = { number: 'WH-1', unit: 16, how: 'seized', kind: 'phone', name: '手机', takenBy: 1 };
      await recordSteps(uow, api.app.registry, [
        { type: 'item', subject: subjectId, verb: 'take', occurredAt: openedAt, facts },
      ]);
      const [id = ''] = await raise(uow, api.app.registry, [
        {
          rule: {
            id: 900,
            code: 'PRO-01x',
            versionId: 900,
            version: 1,
            title: { zh: '涉案财物移交保管超时', en: 'Item handed over late' },
            absorbs: [],
          },
          subjectType: 'item',
          subjectId,
          occurrence: noOccurrence,
          unitId: 16,
          personId: 1,
          openedAt,
          dueAt: new Date(openedAt.getTime() + 86_400_000),
          metAt: null,
          verdict: 'overdue',
          severity: 2,
          sentence: { zh: '提取手机1部，截至目前未见入库登记。', en: 'A phone is not in store.' },
          snapshot: { facts: {} },
        },
      ]);
      return { id, subjectId };
    },
    { as: 'engine' },
  );
}
