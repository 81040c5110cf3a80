import type { City } from './city.ts';
import { by, type Happening, type Planted, type Story, system } from './story.ts';
import { type Day, dayText, hour, minute, onDay, plus, second } from './time.ts';
import type { DemoUnit } from './units.ts';

/** The unit at which the demonstration plays: 北门派出所. */
export const showcaseUnit = 16;

/**
 * The story that a newcomer is shown: a stolen e-bike fed back as a dispute and without a case, the phone that was
 * taken not with the custodian after 24 hours, the camera on 14 minutes after the arrival. Nobody has touched its
 * findings yet.
 */
export function showcase(city: City, unit: DemoUnit, day: Day): Story {
  const chance = city.chance(`showcase/${day}`);
  const crew = city.crews(unit.id)[0];
  if (!crew) return { happenings: [], planted: [] };
  const at = (hours: number, minutes: number, seconds = 0) =>
    plus(onDay(day, hours), minutes * minute + seconds * second);
  const receivedAt = at(20, 23, 40);
  const [sentAt, arrivedAt, handledAt, takenAt] = [at(20, 24, 25), at(20, 31), at(21, 5), at(20, 58)];
  const [alarm, dispatch, item, clip] = [
    chance.id(receivedAt, 'alarm'),
    chance.id(sentAt, 'dispatch'),
    chance.id(takenAt, 'item'),
    chance.id(arrivedAt, 'clip'),
  ];
  const number = `${unit.code.slice(0, 6)}000000${dayText(day).replaceAll('-', '')}000187`;
  const happenings: Happening[] = [];
  const tell = (
    type: string,
    subject: string,
    verb: string,
    when: Date,
    facts: Record<string, unknown>,
    author = by(crew.lead),
    part?: string,
    recorded = when,
  ) =>
    happenings.push({
      at: recorded,
      step: {
        type,
        subject,
        verb,
        occurredAt: when,
        by: author,
        facts,
        sourceKey: `demo ${subject} ${verb}`,
        ...(part ? { part } : {}),
      },
    });
  const taker = city.withRole('call-taker', unit);
  tell(
    'alarm',
    alarm,
    'receive',
    receivedAt,
    {
      number,
      channel: 'call_110',
      unit: unit.id,
      intakeCategory: 'public_order',
      topic: '电动自行车被盗',
      priority: 'urgent',
      area: unit.area,
      caller: '李建',
      callerPhone: '19900000187',
      place: '北门大街121号楼下',
      narrative: '报警人称停放在楼下的电动自行车被盗,价值约两千元,有邻居看到一男子推走车辆。',
      receivedBy: taker.id,
    },
    by(taker),
  );
  tell('alarm', alarm, 'report', plus(receivedAt, 70 * second), {}, by(taker));
  tell(
    'alarm',
    alarm,
    'dispatch',
    sentAt,
    { number: `${number}-01`, unit: unit.id, officer: crew.lead.id, officers: crew.members.map((one) => one.id) },
    by(taker),
    dispatch,
  );
  tell('alarm', alarm, 'acknowledge', plus(sentAt, 12 * second), {}, by(crew.lead), dispatch);
  tell('alarm', alarm, 'set_out', plus(sentAt, 40 * second), {}, by(crew.lead), dispatch);
  tell('alarm', alarm, 'arrive', arrivedAt, { arrivalSource: 'terminal' }, system(unit, '警务终端'), dispatch);
  tell('item', item, 'take', takenAt, {
    number: `WH-涉财-${dayText(day).slice(0, 4)}-000187`,
    alarm,
    unit: unit.id,
    how: 'accepted',
    kind: 'phone',
    name: '华为手机',
    takenBy: crew.lead.id,
    features: '黑色,屏幕左上角有裂纹',
    quantity: 1,
    measure: '部',
    value: 1200,
    holder: '赵强',
    administrative: true,
  });
  tell('item', item, 'list', plus(takenAt, 4 * minute), {
    listNumber: '接受证据清单187',
    listCopies: 2,
    signedByHolder: true,
    witness: '孙丽',
  });
  tell('alarm', alarm, 'handle', handledAt, { onScene: true }, by(crew.lead), dispatch);
  tell('alarm', alarm, 'dispose', plus(handledAt, 2 * minute), { disposition: 'settled', feedbackCategory: 'dispute' });
  tell('alarm', alarm, 'feed_back', plus(handledAt, 12 * minute), {}, by(crew.lead), dispatch);
  const [filmedFrom, filmedUntil, returnedAt] = [
    at(20, 45),
    plus(handledAt, 20 * second),
    plus(handledAt, 25 * minute),
  ];
  const uploadedAt = plus(handledAt, 2 * hour);
  tell(
    'recording',
    clip,
    'register',
    filmedFrom,
    {
      number: `AV-${unit.code.slice(0, 8)}-${dayText(day).replaceAll('-', '')}-000187`,
      source: 'camera',
      device: `DSJ${crew.lead.number}`,
      wearer: crew.lead.id,
      unit: unit.id,
      endedAt: filmedUntil.toISOString(),
      returnedAt: returnedAt.toISOString(),
      uploadedAt: uploadedAt.toISOString(),
      size: 412_000_000,
      retention: 'ordinary',
      intact: true,
    },
    by(crew.lead),
    undefined,
    uploadedAt,
  );
  return {
    happenings,
    planted: planted({
      alarm,
      dispatch,
      item,
      clip,
      unit,
      receivedAt,
      sentAt,
      arrivedAt,
      handledAt,
      takenAt,
      returnedAt,
      uploadedAt,
    }),
  };
}

interface Shown {
  alarm: string;
  dispatch: string;
  item: string;
  clip: string;
  unit: DemoUnit;
  receivedAt: Date;
  sentAt: Date;
  arrivedAt: Date;
  handledAt: Date;
  takenAt: Date;
  returnedAt: Date;
  uploadedAt: Date;
}

function planted(shown: Shown): Planted[] {
  const { alarm, dispatch, item, clip, unit, handledAt, takenAt } = shown;
  const feed = { name: 'dispatch', unit: unit.id };
  const dock = { name: 'camera_dock', unit: unit.id };
  const disposed = plus(handledAt, 2 * minute);
  const footage = {
    subject: alarm,
    occurrence: dispatch,
    opened: handledAt,
    due: plus(handledAt, 24 * hour),
    feed: dock,
  };
  return [
    { rule: 'ALM-01', subject: alarm, opened: shown.receivedAt, due: shown.receivedAt, met: shown.receivedAt },
    {
      rule: 'ALM-02',
      subject: alarm,
      opened: shown.receivedAt,
      due: plus(shown.receivedAt, 3 * minute),
      met: plus(shown.receivedAt, 70 * second),
      feed,
    },
    {
      rule: 'ALM-03',
      subject: alarm,
      occurrence: dispatch,
      opened: shown.sentAt,
      due: plus(shown.sentAt, 8 * minute),
      met: shown.arrivedAt,
      feed,
    },
    {
      rule: 'ALM-04a',
      subject: alarm,
      occurrence: dispatch,
      opened: handledAt,
      due: plus(handledAt, 24 * hour),
      met: plus(handledAt, 12 * minute),
      feed,
    },
    { rule: 'ALM-04b', subject: alarm, opened: handledAt, due: plus(handledAt, 24 * hour), met: disposed, feed },
    { rule: 'ALM-09', subject: alarm, opened: handledAt, due: plus(handledAt, 24 * hour), gone: disposed },
    { rule: 'ALM-09', subject: alarm, opened: disposed, due: plus(disposed, 24 * hour), since: disposed },
    { rule: 'ALM-06', subject: alarm, opened: handledAt, due: plus(handledAt, 24 * hour) },
    // Called a dispute without review: due when the result and the feedback sheet are in, a day later till then.
    {
      rule: 'ALM-10',
      subject: alarm,
      opened: disposed,
      due: plus(disposed, 24 * hour),
      gone: plus(handledAt, 12 * minute),
    },
    {
      rule: 'ALM-10',
      subject: alarm,
      opened: disposed,
      due: plus(handledAt, 12 * minute),
      since: plus(handledAt, 12 * minute),
    },
    {
      rule: 'CAS-26b',
      subject: alarm,
      occurrence: dispatch,
      opened: shown.arrivedAt,
      due: shown.arrivedAt,
      met: shown.arrivedAt,
    },
    { rule: 'BWC-01', ...footage, met: handledAt, known: shown.uploadedAt },
    { rule: 'BWC-02', ...footage },
    {
      rule: 'BWC-04',
      subject: clip,
      opened: shown.returnedAt,
      due: plus(shown.returnedAt, 24 * hour),
      met: shown.uploadedAt,
      since: shown.uploadedAt,
      feed: dock,
    },
    { rule: 'PRO-01', subject: item, opened: takenAt, due: plus(takenAt, 24 * hour) },
    { rule: 'PRO-04', subject: item, opened: takenAt, due: plus(takenAt, 2 * hour), met: plus(takenAt, 4 * minute) },
  ];
}

/** The subjects of the story: their findings wait for the newcomer. */
export function isShown(city: City, subject: string): boolean {
  const day = city.shownOn;
  const chance = city.chance(`showcase/${day}`);
  const at = (hours: number, minutes: number, seconds = 0) =>
    plus(onDay(day, hours), minutes * minute + seconds * second);
  return subject === chance.id(at(20, 23, 40), 'alarm') || subject === chance.id(at(20, 58), 'item');
}
