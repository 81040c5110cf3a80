import type { Text } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import { scopeOf } from '../subjects/guard.ts';
import { columnOf, type Registry, type Table, tableOf } from '../subjects/registry.ts';

/** A record of the chain. What the actor may not open is left out, as if it were not there. */
export interface ChainNode {
  type: string;
  id: string;
  number: string | null;
  title: string | null;
  at: Date | null;
  unit: string | null;
  state: string | null;
}

/** What should be there and is not: a duty that is overdue, and who owes it. */
export interface ChainHole {
  type: string;
  /** The record that owes it. */
  ownerType: string;
  ownerId: string;
  rule: string;
  title: Text;
  sentence: Text | null;
  unit: string | null;
  person: string | null;
  dueAt: Date | null;
  verdict: string;
  findingId: string | null;
}

export interface Chain {
  nodes: ChainNode[];
  holes: ChainHole[];
}

/** At most so many records of one kind: a chain is looked at, not searched. */
const mostOfAKind = 40;
const order = ['alarm', 'case', 'item', 'shift', 'recording'] as const;
type Kind = (typeof order)[number];
type Ids = Record<Kind, Set<string>>;

/**
 * What is missing where a duty is overdue, and in which column its dashed box stands. A broken duty that leaves nothing
 * missing (one officer instead of two) is a finding and no hole; what another duty absorbs (ALM-06, ALM-10) is its hole.
 */
const missing: Readonly<Record<string, readonly [column: Kind, zh: string, en: string]>> = {
  'ALM-02': ['alarm', '派警和报告记录', 'dispatch and report'],
  'ALM-03': ['alarm', '到场记录', 'arrival'],
  'ALM-04a': ['alarm', '处警反馈', 'feedback'],
  'ALM-04b': ['alarm', '最终处置结果', 'final result'],
  'ALM-05': ['alarm', '接报案登记、材料或者回执', 'registration, materials or receipt'],
  'ALM-07': ['alarm', '移送管辖和告知记录', 'transfer and notice of it'],
  'ALM-08': ['alarm', '告知报案人记录', 'notice to the reporter'],
  'ALM-09': ['case', '受(立)案或者不受(立)案理由', 'case, or the reason for none'],
  'ALM-11a': ['alarm', '告诫书或者不出具的理由', 'admonition, or the reason for none'],
  'ALM-11b': ['alarm', '受害人伤情登记', 'injury of the victim'],
  'CAS-01': ['case', '受(立)案决定', 'decision to accept'],
  'CAS-02': ['case', '立案或者不予立案决定', 'decision to file or not'],
  'CAS-08': ['case', '案件处理决定', 'decision of the case'],
  'PRO-01': ['item', '涉案财物移交保管登记', 'hand-over to the custodian'],
  'PRO-02': ['item', '法律文书送交登记', 'papers with the custodian'],
  'PRO-04': ['item', '财物清单', 'list of the property'],
  'PRO-06': ['item', '财物处理决定', 'decision about the property'],
  'PRO-05a': ['item', '当场扣押补办审批', 'late approval of the seizure'],
  'PRO-05b': ['recording', '当场扣押全程音视频', 'recording of the seizure'],
  'PRO-07': ['item', '先行登记保存处理决定', 'decision about the registered evidence'],
  'PRO-08a': ['item', '解除、退还记录', 'release and return'],
  'PRO-08b': ['item', '解除、退还记录', 'release and return'],
  'PRO-09b': ['item', '归还入库记录', 'return to the store'],
  'PRO-10': ['item', '银行缴款凭证', 'deposit slip'],
  'PRO-11a': ['item', '随案处理决定', 'decision with the case'],
  'PRO-11b': ['item', '随案移送清单或者处理决定', 'transfer list or decision'],
  'PRO-12a': ['item', '拍照或者鉴定估价', 'photographs or appraisal'],
  'PRO-13a': ['item', '处置登记', 'disposal'],
  'PRO-13b': ['item', '由暂存柜转入保管场所记录', 'storing out of the locker'],
  'PRO-13c': ['item', '移交专门保管记录', 'hand-over to the special store'],
  'BWC-01': ['recording', '现场执法音视频', 'recording of the scene'],
  'BWC-02': ['recording', '完整的现场执法音视频', 'unbroken recording of the scene'],
  'BWC-03': ['recording', '执勤期间设备在线记录', 'device online on duty'],
  'BWC-04': ['recording', '音视频按时入库记录', 'upload of the recording'],
  'BWC-06': ['recording', '永久保存锁定', 'lock for ever'],
};

/**
 * The chain alarm → case → property → recordings around one record, derived and never stored: case of an alarm, alarms
 * and items of a case, items taken at an alarm, recordings linked to dispatches, acts and shifts, and the holes: what is overdue and owed by whom.
 */
export async function readChain(
  uow: UnitOfWork,
  registry: Registry,
  start: { type: string; id: string },
): Promise<Chain> {
  const ids: Ids = { alarm: new Set(), case: new Set(), item: new Set(), shift: new Set(), recording: new Set() };
  if (!isKind(start.type)) return { nodes: [], holes: [] };
  ids[start.type].add(start.id);
  await fromRecording(uow, registry, start, ids);
  await around(uow, ids);
  await recordings(uow, registry, ids);
  const nodes = await nodesOf(uow, registry, ids);
  const seen = new Set(nodes.map((node) => node.id));
  return { nodes, holes: await holesOf(uow, registry, [...seen]) };
}

const isKind = (type: string): type is Kind => (order as readonly string[]).includes(type);

/** From a recording back to the alarms, cases and shifts that it covers. */
async function fromRecording(
  uow: UnitOfWork,
  registry: Registry,
  start: { type: string; id: string },
  ids: Ids,
): Promise<void> {
  if (start.type !== 'recording') return;
  for (const { own, relation, theirs } of registry.overlaps) {
    if (theirs.type.name !== 'recording' || !isKind(own.type.name)) continue;
    const rows = await uow.sql<{ id: string }>(
      `SELECT DISTINCT o.${quote(own.key)} AS id FROM link l JOIN ${quote(own.name)} o ON o.id = l.own_id WHERE l.relation = $1 AND l.their_id = $2 LIMIT ${mostOfAKind}`,
      [relation.code, start.id],
    );
    for (const row of rows) ids[own.type.name].add(row.id);
  }
}

/** Alarm ↔ case ↔ item, both ways. */
async function around(uow: UnitOfWork, ids: Ids): Promise<void> {
  const add = (kind: Kind, rows: { id: string | null }[]): void => {
    for (const row of rows) if (row.id && ids[kind].size < mostOfAKind) ids[kind].add(row.id);
  };
  add(
    'case',
    await uow.sql(
      `SELECT case_id AS id FROM alarm WHERE id = ANY($1::uuid[]) UNION SELECT case_id FROM item WHERE id = ANY($2::uuid[])
       UNION SELECT a.case_id FROM item i JOIN alarm a ON a.id = i.alarm_id WHERE i.id = ANY($2::uuid[])`,
      [[...ids.alarm], [...ids.item]],
      { name: 'chain cases' },
    ),
  );
  add(
    'alarm',
    await uow.sql(
      `SELECT id FROM alarm WHERE case_id = ANY($1::uuid[]) UNION SELECT alarm_id FROM item WHERE id = ANY($2::uuid[]) LIMIT ${mostOfAKind}`,
      [[...ids.case], [...ids.item]],
      { name: 'chain alarms' },
    ),
  );
  add(
    'item',
    await uow.sql(
      `SELECT id FROM item WHERE case_id = ANY($1::uuid[]) OR alarm_id = ANY($2::uuid[]) ORDER BY taken_at LIMIT ${mostOfAKind}`,
      [[...ids.case], [...ids.alarm]],
      { name: 'chain items' },
    ),
  );
}

/** Recordings linked to dispatches, acts and shifts of the chain. */
async function recordings(uow: UnitOfWork, registry: Registry, ids: Ids): Promise<void> {
  for (const { own, relation, theirs } of registry.overlaps) {
    const kind = own.type.name;
    if (theirs.type.name !== 'recording' || !isKind(kind) || ids[kind].size === 0) continue;
    const rows = await uow.sql<{ id: string }>(
      `SELECT DISTINCT l.their_id AS id FROM ${quote(own.name)} o JOIN link l ON l.own_id = o.id AND l.relation = $1 WHERE o.${quote(own.key)} = ANY($2::uuid[]) LIMIT ${mostOfAKind}`,
      [relation.code, [...ids[kind]]],
    );
    for (const row of rows) ids.recording.add(row.id);
  }
}

/** Facts that say how far a record is, most advanced first. */
const stages: Partial<Record<Kind, readonly string[]>> = {
  alarm: ['disposition'],
  case: ['closure', 'decision'],
  item: ['disposition', 'storeroom', 'how'],
  shift: ['kind'],
  recording: ['source'],
};

async function nodesOf(uow: UnitOfWork, registry: Registry, ids: Ids): Promise<ChainNode[]> {
  const nodes: ChainNode[] = [];
  for (const kind of order) {
    const type = registry.find(kind);
    if (!type || ids[kind].size === 0) continue;
    const table = tableOf(type);
    const scope = scopeOf(uow.actor, `${kind}.read`, type, 'r', 1);
    const shown = (stages[kind] ?? []).filter((name) => name in type.facts);
    const title = type.title && !type.facts[type.title]?.mask ? `r.${column(table, type.title)}` : 'NULL';
    const rows = await uow.sql<Record<string, unknown> & { id: string }>(
      `SELECT r.id, r.${column(table, type.number)} AS number, ${title} AS title, r.${column(table, type.dated)} AS at, u.short AS unit
              ${shown.map((name) => `, r.${column(table, name)} AS ${quote(`stage ${name}`)}`).join('')}
       FROM ${quote(table.name)} r LEFT JOIN unit u ON u.id = r.${column(table, type.unit)}
       WHERE r.id = ANY($1::uuid[]) AND ${scope.text} ORDER BY r.${column(table, type.dated)}, r.id LIMIT ${mostOfAKind}`,
      [[...ids[kind]], ...scope.values],
    );
    nodes.push(
      ...rows.map((row): ChainNode => {
        const stage = shown.find((name) => row[`stage ${name}`] != null);
        const code = stage ? String(row[`stage ${stage}`]) : null;
        return {
          type: kind,
          id: row.id,
          number: row['number'] as string | null,
          title: row['title'] as string | null,
          at: row['at'] as Date | null,
          unit: row['unit'] as string | null,
          state: stage && code ? (type.facts[stage]?.options?.[code]?.zh ?? code) : null,
        };
      }),
    );
  }
  return nodes;
}

function column(table: Table, name: string): string {
  const fact = table.facts[name];
  if (!fact) throw new Error(`${table.name} has no fact ${name}`);
  return quote(columnOf(name, fact));
}

const verdictWords = ['', 'pending', 'met', 'late', 'overdue', 'excused', 'unknown'] as const;

/** Overdue duties of the records that are seen; with the finding's own sentence where there is one. */
async function holesOf(uow: UnitOfWork, registry: Registry, ids: readonly string[]): Promise<ChainHole[]> {
  const finding = registry.find('finding');
  if (ids.length === 0 || !finding) return [];
  const scope = scopeOf(uow.actor, 'finding.read', finding, 'f', 2);
  const rows = await uow.sql<{
    code: string;
    subject_type: number;
    subject_id: string;
    due_at: Date | null;
    verdict: number;
    unit: string | null;
    person: string | null;
    finding: string | null;
    sentence: string | null;
    sentence_en: string | null;
  }>(
    `SELECT r.code, o.subject_type, o.subject_id, o.due_at, o.verdict, u.short AS unit, p.name AS person, f.id AS finding, f.sentence, f.sentence_en
     FROM obligation o JOIN rule r ON r.id = o.rule_id
     LEFT JOIN unit u ON u.id = o.unit_id LEFT JOIN person p ON p.id = o.person_id
     LEFT JOIN finding f ON f.rule_id = o.rule_id AND f.subject_id = o.subject_id AND f.occurrence = o.occurrence AND ${scope.text}
     WHERE o.subject_id = ANY($1::uuid[]) AND o.verdict = 4 AND NOT o.trial AND r.code = ANY($2::text[]) ORDER BY o.due_at, r.code LIMIT 60`,
    [ids, Object.keys(missing), ...scope.values],
  );
  return rows.flatMap((row): ChainHole[] => {
    const piece = missing[row.code];
    if (!piece) return [];
    const [type, zh, en] = piece;
    return [
      {
        type,
        ownerType: registry.coded(row.subject_type).name,
        ownerId: row.subject_id,
        rule: row.code,
        title: { zh, en },
        sentence: row.sentence === null ? null : { zh: row.sentence, en: row.sentence_en ?? row.sentence },
        unit: row.unit,
        person: row.person,
        dueAt: row.due_at,
        verdict: verdictWords[row.verdict] ?? 'unknown',
        findingId: row.finding,
      },
    ];
  });
}
