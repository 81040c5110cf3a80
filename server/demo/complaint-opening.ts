import type { City } from './city.ts';
import { dayOfSerial, type Matter, officeHour, oweAtOnce, stationBy, tellMatter } from './matters.ts';
import { type DemoPerson, inventName } from './people.ts';
import { type Day, minute, plus, yearOf } from './time.ts';
import type { DemoUnit } from './units.ts';

/** A complaint being told. */
export interface Complaint extends Matter {
  serial: number;
  aMonth: number;
  channel: 'mailbox' | 'hotline' | 'discipline' | 'petition' | 'accusation';
  /** Its number among those of its kind: letters of the mailbox and the hotline are one kind. */
  turn: number;
  clerk: DemoPerson;
  receivedAt: Date;
}

/** Channels in the order in which they come, over and over. */
const channels: readonly Complaint['channel'][] = [
  ...Array.from({ length: 6 }, () => ['hotline', 'mailbox', 'hotline'] as const).flat(),
  'petition',
  'accusation',
  'petition',
  'discipline',
];
const letters = 18;

export function complaintOf(city: City, serial: number, day: Day, aMonth: number): Complaint {
  const chance = city.chance(`complaint/${serial}`);
  const place = serial % channels.length;
  const channel = channels[place] ?? 'hotline';
  const round = Math.floor(serial / channels.length);
  const turn =
    place < letters ? round * letters + place : channel === 'petition' ? round * 2 + (place - letters) / 2 : round;
  const receivedAt = officeHour(chance.at('received'), day);
  const clerk = city.withRole('petitions-clerk', officeUnit(city));
  const station = stationBy(city, chance.at('unit'));
  const inspector = city.withRole('inspector', station);
  const handling =
    channel === 'discipline'
      ? unitOf(city, inspector.unit)
      : channel === 'petition' || channel === 'accusation'
        ? officeUnit(city)
        : station;
  const handler =
    channel === 'discipline'
      ? inspector
      : handling === station
        ? chance.at('handler').pick(city.police(station.id))
        : clerk;
  return {
    city,
    chance,
    type: 'complaint',
    id: chance.id(receivedAt, 'complaint'),
    unit: handling,
    handler,
    happenings: [],
    planted: [],
    serial,
    aMonth,
    channel,
    turn,
    clerk,
    receivedAt,
  };
}

/** The id of an earlier one, which somebody repeats. */
export function idOfComplaint(city: City, serial: number, aMonth: number): string {
  return complaintOf(city, serial, dayOfSerial(city, serial, aMonth), aMonth).id;
}

const unitOf = (city: City, id: number): DemoUnit =>
  city.units.find((unit) => unit.id === id) ?? (city.units[0] as DemoUnit);
const officeUnit = (city: City): DemoUnit =>
  city.units.find((unit) => unit.kind === 'petitions') ?? (city.units[0] as DemoUnit);

const topics: Readonly<Record<Complaint['channel'], readonly string[]>> = {
  mailbox: [
    '案件办理进展缓慢',
    '夜间噪声多次报警未改善',
    '窗口办事排队时间长',
    '报警后未收到答复',
    '希望增加小区夜间巡逻',
  ],
  hotline: [
    '反映占道停车',
    '反映夜市噪声扰民',
    '咨询居住证办理',
    '反映养犬扰民',
    '反映电动车上楼充电',
    '请求协助查找走失老人',
  ],
  discipline: ['反映民警接待态度生硬', '反映民警未使用执法记录仪', '反映辅警言语不文明'],
  petition: ['不服调解结果', '反映案件久拖未决', '反映损失未追回', '要求查处邻里侵权'],
  accusation: ['申诉保证金未退还', '控告超期未解除措施', '申诉扣押物品与案件无关'],
};

interface Beginning {
  /** Handled by the unit that is complained about. */
  itself?: boolean;
  /** Complains about some unit. */
  about?: boolean;
  facts?: Record<string, unknown>;
  noContact?: boolean;
}

/** Registered by the petitions office and given to the unit that handles it; CMP-06c. Returns when it was assigned. */
export function begin(told: Complaint, { itself, about, facts, noContact }: Beginning = {}): Date {
  const { chance, city, receivedAt } = told;
  const of = chance.at('begin');
  const others = city.stations.filter((unit) => unit.id !== told.unit.id);
  const isAbout = itself || (about ?? of.yes(0.3));
  const against = itself ? told.unit : of.pick(others);
  const name = inventName(of, of.yes(0.5) ? 'male' : 'female');
  const topic = of.pick(topics[told.channel]);
  const assignedAt = plus(receivedAt, of.int(6, 50) * minute);
  tellMatter(
    told,
    'receive',
    receivedAt,
    {
      number: `${prefix[told.channel]}-${yearOf(receivedAt)}-${String(told.serial + 1).padStart(5, '0')}`,
      channel: told.channel,
      topic,
      content: `${name}反映:${topic},希望尽快核实处理并答复。`,
      complainant: name,
      ...(noContact ? { noContact: true } : { phone: `1990000${String(of.int(0, 9999)).padStart(4, '0')}` }),
      ...(isAbout ? { against: against.id } : {}),
      unit: told.clerk.unit,
      ...facts,
    },
    undefined,
    told.clerk,
  );
  tellMatter(told, 'assign', assignedAt, { unit: told.unit.id, handler: told.handler.id }, undefined, told.clerk);
  if (isAbout && told.channel !== 'hotline') oweAtOnce(told, 'CMP-06c', assignedAt, !itself);
  return assignedAt;
}

const prefix: Readonly<Record<Complaint['channel'], string>> = {
  mailbox: 'JZXX',
  hotline: '12345',
  discipline: '12389',
  petition: 'XF',
  accusation: 'KGSS',
};
