import { PartTables } from '../detail/PartTables.tsx';
import { SubjectShow } from '../detail/SubjectShow.tsx';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { itemStatus } from './status.ts';

export function ItemShow() {
  const subject = useSubject('item');
  return (
    <SubjectShow
      subject="item"
      status={itemStatus}
      likely={(item) => (item.handedOverAt ? undefined : 'hand_over')}
      head={[
        'case',
        'unit',
        'how',
        'kind',
        'quantity',
        'measure',
        'value',
        'holder',
        'takenBy',
        'takenAt',
        'handedOverAt',
        'custodian',
        'storeroom',
        'shelf',
      ]}
      tabs={[
        { label: { zh: '流转', en: 'Movements' }, body: (item) => <PartTables subject={subject} record={item} /> },
      ]}
      papers={(item) =>
        item.case
          ? [
              {
                kind: 'case-audit',
                label: { zh: '案件监督审查报告', en: 'Case audit report' },
                subjectId: String(item.case),
              },
            ]
          : []
      }
    />
  );
}
