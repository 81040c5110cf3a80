import { PartTables } from '../detail/PartTables.tsx';
import { SubjectShow } from '../detail/SubjectShow.tsx';
import { Tag } from '../subjects/Status.tsx';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { itemSorting, itemStages, likelyStep } from './stages.ts';
import { itemStatus } from './status.ts';

export function ItemShow() {
  const say = useSay();
  const subject = useSubject('item');
  return (
    <SubjectShow
      subject="item"
      status={itemStatus}
      likely={likelyStep}
      groups={itemStages}
      sorted={itemSorting}
      tags={(item) => (
        <>
          {item.onScene === true && <Tag>{say('当场扣押', 'Seized on the scene')}</Tag>}
          {item.enterprise === true && <Tag tone="other">{say('企业财物', 'Of an enterprise')}</Tag>}
          {item.unrelatedAt ? <Tag tone="warn">{say('与案件无关', 'Unrelated')}</Tag> : null}
          {item.perishable === true && <Tag>{say('不易保管', 'Perishable')}</Tag>}
          {item.keepOriginal === true && <Tag>{say('原物封存', 'Kept as evidence')}</Tag>}
        </>
      )}
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
        {
          label: { zh: '流转与盘点', en: 'Movements and stocktakes' },
          body: (item) => <PartTables subject={subject} record={item} />,
        },
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
