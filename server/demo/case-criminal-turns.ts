import type { Plot } from './case-telling.ts';
import { tellCase } from './cases.ts';
import type { City } from './city.ts';
import type { Happening, Planted, Story } from './story.ts';
import { type Day, hour, onDay, plus } from './time.ts';
import type { DemoUnit } from './units.ts';

const filed = { opening: 'soon' };
const refused = { opening: 'refused', complainant: 'yes', reconsider: 'none', explain: 'none', order: 'none' };
const economic = { economic: 'soon', opening: 'soon', enterprise: 'yes', path: 'none' };
const detained = { ...filed, path: 'detention', when: 'after', 'detention path': 'arrest', 'request term': 'plain' };
const bailed = { ...filed, path: 'bail', when: 'after', 'bail end': 'open', idle: 'soon' };
const deposited = { ...bailed, guarantee: 'deposit', paid: 'after', 'bail end': 'lifted', forfeit: 'no' };
const old = { ...filed, legacy: 'yes', filing: 'same', letter: 'none' };

/**
 * What happens seldom comes in turn, so that the least city has it too: those that take months first. A plot settles
 * some draws of a story by their names (case-criminal-*.ts); the rest is drawn as for every case.
 */
export const plots: readonly { cause: string; plot: Plot; daysBefore?: number }[] = [
  { cause: '盗窃', plot: { ...detained, custody: 'long', 'custody request': 'soon', 'custody request again': 'at' } },
  ...['at', 'over', 'late', 'never'].map((custody) => ({ cause: '诈骗', plot: { ...detained, custody } })),
  ...['at', 'over', 'late'].map((how) => ({
    cause: '诈骗',
    plot: { ...detained, custody: 'extended', 'custody level': 'city', 'custody request': how },
  })),
  ...['at', 'over', 'late', 'never'].map((idle) => ({ cause: '故意伤害', plot: { ...bailed, idle, acts: 'none' } })),
  ...['at', 'over', 'late', 'never'].map((first) => ({
    cause: '敲诈勒索',
    plot: { ...filed, path: 'none', acts: 'none', first },
  })),
  {
    cause: '盗窃',
    plot: { ...bailed, 'bail end': 'sent', supplements: 'three', 'supplement 1': 'at', 'supplement 2': 'soon' },
  },
  {
    cause: '盗窃',
    plot: { ...bailed, 'bail end': 'sent', supplements: 'two', 'supplement 1': 'over', 'supplement 2': 'late' },
  },
  { cause: '盗窃', plot: { ...bailed, 'bail end': 'sent', supplements: 'one', 'supplement 1': 'never' } },
  ...['at', 'over', 'late', 'never'].map((how) => ({
    cause: '敲诈勒索',
    plot: { ...bailed, term: 'short', 'bail end': 'term', 'term end': how },
  })),
  ...['at', 'over', 'late', 'never'].map((how) => ({
    cause: '故意伤害',
    daysBefore: 350,
    plot: { ...old, path: 'bail', when: 'after', term: 'full', 'bail end': 'year', 'year end': how },
  })),
  ...['at', 'over', 'late'].map((how) => ({
    cause: '故意伤害',
    daysBefore: 165,
    plot: { ...old, path: 'residence', when: 'after', 'residence end': 'half', 'half end': how },
  })),
  ...['at', 'over', 'late', 'never'].map((stale) => ({
    cause: '合同诈骗',
    daysBefore: 716,
    plot: { ...old, ...economic, stale },
  })),
  ...['soon', 'over', 'never'].map((stale) => ({
    cause: '职务侵占',
    daysBefore: 375,
    plot: { ...old, ...economic, path: 'bail', when: 'after', 'bail end': 'lifted', term: 'full', stale },
  })),
  ...['at', 'over', 'late', 'never'].map((how) => ({
    cause: '诈骗',
    plot: { ...refused, serve: how === 'never' ? 'soon' : how, reconsider: how, higher: how, explain: how, order: how },
  })),
  { cause: '诈骗', plot: { ...refused, serve: 'soon', reconsider: 'extended', higher: 'soon', explain: 'soon' } },
  { cause: '诈骗', plot: { ...refused, serve: 'soon', reconsider: 'untold', order: 'soon' } },
  { cause: '侵占', plot: { ...refused, serve: 'never', explain: 'soon' } },
  { cause: '侵占', plot: { ...refused, complainant: 'no', 'serve order': 'before', reconsider: 'out' } },
  ...['at', 'over', 'late'].map((how) => ({
    cause: '生产、销售伪劣产品',
    plot: { opening: how, referral: 'yes', papers: how, path: 'bail' },
  })),
  { cause: '假冒注册商标', plot: { ...refused, complainant: 'no', referral: 'yes', papers: 'never', agency: 'at' } },
  { cause: '假冒注册商标', plot: { ...refused, complainant: 'no', referral: 'yes', agency: 'over' } },
  ...['at', 'sixty', 'late', 'low'].map((how) => ({
    cause: '职务侵占',
    plot: { ...economic, economic: how },
  })),
  ...['thirty', 'soon', 'over', 'never'].map((how) => ({
    cause: '职务侵占',
    plot: { ...economic, economic: how },
  })),
  ...['correction', 'suggestion', 'revoked', 'lost'].map((letter, i) => ({
    cause: '盗窃',
    plot: {
      ...bailed,
      letter,
      answer: ['at', 'over', 'late', 'never'][i] ?? 'soon',
      issue: ['over', 'at', 'never', 'late'][i] ?? 'soon',
    },
  })),
  ...['soon', 'at', 'over', 'first', 'never'].map((elsewhere, i) => ({
    cause: '合同诈骗',
    plot: {
      ...filed,
      enterprise: 'yes',
      when: 'after',
      path: i % 2 === 0 ? 'freezing' : 'detention',
      elsewhere,
      jurisdiction: ['soon', 'at', 'over', 'low', 'never'][i] ?? 'soon',
    },
  })),
  ...['at', 'over', 'late', 'never'].map((how, i) => ({
    cause: '盗窃',
    plot: {
      ...detained,
      'detention path': 'refused',
      request: i < 2 ? how : 'soon',
      release: how,
      result: how,
      'after refusal': 'bail',
    },
  })),
  { cause: '盗窃', plot: { ...detained, 'detention path': 'refused', release: 'soon', result: 'late' } },
  ...['at', 'over', 'late', 'never'].map((how) => ({
    cause: '抢夺',
    plot: { ...detained, hand: how, family: how, interrogate: how, 'family untold': 'no', 'detention entry': how },
  })),
  ...['cannot', 'hinders', 'gone'].map((how) => ({ cause: '抢夺', plot: { ...detained, 'family untold': how } })),
  ...['special', 'group', 'low'].map((term, i) => ({
    cause: '盗窃',
    plot: { ...detained, 'request term': term, request: ['at', 'over', 'late'][i] ?? 'soon' },
  })),
  ...['at', 'over'].map((how) => ({
    cause: '故意伤害',
    plot: { ...filed, path: 'arrest', 'arrest hand': how, 'arrest family': how, 'arrest interrogate': how },
  })),
  ...['at', 'over', 'late', 'never'].map((how) => ({
    cause: '寻衅滋事',
    plot: {
      ...deposited,
      pay: how,
      return: how,
      'bail approval': { at: 'same', over: 'over', late: 'late', never: 'none' }[how] ?? '',
      amount: how === 'at' ? 'least' : how === 'over' ? 'low' : 'usual',
      review: { at: 'same', over: 'over', late: 'refused', never: 'none' }[how] ?? '',
    },
  })),
  ...['at', 'over', 'late', 'never'].map((how) => ({
    cause: '寻衅滋事',
    plot: { ...bailed, 'bail end': 'withdrawn', 'withdrawal told': how, 'withdrawal release': how },
  })),
  ...['at', 'over', 'none'].map((how) => ({
    cause: '盗窃',
    plot: { ...detained, 'detention approval': how === 'at' ? 'same' : how, filing: how === 'at' ? 'same' : how },
  })),
];

/** Where the days that people look at begin: the turns of the economic cases. */
const shownFrom = plots.findIndex(({ plot }) => plot.economic === 'thirty');

/** Which turn it is: four in five days before the alarms begin, then two. */
function turnOf(city: City, day: Day): number | null {
  const since = day - city.first;
  if (since >= 0) return since % 5 === 0 || since % 5 === 2 ? shownFrom + Math.ceil((since * 2) / 5) : null;
  const before = since + city.runIn;
  return before % 5 === 3 ? null : before - Math.floor((before + 2) / 5);
}

/** The story that comes in turn, at one station after the other. */
export function criminalTurns(city: City, unit: DemoUnit, day: Day): Story[] {
  const turn = turnOf(city, day);
  if (turn === null || city.stations[turn % city.stations.length] !== unit) return [];
  const { cause, plot, daysBefore = 0 } = plots[turn % plots.length] ?? { cause: '盗窃', plot: {} };
  const enteredAt = onDay(day, 9 + city.chance(`turn/${day}`).next() * 8);
  const { told } = tellCase(city, unit, {
    handledAt: plus(enteredAt, -daysBefore * 24 * hour),
    criminal: true,
    cause,
    key: `t${day}-${unit.id * 100 + 99}`,
    serial: 98,
    plot,
  });
  return [daysBefore > 0 ? entered(told, enteredAt) : told];
}

/** An old case that was taken into the books on a day: nothing of it is known before. */
function entered({ happenings, planted }: Story, at: Date): Story {
  const later = (one: Date | undefined) => (one && one > at ? one : at);
  return {
    happenings: [...happenings]
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .map((one): Happening => ({ ...one, at: later(one.at) })),
    planted: planted
      .filter(({ gone }) => !gone || gone > at)
      .map(
        (one): Planted => ({
          ...one,
          since: later(one.since),
          ...(one.met ? { known: later(one.known ?? one.met) } : {}),
          ...(one.excused ? { excused: later(one.excused) } : {}),
        }),
      ),
  };
}
