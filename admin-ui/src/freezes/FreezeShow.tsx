import { PartTables } from '../detail/PartTables.tsx';
import { SubjectShow } from '../detail/SubjectShow.tsx';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { freezeStatus } from './status.ts';

export function FreezeShow() {
  const subject = useSubject('freeze');
  return (
    <SubjectShow
      subject="freeze"
      status={freezeStatus}
      chain={false}
      likely={(freeze) =>
        freeze.paidAt || freeze.releasedAt
          ? undefined
          : freeze.refundDecidedAt
            ? 'pay'
            : freeze.frozenAt
              ? 'renew'
              : freeze.approvedAt
                ? 'freeze'
                : 'stop'
      }
      head={[
        'case',
        'unit',
        'officer',
        'kind',
        'account',
        'holder',
        'holderIs',
        'approvedAt',
        'level',
        'frozenAt',
        'amount',
        'caseAmount',
        'termEndAt',
        'releasedAt',
        'refundDecidedAt',
        'paidAt',
      ]}
      tabs={[
        {
          label: { zh: '止付、续冻与返还', en: 'Stops, renewals, refund' },
          body: (freeze) => <PartTables subject={subject} record={freeze} />,
        },
      ]}
    />
  );
}
