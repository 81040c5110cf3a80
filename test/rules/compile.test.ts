import { expect } from 'chai';
import { judgeContext } from '../../server/rules/judge-explain.ts';
import { loadSubjects } from '../../server/rules/judge-facts.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { compiled } from './rule-text.ts';
import { late, twice } from './twice.ts';
import { insertGiven, instantOf, populate, registry, Undo, undone } from './world.ts';

describe('A compiled rule', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(populate);
  });
  after(() => db.drop());
  const { holds } = twice(() => db);

  it('holds hostile texts as what they are', async () => {
    for (const text of [
      "'; DROP TABLE alarm; --",
      "o'brien",
      "''",
      '\\',
      "\\'",
      '\\\\',
      '"',
      '$1',
      '$$',
      '%s',
      '/*',
      "E'\\x",
      '\n',
      '文',
      '\u{1f600}',
      "') OR true --",
    ]) {
      const cel = `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
      expect(
        await holds(`alarm.topic == ${cel} && alarm.place in [${cel}, "x"]`, { topic: text, place: text }),
        text,
      ).to.equal(true);
      expect(await holds(`alarm.topic == ${cel}`, { topic: `${text}x` }), text).to.equal(false);
    }
    const [row] = await db.database.transaction((tx) => tx.sql<{ n: number }>('SELECT count(*) AS n FROM alarm'));
    expect(row?.n).to.equal(0);
  });

  it('is the same text each time', () => {
    const keys = {
      when: '"alarm.dispatches.exists(d, d.officers.exists(o, o.unit.name == alarm.unit.name) && d.recordings.size() > 1)"',
      needs: '[roster, bank]',
    };
    expect(compiled(keys).sql).to.equal(compiled(keys).sql);
    expect(compiled(keys).countSql).to.equal(compiled(keys).countSql);
  });

  it('tells everything that it reads', () => {
    const rule = compiled({
      each: 'd in alarm.dispatches',
      opens: 'd.sentAt',
      met: 'earliest(d.recordings.map(r, r.startedAt))',
      owes: 'd.officer',
      when: '"d.officer.qualified && alarm.case.lead.unit.area == null && alarm.case.items.exists(i, i.value > 1)"',
    });
    expect(rule.reads).to.deep.equal([
      'alarm.case',
      'alarm.unit',
      'alarm_dispatch.id',
      'alarm_dispatch.officer',
      'alarm_dispatch.sentAt',
      'case.lead',
      'item.case',
      'item.value',
      'link.1',
      'person.kind',
      'person.qualification',
      'person.unit',
      'recording.startedAt',
      'unit.area',
    ]);
  });

  it('knows the way back from what it looks at two subjects away', () => {
    const rule = (when: string) =>
      compiled({ subject: 'item', opens: 'item.takenAt', met: 'item.handedOverAt', when: `"${when}"` });
    expect(rule('item.case.alarms.exists(a, a.complex)').reaches).to.deep.equal([
      {
        type: 'case',
        sql: 'SELECT DISTINCT s.id FROM "item" s WHERE s."case_id" = ANY($1::uuid[])',
      },
    ]);
    expect(
      rule('item.case.alarms.exists(a, a.dispatches.exists(d, d.recordings.size() > 0))').reaches.map(
        ({ type }) => type,
      ),
    ).to.deep.equal(['alarm', 'case']);
    expect(rule('item.case.measures.exists(m, m.urgent) && item.case.lead.unit.area == null').reaches).to.deep.equal(
      [],
    );
  });

  it('inlines the calendar and finds one subject by its index', async () => {
    await db.database.transaction(async (tx) => {
      const plan = async (sql: string, values: unknown[]) =>
        (await tx.sql<{ 'QUERY PLAN': string }>(`EXPLAIN (VERBOSE) ${sql}`, values))
          .map((row) => row['QUERY PLAN'])
          .join('\n');
      const rule = compiled({
        subject: 'case',
        opens: 'case.filedAt',
        met: 'case.decidedAt',
        within: '30d',
        rolls: 'false',
      });
      const batch = await plan(rule.brokenSql, [new Date(0)]);
      expect(batch).to.not.contain('end_of(').and.not.contain('local_day(');
      await tx.sql('SET LOCAL enable_seqscan = off');
      expect(await plan(rule.sql, [['00000000-0000-7000-8000-000000000001'], new Date(0)])).to.match(
        /Index (Only )?Scan using case_pkey/,
      );
    });
  });

  describe('says', () => {
    const sentence = async (
      zh: string,
      en: string,
      given: Record<string, unknown>,
      now = late,
    ): Promise<{ zh: string; en: string }> => {
      const rule = compiled({
        says: `\n  zh: '${zh}'\n  en: '${en}'`,
        warn: '2h',
        params: '{ limit: 8m, share: 0.95 }',
      });
      let text = { zh: '', en: '' };
      await undone(
        db.database.transaction(async (tx) => {
          await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
          const id = await insertGiven(tx, 'alarm', given);
          const [subject] = await loadSubjects(tx, registry, 'alarm', [id]);
          for (const { name, values } of rule.params)
            for (const { key, amount } of values)
              await tx.sql('INSERT INTO rule_param (rule_code, name, key, amount) VALUES ($1, $2, $3, $4)', [
                rule.code,
                name,
                key,
                amount,
              ]);
          const context = await judgeContext(tx, [{ rule }] as never, instantOf(now));
          text = rule.sentence(subject!, rule.judge(subject!, context)[0]!, context);
          throw new Undo();
        }),
      );
      return text;
    };

    it('instants, durations, options, people and limits in the official style', async () => {
      const said = await sentence(
        '{alarm.unit}{alarm.receivedAt}接报，{alarm.handledAt}处置，用时{met - opens}，超过{over}，等级{alarm.priority}，{alarm.receivedBy}，{params.limit}，{params.share}，{alarm.complex}{alarm.topic}',
        '{alarm.unit}: received {alarm.receivedAt}, handled {met}, {met - opens}, {over} late, {alarm.priority}, {params.limit}',
        {
          receivedAt: '2026-03-02 08:02',
          handledAt: '2026-03-03 09:17:30',
          priority: 'urgent',
          receivedBy: 'police-1',
          complex: true,
        },
        '2026-04-01 00:00',
      );
      expect(said.zh).to.equal(
        '北门派出所3月2日08时02分接报，3月3日09时17分处置，用时1天1小时，超过1小时15分钟，等级紧急，police-1，8分钟，95%，是',
      );
      expect(said.en).to.equal(
        '北门派出所: received 2 Mar 2026 08:02, handled 3 Mar 2026 09:17, 1 d 1 h, 1 h 15 min late, Urgent, 8 min',
      );
    });

    it('a date once, the year where it is another, and nothing for what is missing', async () => {
      const said = await sentence(
        '{opens}至{due}，办结{met}，超过{over}',
        '{opens}',
        { receivedAt: '2025-12-31 08:00' },
        '2026-01-01 08:00:42',
      );
      expect(said.zh).to.equal('2025年12月31日08时00分至1月1日08时00分，办结，超过42秒');
      const same = await sentence(
        '{alarm.receivedAt}、{alarm.reportedAt}',
        'a',
        { receivedAt: '2026-03-02 08:00', reportedAt: '2026-03-02 08:03' },
        '2026-03-09 00:00',
      );
      expect(same.zh).to.equal('3月2日08时00分、08时03分');
    });
  });
});
