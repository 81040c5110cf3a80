import type { CaseAudit } from '../papers/case-audit.ts';
import { type CaseFile, type ItemRow, labelOf } from './file.ts';

type Place = Exclude<keyof CaseAudit['balance'], 'taken'>;

/** Where a piece is, by its last movement, else by its disposal, else by its hand-over. */
function placeOf(item: ItemRow): Place {
  const moved: Record<string, Place> = {
    store: 'stored',
    bring_back: 'stored',
    lend: 'lent',
    hand_back: 'returned',
    transfer: 'transferred',
    destroy: 'disposed',
    treasury: 'disposed',
  };
  const disposed: Record<string, Place> = { returned: 'returned', transferred: 'transferred' };
  if (item.disposedAt && item.disposition) return disposed[item.disposition] ?? 'disposed';
  return (
    (item.lastMovement !== null ? moved[item.lastMovement] : undefined) ?? (item.handedOverAt ? 'stored' : 'notStored')
  );
}

const words: Record<Place, string> = {
  stored: '在库',
  lent: '调用出库',
  returned: '已发还',
  transferred: '已移交',
  disposed: '已处置',
  notStored: '未见入库',
};

/** The pieces of a case and their balance: each taken piece is in exactly one place. */
export function propertyOf(file: CaseFile): Pick<CaseAudit, 'items' | 'balance'> {
  const balance: CaseAudit['balance'] = {
    taken: file.items.length,
    stored: 0,
    lent: 0,
    returned: 0,
    transferred: 0,
    disposed: 0,
    notStored: 0,
  };
  const items = file.items.map((item) => {
    const place = placeOf(item);
    balance[place] += 1;
    const shelf =
      place === 'stored' ? [labelOf('item', 'storeroom', item.storeroom), item.shelf].filter(Boolean).join(' ') : '';
    return {
      number: item.number,
      name: item.name,
      quantity: item.quantity === null ? '—' : `${Number(item.quantity.toFixed(3))}${item.measure ?? ''}`,
      how: labelOf('item', 'how', item.how),
      takenAt: item.takenAt,
      storedAt: item.handedOverAt,
      place: shelf || words[place],
      value: item.value,
    };
  });
  return { items, balance };
}
