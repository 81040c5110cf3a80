import { type Chance, chanceOf } from './chance.ts';
import { type DemoUnit, demoUnits } from './units.ts';

/** An invented member of the bureau. */
export interface DemoPerson {
  id: number;
  /** Police number 990001…, auxiliaries F00001… */
  number: string;
  name: string;
  kind: 'police' | 'auxiliary' | 'civilian';
  qualification: 'none' | 'basic' | 'middle' | 'high';
  gender: 'male' | 'female';
  unit: number;
  roles: string[];
  /** A sign-in of the demonstration, for one person of each role. */
  login: string | null;
}

const surnames = {
  王: 72,
  李: 71,
  张: 68,
  刘: 54,
  陈: 45,
  杨: 31,
  黄: 25,
  赵: 23,
  吴: 20,
  周: 20,
  徐: 17,
  孙: 15,
  马: 13,
  朱: 13,
  胡: 12,
  郭: 11,
  何: 11,
  林: 11,
  高: 10,
  罗: 9,
  郑: 9,
  梁: 9,
  谢: 8,
  宋: 8,
  唐: 7,
};
const male = [
  '伟',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '杰',
  '涛',
  '超',
  '明',
  '刚',
  '平',
  '辉',
  '鹏',
  '华',
  '飞',
  '波',
  '斌',
  '宇',
  '浩',
  '凯',
  '健',
  '俊',
  '帆',
  '诚',
  '毅',
  '峰',
  '晨',
  '瑞',
  '哲',
];
const female = [
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '艳',
  '娟',
  '霞',
  '玲',
  '婷',
  '雪',
  '琳',
  '颖',
  '洁',
  '悦',
  '佳',
  '倩',
  '莹',
  '欣',
  '岚',
];

/** A name: weighted surname, two given characters in seven of ten. */
export function inventName(chance: Chance, gender: 'male' | 'female'): string {
  const given = gender === 'male' ? male : female;
  const first = chance.pick(given);
  let second = chance.yes(0.7) ? chance.pick(given) : '';
  if (second === first) second = '';
  return chance.weighted(surnames) + first + second;
}

/** Posts of the units that are no station, in order; a larger bureau repeats the list. */
const deskRoles: Record<Exclude<DemoUnit['kind'], 'station'>, string[][]> = {
  city: [['bureau-leader']],
  bureau: [['bureau-leader'], ['system-administrator']],
  legal: [['legal-head'], ['legal-reviewer'], ['case-management-officer'], ['legal-reviewer'], ['security-auditor']],
  inspection: [['inspector']],
  centre: [['area-clerk'], ['security-administrator']],
  property: [['custodian'], ['custodian']],
  brigade: [['unit-head'], ['case-officer', 'unit-legal-officer']],
  command: [['call-taker'], ['call-taker'], ['call-taker']],
  petitions: [['petitions-clerk']],
};

/** Accounts that the first page of the demonstration offers: role → sign-in. */
export const demoLogins: Readonly<Record<string, string>> = {
  'case-management-officer': 'anguan',
  'unit-legal-officer': 'fazhiyuan',
  'responding-officer': 'chujing',
  'case-officer': 'zhuban',
  auxiliary: 'fujing',
  'unit-head': 'suozhang',
  'legal-reviewer': 'fazhi',
  'legal-head': 'fazhizhang',
  'bureau-leader': 'lingdao',
  inspector: 'ducha',
  custodian: 'guanli',
  'area-clerk': 'banan',
  'call-taker': 'jiejing',
  'petitions-clerk': 'xinfang',
  'system-administrator': 'xitong',
  'security-administrator': 'anquan',
  'security-auditor': 'shenji',
};

/** The people of every unit: `officers` in all, shared out as in the extract of 120. Ids follow the order. */
export function demoPeople(seed: number, officers: number): DemoPerson[] {
  const people: DemoPerson[] = [];
  const taken = new Set<string>();
  for (const [unit, size] of sharedOut(officers)) {
    const chance = chanceOf(seed, `people/${unit.code}`);
    for (let i = 0; i < size; i += 1) people.push(person(chance, unit, i, size, people, taken));
  }
  return people;
}

/** Largest remainders, so that the total is exact. */
function sharedOut(officers: number): [DemoUnit, number][] {
  const shares = demoUnits.map((unit) => ({ unit, exact: (unit.people * officers) / 120 }));
  const sizes = new Map(shares.map(({ unit, exact }) => [unit, Math.floor(exact)]));
  let left = officers - [...sizes.values()].reduce((sum, n) => sum + n, 0);
  for (const { unit } of [...shares].sort((a, b) => (b.exact % 1) - (a.exact % 1) || a.unit.id - b.unit.id)) {
    if (left === 0) break;
    sizes.set(unit, (sizes.get(unit) ?? 0) + 1);
    left -= 1;
  }
  return [...sizes];
}

function person(
  chance: Chance,
  unit: DemoUnit,
  i: number,
  size: number,
  others: readonly DemoPerson[],
  taken: Set<string>,
): DemoPerson {
  const isAuxiliary = unit.kind === 'station' && i >= 2 && i % 2 === 1;
  const kind = unit.kind === 'command' ? 'civilian' : isAuxiliary ? 'auxiliary' : 'police';
  const roles =
    unit.kind === 'station' ? stationRoles(i, kind) : (deskRoles[unit.kind][i % deskRoles[unit.kind].length] ?? []);
  const serial = others.filter((one) => (one.kind === 'auxiliary') === (kind === 'auxiliary')).length + 1;
  const gender = chance.yes(0.14) ? 'female' : 'male';
  return {
    id: others.length + 1,
    number: kind === 'auxiliary' ? `F${String(serial).padStart(5, '0')}` : String(990000 + serial),
    name: inventName(chance, gender),
    kind,
    qualification: kind !== 'police' ? 'none' : chance.weighted({ basic: 55, middle: 35, high: 10 }),
    gender,
    unit: unit.id,
    roles,
    login: signIn(unit, roles, size, taken),
  };
}

/** The head, the legal officer, then officers who respond and handle cases, every second an auxiliary. */
function stationRoles(i: number, kind: DemoPerson['kind']): string[] {
  if (i === 0) return ['unit-head'];
  if (kind === 'auxiliary') return ['auxiliary'];
  return i === 2 ? ['unit-legal-officer', 'case-officer'] : ['responding-officer', 'case-officer'];
}

/** The story of the demonstration plays at 北门派出所 and in 望河分局: their people get the short names. */
function signIn(unit: DemoUnit, roles: readonly string[], size: number, taken: Set<string>): string | null {
  const home =
    unit.id === 16 ||
    unit.parent === 10 ||
    unit.id === 10 ||
    unit.kind === 'command' ||
    unit.kind === 'petitions' ||
    unit.kind === 'inspection';
  if (!home || size === 0 || (unit.kind === 'station' && unit.id !== 16)) return null;
  const role = roles[0];
  const login = role === undefined ? undefined : demoLogins[role];
  if (
    !login ||
    taken.has(login) ||
    (unit.parent === 1 && unit.kind !== 'command' && unit.kind !== 'petitions' && unit.id !== 10)
  )
    return null;
  if (role === 'unit-head' && unit.kind !== 'station') return null;
  if (role === 'case-officer' && unit.id !== 15) return null;
  taken.add(login);
  return login;
}
