import type { CaseTelling } from './case-telling.ts';
import { handOver, keep } from './item-custody.ts';
import { approveEnterprise, type EnterpriseManner, enterpriseManner, isOriginal, keepProperly } from './item-duties.ts';
import { endTerm } from './item-ending.ts';
import { oweApproval, sceneOfficer, seizeOnScene, seizureOf } from './item-seizures.ts';
import { type ItemTelling, tellItem } from './item-telling.ts';
import { type DemoPerson, inventName } from './people.ts';
import { firstOf, hour, minute, plus, second, yearOf } from './time.ts';

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

function itemStory(told: CaseTelling, openedAt: Date, i: number): void {
  const chance = told.chance.at(`item ${i}`);
  const early = chance.yes(0.02);
  const usual = early ? plus(told.reportedAt, 2 * minute) : plus(openedAt, chance.int(20, 3000) * minute);
  const kind = chance.weighted(Object.fromEntries(Object.entries(kinds).map(([name, { share }]) => [name, share])));
  const of = kinds[kind];
  if (!of) return;
  const name = chance.pick(of.names);
  const value = of.high > 0 ? chance.int(of.low, of.high) : 0;
  const taken = chance.weighted({ seized: 80, accepted: 8, obtained: 6, registered: 6 });
  const inPlace = kind === 'vehicle' && chance.yes(0.4);
  const holder = inventName(chance, 'male');
  const means = chance.weighted({
    soon: 880,
    at: 10,
    over: 10,
    late: 34,
    never: 12,
    remote: 20,
    tests: 12,
    locker: 22,
  });
  // The first report of a station's day may begin with a seizure on the scene: two never fall into one hour there.
  const isFirst = !told.criminal && i === 0 && !inPlace && told.serial === 1;
  const officer = isFirst ? sceneOfficer({ told }) : null;
  const takenAt = officer ? plus(told.reportedAt, minute) : usual;
  const item: ItemTelling = {
    told,
    chance,
    id: chance.id(takenAt, 'item'),
    kind,
    how: officer ? 'seized' : inPlace ? 'sealed' : taken,
    inPlace,
    remote: !inPlace && means === 'remote',
    onScene: officer !== null,
    value,
    takenAt,
    quantity: kind === 'cash' ? value : kind === 'drugs' ? chance.int(20, 900) / 100 : 1,
  };
  const enterprise = enterpriseManner(item);
  take(item, name, of.measure, holder, i, officer, enterprise);
  list(item);
  approveEnterprise(item, enterprise, isHigh(item));
  const seizure = officer ? seizeOnScene(item, officer) : {};
  const isHeld = !told.criminal && (inPlace || item.how === 'seized');
  const ending = endTerm(item, isHeld, seizure.liftedAt);
  const returnedAt = item.remote ? plus(takenAt, chance.int(10, 40) * hour) : null;
  const handed = inPlace ? null : handOver(item, means, returnedAt);
  const goneAt = keep(item, handed, ending);
  keepProperly(item, returnedAt, ending, goneAt);
  if (officer) oweApproval(item, firstOf(seizure.approvedAt, ending.liftedAt, goneAt));
}

/** What ENT-04 calls a high value. */
const isHigh = ({ value }: ItemTelling): boolean => value >= 100_000;

function take(
  item: ItemTelling,
  name: string,
  measure: string,
  holder: string,
  i: number,
  officer: DemoPerson | null,
  enterprise: EnterpriseManner | null,
): void {
  const { told, takenAt, kind, value } = item;
  const [seizedFrom, seizedUntil] = seizureOf(takenAt);
  const approvedAt = enterprise === 'county' || enterprise === 'unit' ? plus(takenAt, -2 * hour) : takenAt;
  const isApproved = !officer && enterprise !== 'after' && enterprise !== 'none';
  const level = enterprise === 'unit' ? 'unit' : enterprise || isHigh(item) ? 'county' : null;
  tellItem(
    item,
    'take',
    takenAt,
    {
      number: `${shorts[told.unit.code.slice(0, 6)] ?? 'BL'}-涉财-${yearOf(takenAt)}-${told.key.replace(/\D/g, '').slice(-9)}${i}`,
      case: told.id,
      unit: told.unit.id,
      how: item.how,
      kind,
      name,
      takenBy: officer?.id ?? told.lead.id,
      features: `${name},外观完好`,
      quantity: item.quantity,
      measure,
      ...(value > 0 ? { value } : {}),
      holder,
      ...(isApproved ? { approvedAt: approvedAt.toISOString() } : {}),
      ...(isApproved && level ? { approvalLevel: level } : {}),
      ...(item.inPlace ? { inPlace: true } : item.remote ? { remote: true } : {}),
      ...(officer
        ? { onScene: true, seizedFrom: seizedFrom.toISOString(), seizedUntil: seizedUntil.toISOString() }
        : {}),
      ...(enterprise ? { enterprise: true, businessImpact: true } : {}),
      ...(isOriginal(item) ? { keepOriginal: true } : {}),
      administrative: !told.criminal,
    },
    officer ?? told.lead,
  );
}

const shorts: Readonly<Record<string, string>> = { '990102': 'WH', '990103': 'LN', '990181': 'QY' };

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
    tellItem(item, 'list', listedAt, {
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
