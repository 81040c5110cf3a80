import type { Chance } from './chance.ts';
import type { Manner } from './footage.ts';

/** What an alarm is about. */
export interface Topic {
  category: 'criminal' | 'public_order' | 'traffic' | 'dispute' | 'aid' | 'complaint' | 'other';
  intake: Topic['category'];
  title: string;
  /** Cause of action, where it becomes a case. */
  cause: string;
  narrative: string;
  place: string;
  channel: 'call_110' | 'walk_in' | 'internet' | 'patrol';
  priority: 'urgent' | 'normal' | 'consult';
  onScene: boolean;
  /** Fed back as a dispute although it looked like an offence, without review. */
  downgraded?: true;
  /** Set where the story demands a manner of filming. */
  manner?: Manner;
}

type Kinds = Readonly<Record<string, { weight: number; cause?: string; narrative: string }>>;

/** Share of each kind in a hundred and what it holds: domain.md §5.3. */
const categories: Readonly<Record<Topic['category'], { share: number; scene: number; urgent: number; kinds: Kinds }>> =
  {
    criminal: {
      share: 45,
      scene: 1,
      urgent: 0.7,
      kinds: {
        电动自行车被盗: { weight: 30, cause: '盗窃', narrative: '报警人称停放在路边的电动自行车被盗,价值约三千元。' },
        入室盗窃: { weight: 25, cause: '盗窃', narrative: '报警人称回家后发现门锁被撬,财物丢失。' },
        电信网络诈骗: { weight: 28, cause: '诈骗', narrative: '报警人称接到冒充客服的电话后转账,发现被骗。' },
        故意伤害: { weight: 6, cause: '故意伤害', narrative: '报警人称有人被打伤,正送往医院。' },
        敲诈勒索: { weight: 11, cause: '敲诈勒索', narrative: '报警人称被人以曝光隐私相威胁索要钱款。' },
      },
    },
    public_order: {
      share: 105,
      scene: 1,
      urgent: 0.6,
      kinds: {
        殴打他人: { weight: 34, cause: '殴打他人', narrative: '报警人称在饭店门口被他人殴打。' },
        小额盗窃: { weight: 22, cause: '盗窃', narrative: '报警人称放在货架上的物品被人拿走未付款。' },
        故意损毁财物: { weight: 9, cause: '故意损毁财物', narrative: '报警人称车辆被人划伤。' },
        扰乱单位秩序: { weight: 8, cause: '扰乱单位秩序', narrative: '报警人称有人在营业场所吵闹,影响经营。' },
        聚众赌博: { weight: 6, cause: '赌博', narrative: '群众举报某处有人打麻将赌博。' },
        家庭暴力: { weight: 5, cause: '殴打他人', narrative: '报警人称被家庭成员殴打。' },
        寻衅滋事: { weight: 16, cause: '寻衅滋事', narrative: '报警人称有人酒后拦截路人。' },
      },
    },
    traffic: {
      share: 170,
      scene: 0.8,
      urgent: 0.15,
      kinds: {
        车辆剐蹭: { weight: 60, narrative: '两车剐蹭,无人受伤,占用车道。' },
        违法停车: { weight: 30, narrative: '小区出口被车辆堵塞。' },
        交通事故有人受伤: { weight: 10, narrative: '电动车与行人相撞,有人受伤。' },
      },
    },
    dispute: {
      share: 210,
      scene: 0.85,
      urgent: 0.12,
      kinds: {
        家庭纠纷: { weight: 24, narrative: '夫妻因琐事发生争吵。' },
        邻里纠纷: { weight: 19, narrative: '邻居因噪声发生争执。' },
        消费纠纷: { weight: 16, narrative: '顾客与商家因退货发生争执。' },
        劳资纠纷: { weight: 11, narrative: '工人讨要工资与单位发生争执。' },
        物业纠纷: { weight: 9, narrative: '业主与物业因停车收费发生争执。' },
      },
    },
    aid: {
      share: 300,
      scene: 0.6,
      urgent: 0.06,
      kinds: {
        走失求助: { weight: 20, narrative: '老人外出未归,请求协助查找。' },
        噪声扰民: { weight: 30, narrative: '夜间施工噪声扰民。' },
        请求移车: { weight: 30, narrative: '车辆被堵,请求联系车主移车。' },
        开锁求助: { weight: 12, narrative: '钥匙反锁屋内,灶上有火。' },
        拾得物品: { weight: 8, narrative: '拾得钱包一个,请求查找失主。' },
      },
    },
    complaint: {
      share: 30,
      scene: 0.5,
      urgent: 0,
      kinds: {
        举报线索: { weight: 70, narrative: '举报某处存在违法行为。' },
        反映问题: { weight: 30, narrative: '反映夜间有人聚集。' },
      },
    },
    other: {
      share: 140,
      scene: 0.25,
      urgent: 0,
      kinds: {
        咨询: { weight: 50, narrative: '咨询户籍办理事项。' },
        误报: { weight: 30, narrative: '误拨报警电话。' },
        非警务诉求: { weight: 20, narrative: '反映供水问题,已转有关部门。' },
      },
    },
  };

const roads = [
  '望河路',
  '北门大街',
  '河东路',
  '府前街',
  '云埠大道',
  '柳浦路',
  '城关街',
  '稻溪路',
  '学府路',
  '人民路',
  '滨河路',
  '工业一路',
];

/** Draws what the next alarm is about. */
export function scenes(chance: Chance): Topic {
  const category = chance.weighted(
    Object.fromEntries(Object.entries(categories).map(([name, { share }]) => [name, share])) as Record<
      Topic['category'],
      number
    >,
  );
  const { kinds, scene, urgent } = categories[category];
  const title = chance.weighted(Object.fromEntries(Object.entries(kinds).map(([name, { weight }]) => [name, weight])));
  const kind = kinds[title];
  const isUrgent = chance.yes(urgent);
  // Some that turn out an offence came in as a dispute; some that came in as an offence are called one later.
  const intake = category === 'public_order' && chance.yes(0.1) ? 'dispute' : category;
  return {
    category,
    intake,
    title,
    cause: kind?.cause ?? title,
    narrative: kind?.narrative ?? '',
    place: `${chance.pick(roads)}${chance.int(1, 388)}号`,
    channel: chance.weighted({ call_110: 84, walk_in: 6, internet: 6, patrol: 4 }),
    priority: isUrgent ? 'urgent' : category === 'other' && chance.yes(0.5) ? 'consult' : 'normal',
    onScene: isUrgent || chance.yes(scene),
    ...(category === intake && (category === 'criminal' || category === 'public_order') && chance.yes(0.03)
      ? { downgraded: true as const }
      : {}),
  };
}

/** Rare ones come by turn, so that the smallest city has them: violence at home, and an offence called a dispute. */
export function turned(topic: Topic, unit: number, day: number, n: number): Topic {
  const turn = (day + unit) % 4;
  const title = n === 4 && turn === 1 ? '家庭暴力' : n === 2 && turn === 3 ? '殴打他人' : null;
  const kind = title && categories.public_order.kinds[title];
  if (!kind) return topic;
  const { downgraded: _, ...rest } = topic;
  return {
    ...rest,
    category: 'public_order',
    intake: 'public_order',
    title,
    cause: kind.cause ?? title,
    narrative: kind.narrative,
    channel: 'call_110',
    priority: 'urgent',
    onScene: true,
    ...(turn === 3 ? { downgraded: true as const } : {}),
  };
}
