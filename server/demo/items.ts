import type { CaseTelling } from './case-telling.ts';
import type { Chance } from './chance.ts';
import { type DemoPerson, inventName } from './people.ts';
import { by, type Planted } from './story.ts';
import { endOfDays, hour, minute, plus, second, yearOf } from './time.ts';

interface Kind {
  share: number;
  names: readonly string[];
  measure: string;
  low: number;
  high: number;
}

/** Property of a case: 1.9 items on average, with these shares (domain.md §5.3). */
const kinds: Readonly<Record<string, Kind>> = {
  phone: { share: 31, names: ['华为手机', '小米手机', '苹果手机'], measure: '部', low: 500, high: 6000 },
  cash: { share: 9, names: ['人民币现金'], measure: '元', low: 50, high: 86000 },
  tool: { share: 13, names: ['水果刀', '撬棍', '断线钳', '螺丝刀'], measure: '把', low: 10, high: 200 },
  bicycle: { share: 8, names: ['电动自行车', '自行车'], measure: '辆', low: 800, high: 4000 },
  vehicle: { share: 4, names: ['小型轿车', '轻型货车'], measure: '辆', low: 20000, high: 150000 },
  goods: { share: 8, names: ['香烟', '白酒', '日用百货'], measure: '件', low: 100, high: 3000 },
  drugs: { share: 4, names: ['疑似毒品', '吸食工具'], measure: '克', low: 0, high: 0 },
  electronic: { share: 7, names: ['笔记本电脑', '移动硬盘', '平板电脑'], measure: '台', low: 300, high: 8000 },
  card: { share: 9, names: ['银行卡', '居民身份证'], measure: '张', low: 0, high: 0 },
  jewellery: { share: 2, names: ['金项链', '金戒指'], measure: '件', low: 2000, high: 20000 },
  other: { share: 5, names: ['记账本', '衣物'], measure: '件', low: 0, high: 300 },
};

export function itemsOf(told: CaseTelling, openedAt: Date): void {
  const count = told.chance.at('items').int(0, 4) - (told.chance.at('fewer').yes(0.2) ? 1 : 0);
  for (let i = 0; i < count; i += 1) itemStory(told, openedAt, i);
}

interface ItemTelling {
  told: CaseTelling;
  chance: Chance;
  id: string;
  takenAt: Date;
}

function tell(
  { told, id }: ItemTelling,
  verb: string,
  at: Date,
  facts: Record<string, unknown>,
  author: DemoPerson = told.lead,
  part?: string,
): void {
  told.happenings.push({
    at,
    step: {
      type: 'item',
      subject: id,
      verb,
      occurredAt: at,
      by: by(author),
      facts,
      sourceKey: `demo ${id} ${verb} ${part ?? ''}`,
      ...(part ? { part } : {}),
    },
  });
}

function itemStory(told: CaseTelling, openedAt: Date, i: number): void {
  const chance = told.chance.at(`item ${i}`);
  const early = chance.yes(0.02);
  const takenAt = early ? plus(told.reportedAt, 2 * minute) : plus(openedAt, chance.int(20, 3000) * minute);
  const item: ItemTelling = { told, chance, id: chance.id(takenAt, 'item'), takenAt };
  const kind = chance.weighted(Object.fromEntries(Object.entries(kinds).map(([name, { share }]) => [name, share])));
  const of = kinds[kind];
  if (!of) return;
  const name = chance.pick(of.names);
  const value = of.high > 0 ? chance.int(of.low, of.high) : 0;
  const quantity = kind === 'cash' ? value : kind === 'drugs' ? chance.int(20, 900) / 100 : 1;
  const how = chance.weighted({ seized: 80, accepted: 8, obtained: 6, registered: 6 });
  const inPlace = kind === 'vehicle' && chance.yes(0.4);
  const holder = inventName(chance, 'male');
  const means = chance.weighted({
    soon: 890,
    at: 10,
    over: 10,
    late: 34,
    never: 12,
    remote: 20,
    tests: 12,
    locker: 12,
  });
  const short =
    told.unit.code.slice(0, 6) === '990102'
      ? 'WH'
      : told.unit.code.slice(0, 6) === '990103'
        ? 'LN'
        : told.unit.code.slice(0, 6) === '990181'
          ? 'QY'
          : 'BL';
  tell(item, 'take', takenAt, {
    number: `${short}-涉财-${yearOf(takenAt)}-${told.key.replace(/\D/g, '').slice(-9)}${i}`,
    case: told.id,
    unit: told.unit.id,
    how: inPlace ? 'sealed' : how,
    kind,
    name,
    takenBy: told.lead.id,
    features: `${name},外观完好`,
    quantity,
    measure: of.measure,
    ...(value > 0 ? { value } : {}),
    holder,
    approvedAt: takenAt.toISOString(),
    ...(inPlace ? { inPlace: true } : means === 'remote' ? { remote: true } : {}),
    administrative: !told.criminal,
  });
  list(item);
  const isHeld = !told.criminal && (inPlace || how === 'seized');
  const goneAt = leavesAt(item, isHeld);
  const storedAt = inPlace ? null : handOver(item, means);
  if (storedAt) keep(item, storedAt, quantity, goneAt);
  else decide(item, goneAt);
}

/** PRO-04: a list on the spot (two hours), three copies in a criminal case and two in a public-order case, signed. */
function list(item: ItemTelling): void {
  const { told, chance, takenAt } = item;
  const copies = told.criminal ? 3 : 2;
  const how = chance.weighted({ right: 938, refused: 25, at: 6, over: 6, copies: 8, unsigned: 9, none: 8 });
  const listedAt =
    how === 'at'
      ? plus(takenAt, 2 * hour)
      : how === 'over'
        ? plus(takenAt, 2 * hour + second)
        : plus(takenAt, chance.int(1, 9) * minute);
  if (how !== 'none') {
    tell(item, 'list', listedAt, {
      listNumber: `清单${told.key.replace(/\D/g, '').slice(-6)}`,
      listCopies: how === 'copies' ? 1 : copies,
      ...(how === 'unsigned' ? {} : how === 'refused' ? { holderRefused: true } : { signedByHolder: true }),
      witness: inventName(chance, 'female'),
    });
  }
  const wrong = how === 'copies' || how === 'unsigned' || how === 'none';
  told.planted.push({
    rule: 'PRO-04',
    subject: item.id,
    opened: takenAt,
    due: plus(takenAt, 2 * hour),
    ...(wrong ? {} : { met: listedAt }),
  });
}

/** PRO-01: with the custodian within 24 hours of the taking, of the return to the unit or of approved tests; PRO-03. */
function handOver(item: ItemTelling, how: string): Date | null {
  const { told, chance, takenAt } = item;
  const custodian = told.city.withRole('custodian', told.unit);
  const opened =
    how === 'remote'
      ? plus(takenAt, chance.int(10, 40) * hour)
      : how === 'tests'
        ? plus(takenAt, chance.int(12, 30) * hour)
        : takenAt;
  if (how === 'remote') tell(item, 'return_to_unit', opened, {});
  if (how === 'tests') tell(item, 'test', opened, { testApprovedAt: plus(takenAt, hour).toISOString() });
  const due = plus(opened, 24 * hour);
  // Until the tests end the term runs from the taking; taken elsewhere, none runs before the return.
  if (how === 'tests')
    told.planted.push({
      rule: 'PRO-01',
      subject: item.id,
      opened: takenAt,
      due: plus(takenAt, 24 * hour),
      gone: opened,
    });
  const since = how === 'tests' ? { since: opened } : {};
  if (how === 'never') {
    told.planted.push({ rule: 'PRO-01', subject: item.id, opened, due });
    return null;
  }
  const at =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, chance.int(60, 3000) * minute)
          : plus(opened, chance.int(60, 1300) * minute);
  told.planted.push({ rule: 'PRO-01', subject: item.id, opened, due, met: at, ...since });
  const keeping = chance.weighted({ right: 975, case_office: 10, by_officer: 15 });
  const keeper = keeping === 'by_officer' ? told.lead : custodian;
  const storeroom =
    keeping === 'case_office'
      ? 'case_office'
      : how === 'locker'
        ? 'locker'
        : chance.weighted({ centre: 70, unit_store: 30 });
  tell(
    item,
    'hand_over',
    at,
    {
      custodian: keeper.id,
      storeroom,
      shelf: `${chance.pick(['A', 'B', 'C'])}-${chance.int(1, 12)}-${chance.int(1, 40)}`,
    },
    keeper,
  );
  told.planted.push({
    rule: 'PRO-03',
    subject: item.id,
    opened: at,
    due: at,
    ...(keeping === 'right' ? { met: at } : {}),
  });
  return at;
}

/**
 * When it goes again; PRO-06: an administrative seizure ends after thirty days, or thirty more with the county's
 * approval. What is no seizure goes when the case no longer needs it.
 */
function leavesAt(item: ItemTelling, isHeld: boolean): Date | null {
  const { told, chance, takenAt } = item;
  if (!isHeld) return chance.yes(0.55) ? plus(takenAt, chance.int(15 * 24, 50 * 24) * hour) : null;
  const how = chance.weighted({ soon: 720, extended: 240, at: 6, over: 6, late: 16, never: 12 });
  const first = endOfDays(takenAt, 30);
  const decidedAt =
    how === 'soon'
      ? plus(takenAt, chance.int(6 * 24, 28 * 24) * hour)
      : how === 'extended'
        ? plus(takenAt, chance.int(32 * 24, 57 * 24) * hour)
        : how === 'at'
          ? first
          : how === 'over'
            ? plus(first, second)
            : plus(first, chance.int(10, 400) * hour);
  const met = how === 'never' ? {} : { met: decidedAt };
  const duty: Planted = { rule: 'PRO-06', subject: item.id, opened: takenAt, due: first, ...met };
  if (how === 'extended') {
    const approvedAt = plus(takenAt, chance.int(20, 28) * 24 * hour);
    tell(
      item,
      'extend',
      approvedAt,
      { level: 'county', days: 30, number: `延${told.key.replace(/\D/g, '').slice(-5)}` },
      told.co,
      chance.id(approvedAt, 'extension'),
    );
    told.planted.push({ ...duty, gone: approvedAt }, { ...duty, due: endOfDays(takenAt, 60), since: approvedAt });
  } else told.planted.push(duty);
  return how === 'never' ? null : plus(decidedAt, 2 * hour);
}

/** Stored, sometimes lent, and after the decision returned, transferred, confiscated or destroyed. */
function keep(item: ItemTelling, storedAt: Date, quantity: number, goneAt: Date | null): void {
  const { chance, told } = item;
  const custodian = told.city.withRole('custodian', told.unit);
  const move = (kind: string, at: Date, extra: Record<string, unknown> = {}) =>
    tell(item, 'move', at, { kind, quantity, by: custodian.id, ...extra }, custodian, chance.id(at, `move ${kind}`));
  move('store', plus(storedAt, minute));
  const lentAt = plus(storedAt, chance.int(1, 3) * 24 * hour);
  if (chance.yes(0.12) && (!goneAt || plus(lentAt, 92 * hour) < goneAt)) {
    move('lend', lentAt, { receiver: told.lead.id, dueBackAt: plus(lentAt, 72 * hour).toISOString() });
    if (goneAt || chance.yes(0.9)) move('bring_back', plus(lentAt, chance.int(10, 90) * hour));
  }
  if (!goneAt || goneAt <= plus(storedAt, hour)) {
    decide(item, goneAt);
    return;
  }
  const disposition = chance.weighted({ returned: 40, transferred: 26, confiscated: 18, destroyed: 12 });
  decide(item, goneAt, disposition);
  move(
    { returned: 'hand_back', transferred: 'transfer', confiscated: 'treasury', destroyed: 'destroy' }[disposition],
    goneAt,
  );
  tell(item, 'dispose', plus(goneAt, minute), { disposition }, custodian);
}

function decide(item: ItemTelling, goneAt: Date | null, disposition = 'returned'): void {
  if (goneAt) tell(item, 'decide', plus(goneAt, -2 * hour), { disposition });
}
