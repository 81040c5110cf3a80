import { openEngine, openRuntime } from '../../server/engine.ts';
import { finding, type Verb } from '../../server/findings/finding.ts';
import { type Loaded, loadFinding, perform } from '../../server/findings/loop.ts';
import { type Broken, raise } from '../../server/findings/raise.ts';
import { settableClock } from '../../server/kernel/clock.ts';
import { Problem } from '../../server/kernel/errors.ts';
import { newId, noOccurrence } from '../../server/kernel/id.ts';
import { withClient } from '../../server/kernel/roles.ts';
import {
  type Actor,
  inUnitOfWork,
  type LedgerEntry,
  type Runtime,
  type UnitOfWork,
} from '../../server/kernel/unit-of-work.ts';
import { settleWith } from '../../server/rules/judge.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { Registry } from '../../server/subjects/registry.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

export const registry = new Registry([...subjectTypes, finding]);

/** A station below a branch with its legal office, a second branch, and the city's office. */
const units = [
  [1, '990100000000', '澜川市公安局', '澜公', 'city', null],
  [2, '990100310000', '澜川市公安局法制支队', '市法制', 'legal', 1],
  [10, '990102000000', '望河分局', '望公', 'bureau', 1],
  [11, '990102220100', '望河分局法制大队', '望法制', 'legal', 10],
  [16, '990102510000', '北门派出所', '北门所', 'station', 10],
  [20, '990103000000', '澜南分局', '南公', 'bureau', 1],
  [21, '990103220100', '澜南分局法制大队', '南法制', 'legal', 20],
] as const;

const people = {
  officer: [1, '张建国', 16, 'responding-officer'],
  other: [2, '李明', 16, 'responding-officer'],
  legalOfficer: [3, '王芳', 16, 'unit-legal-officer'],
  head: [4, '赵刚', 16, 'unit-head'],
  manager: [5, '陈静', 11, 'case-management-officer'],
  reviewer: [6, '刘伟', 11, 'legal-reviewer'],
  second: [7, '杨帆', 11, 'legal-reviewer'],
  legalHead: [8, '黄磊', 11, 'legal-head'],
  elsewhere: [9, '周敏', 21, 'legal-reviewer'],
  city: [12, '吴强', 2, 'legal-reviewer'],
  inspector: [13, '郑爽', 10, 'inspector'],
  leader: [14, '孙勇', 10, 'bureau-leader'],
} as const;

export type Name = keyof typeof people;
export const idOf = (name: Name): number => people[name][0];

const unitNames = new Map<number, string>(units.map(([id, , name]) => [id, name]));
export const actorOf = (name: Name): Actor => {
  const [personId, person, unitId, role] = people[name];
  return { personId, name: person, unitId, unitName: unitNames.get(unitId) ?? '', role, roles: [role], reach: 'all' };
};
export const system: Actor = {
  personId: null,
  name: '系统',
  unitId: null,
  unitName: '',
  role: 'system',
  roles: ['system'],
};

export interface World {
  db: TestDatabase;
  runtime: Runtime;
  clock: ReturnType<typeof settableClock>;
  /** Subjects told to be judged, ledger actions told, since the last `forget`. */
  changed: string[];
  ledger: LedgerEntry[];
  /** An item taken by `officer`, whose duty of rule 1 to hand it over within 24 hours is broken. */
  item(): Promise<string>;
  hit(more?: Partial<Broken>): Promise<string>;
  act(who: Name, id: string, verb: Verb, facts?: Record<string, unknown>): Promise<Loaded>;
  refused(work: Promise<unknown>): Promise<Problem>;
  as<T>(actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T>;
  read(id: string): Promise<Loaded>;
  rows<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Monday morning in the bureau's zone. */
export const start = '2026-11-23T01:00:00Z';

/** `engine`: what is recorded is judged by the shipped rules; else settling only remembers what changed. */
export async function openWorld(options: { engine?: boolean } = {}): Promise<World> {
  const db = await testDatabase();
  await withClient(db.superUrl, async (client) => {
    for (const [id, code, name, short, kind, parent] of units) {
      await client.query(
        'INSERT INTO unit (id, code, name, short, kind, parent_id, path) VALUES ($1::int, $2, $3, $4, $5, $6, coalesce((SELECT path FROM unit WHERE id = $6), $7) || $1::int)',
        [id, code, name, short, kind, parent, []],
      );
    }
    for (const [id, name, unit, role] of Object.values(people)) {
      await client.query(
        `INSERT INTO person (id, number, name, kind, qualification, unit_id) VALUES ($1, $2, $3, 'police', 'basic', $4)`,
        [id, `99${1000 + id}`, name, unit],
      );
      await client.query(`INSERT INTO post (person_id, unit_id, role, from_at) VALUES ($1, $2, $3, '2020-01-01')`, [
        id,
        unit,
        role,
      ]);
    }
    if (options.engine) return;
    await client.query(`INSERT INTO rule (id, code) VALUES (1, 'PRO-03'), (2, 'BWC-01'), (3, 'BWC-02')`);
    await client.query(
      `INSERT INTO rule_version (id, rule_id, version, state, text, sql) VALUES (1, 1, 1, 'enacted', '', ''), (2, 2, 1, 'enacted', '', ''), (3, 3, 1, 'enacted', '', '')`,
    );
  });
  const clock = settableClock(start);
  const world: Pick<World, 'changed' | 'ledger'> = { changed: [], ledger: [] };
  const runtime: Runtime = {
    database: db.database,
    clock,
    settle: async (_uow, changes) => {
      world.changed.push(...changes.map((change) => `${change.type} ${change.id}`));
    },
    append: async (_uow, entries) => {
      world.ledger.push(...entries);
    },
  };
  if (options.engine) {
    await openRuntime(db.database, registry, { clock, demonstration: true });
    await withClient(db.superUrl, (client) => client.query(`UPDATE rule_version SET state = 'enacted'`));
    runtime.settle = settleWith(await openEngine(db.database, registry));
  }
  const as: World['as'] = (actor, work) =>
    inUnitOfWork(runtime, actor, work, actor.role === 'system' ? { as: 'engine' } : {});
  let serial = 0;
  const item = async () => {
    serial += 1;
    const id = newId(clock.now());
    await as(actorOf('officer'), (uow) =>
      recordSteps(uow, registry, [
        {
          type: 'item',
          subject: id,
          verb: 'take',
          occurredAt: new Date(clock.now().getTime() - 86_400_000 * 2),
          facts: { number: `WH-涉财-2026-${serial}`, unit: 16, how: 'seized', kind: 'phone', name: '手机', takenBy: 1 },
        },
      ]),
    );
    return id;
  };
  return {
    ...world,
    db,
    runtime,
    clock,
    as,
    item,
    hit: async (more = {}) => {
      const subjectId = more.subjectId ?? (await item());
      const due = new Date(clock.now().getTime() - 86_400_000);
      const [id] = await as(system, (uow) =>
        raise(uow, registry, [
          {
            rule: {
              id: 1,
              code: 'PRO-03',
              versionId: 1,
              version: 1,
              title: { zh: '涉案财物未按时移交', en: 'Property not handed over in time' },
              absorbs: [],
            },
            subjectType: 'item',
            subjectId,
            occurrence: noOccurrence,
            unitId: 16,
            personId: 1,
            openedAt: new Date(due.getTime() - 86_400_000),
            dueAt: due,
            metAt: null,
            verdict: 'overdue',
            severity: 2,
            sentence: { zh: '提取手机1部，截至目前未见入库登记。', en: 'A phone is not in store.' },
            snapshot: {},
            ...more,
          },
        ]),
      );
      return id ?? '';
    },
    act: (who, id, verb, facts = {}) => as(actorOf(who), (uow) => perform(uow, registry, { id, verb, facts })),
    refused: async (work) => {
      try {
        await work;
      } catch (error) {
        if (error instanceof Problem) return error;
        throw error;
      }
      throw new Error('was not refused');
    },
    read: (id) => as(system, (uow) => loadFinding(uow, id)),
    rows: (text, values = []) => as(system, (uow) => uow.sql(text, values)),
  };
}

/** The way to a station, by the people whose turn it is. */
export async function lead(world: World, id: string, to: string): Promise<void> {
  const way: [string, Name, Verb, Record<string, unknown>?][] = [
    ['screened', 'manager', 'screen', { screening: 'suspected', screenOpinion: '经核查，未见入库' }],
    ['issued', 'manager', 'issue'],
    ['explaining', 'legalOfficer', 'acknowledge'],
    ['named', 'head', 'assign', { person: idOf('officer') }],
    [
      'explained',
      'officer',
      'explain',
      { explanationReason: 'oversight', explanation: '当日连续处警，疏忽未及时移交。' },
    ],
    ['judging', 'head', 'sign_off', { signOffOpinion: '情况属实' }],
    [
      'rectifying',
      'reviewer',
      'judge',
      { verdict: 'confirmed', opinion: '超过二十四小时未移交，问题成立', rectifyHow: ['procedure'] },
    ],
    [
      'rechecking',
      'officer',
      'rectify',
      { rectifiedHow: ['procedure'], rectification: '已移交管理员', notBackDated: true },
    ],
    ['rechecked', 'manager', 'recheck', { recheckPassed: true }],
    ['closed', 'manager', 'close', { closeOpinion: '已核实入库' }],
  ];
  for (const [station, who, verb, facts] of way) {
    await world.act(who, id, verb, facts);
    if (station === to) return;
  }
  throw new Error(`no station ${to}`);
}
