import { isCaseType, type Telling, tell } from './alarm-telling.ts';
import { by } from './story.ts';
import { hour, minute, plus, second } from './time.ts';

/** How the three acts at the counter went. */
export const counterManners = [
  'soon',
  'at',
  'over',
  'late',
  'no_receipt',
  'no_query',
  'no_materials',
  'secret',
] as const;
export type CounterManner = (typeof counterManners)[number];

/** ALM-05: registered, materials accepted, receipt with the way to query within two hours of a walk-in's arrival. */
export function atCounter(told: Telling, wished?: CounterManner): void {
  if (!isCaseType(told.topic.intake)) return;
  const chance = told.chance.at('counter');
  const drawn = chance.weighted({
    soon: 840,
    at: 12,
    over: 12,
    late: 40,
    no_receipt: 26,
    no_query: 20,
    no_materials: 40,
    secret: 10,
  });
  const how = wished ?? drawn;
  const desk = by(told.city.crews(told.unit.id)[0]?.lead ?? told.city.withRole('unit-legal-officer', told.unit));
  const { receivedAt } = told;
  const due = plus(receivedAt, 2 * hour);
  const duty = { rule: 'ALM-05', subject: told.id, opened: receivedAt, due };
  const registeredAt = plus(receivedAt, chance.int(4, 15) * minute);
  const materialsAt = plus(receivedAt, chance.int(16, 30) * minute);
  const receiptAt =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, chance.int(20, 1200) * minute)
          : plus(receivedAt, chance.int(31, 110) * minute);
  tell(
    told,
    'register_report',
    registeredAt,
    how === 'secret' ? { secret: true } : how === 'no_materials' ? { noMaterials: true } : {},
    desk,
  );
  if (how !== 'no_materials' && how !== 'secret') tell(told, 'take_materials', materialsAt, {}, desk);
  if (how !== 'no_receipt' && how !== 'secret')
    tell(told, 'give_receipt', receiptAt, how === 'no_query' ? {} : { queryTold: true }, desk);
  const isDone = how !== 'no_receipt' && how !== 'no_query' && how !== 'secret';
  told.planted.push({
    ...duty,
    ...(how === 'secret' ? { excused: registeredAt } : {}),
    ...(isDone ? { met: receiptAt } : {}),
  });
}

export const tellingManners = [
  'oral',
  'at',
  'over',
  'never',
  'disputed',
  'disputed_oral',
  'unclear_at',
  'no_contact',
] as const;
export type TellingManner = (typeof tellingManners)[number];

/** ALM-08: told orally in half an hour, in writing in a day where it is disputed or could not be judged at once. */
export function notPolice(told: Telling, at: Date, wished?: TellingManner): void {
  const chance = told.chance.at('jurisdiction');
  const drawn = chance.weighted({
    oral: 900,
    at: 8,
    over: 8,
    never: 34,
    disputed: 20,
    disputed_oral: 10,
    unclear_at: 8,
    no_contact: 12,
  });
  const how = wished ?? drawn;
  const desk = by(told.city.withRole('call-taker', told.unit));
  const inWriting = how === 'disputed' || how === 'disputed_oral' || how === 'unclear_at';
  tell(
    told,
    'judge_jurisdiction',
    at,
    {
      jurisdiction: 'not_police',
      ...(how === 'disputed' || how === 'disputed_oral' ? { disputed: true } : {}),
      ...(how === 'unclear_at' ? { unclear: true } : {}),
      ...(how === 'no_contact' ? { noContact: true } : {}),
    },
    desk,
  );
  const due = plus(at, inWriting ? 24 * hour : 30 * minute);
  const oralAt = how === 'at' ? due : how === 'over' ? plus(due, second) : plus(at, chance.int(0, 12) * minute);
  const writtenAt = how === 'unclear_at' ? due : plus(at, chance.int(60, 1300) * minute);
  if (['oral', 'at', 'over', 'disputed', 'disputed_oral'].includes(how)) tell(told, 'tell_reporter', oralAt, {}, desk);
  if (how === 'disputed' || how === 'unclear_at') tell(told, 'tell_in_writing', writtenAt, {}, desk);
  const met =
    how === 'never' || how === 'no_contact' || how === 'disputed_oral' ? null : inWriting ? writtenAt : oralAt;
  told.planted.push({
    rule: 'ALM-08',
    subject: told.id,
    opened: at,
    due,
    ...(how === 'no_contact' ? { excused: at } : {}),
    ...(met ? { met } : {}),
  });
}

export const transferManners = [
  'soon',
  'at',
  'over',
  'untold',
  'never',
  'no_contact',
  'low_level',
  'late_approval',
] as const;
export type TransferManner = (typeof transferManners)[number];

/** ALM-07: to the unit whose matter it is, and the reporter told, in a day; a criminal one with the county's approval. */
export function transferred(told: Telling, at: Date, how: TransferManner): Date | null {
  const chance = told.chance.at('transfer');
  const desk = by(told.city.withRole('unit-legal-officer', told.unit));
  const head = by(told.city.withRole('bureau-leader', told.unit));
  const isCriminal = told.topic.intake === 'criminal';
  const due = plus(at, 24 * hour);
  tell(
    told,
    'judge_jurisdiction',
    at,
    { jurisdiction: 'other_unit', ...(how === 'no_contact' ? { noContact: true } : {}) },
    desk,
  );
  const transferredAt =
    how === 'at' ? due : how === 'over' ? plus(due, second) : plus(at, chance.int(120, 1200) * minute);
  const approvedAt = how === 'late_approval' ? plus(transferredAt, minute) : plus(at, 30 * minute);
  if (isCriminal)
    tell(told, 'approve_transfer', approvedAt, { transferLevel: how === 'low_level' ? 'unit' : 'county' }, head);
  if (how !== 'never')
    tell(
      told,
      'transfer',
      transferredAt,
      {
        transferredTo: chance.pick(['邻县公安局治安大队', '铁路公安处', '市局经侦支队']),
        transferNumber: `移送${told.serial}号`,
      },
      desk,
    );
  const toldAt = plus(at, chance.int(10, 100) * minute);
  if (how !== 'untold' && how !== 'no_contact') tell(told, 'tell_reporter', toldAt, {}, desk);
  const isWrong =
    how === 'never' || how === 'untold' || (isCriminal && (how === 'low_level' || how === 'late_approval'));
  const met = isWrong ? {} : { met: transferredAt };
  told.planted.push({ rule: 'ALM-07', subject: told.id, opened: at, due, ...met });
  return how === 'never' ? null : transferredAt;
}
