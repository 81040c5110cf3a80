import { PartTables } from '../detail/PartTables.tsx';
import { SubjectShow } from '../detail/SubjectShow.tsx';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { licenceStatus } from './status.ts';

export function LicenceShow() {
  const subject = useSubject('licence');
  return (
    <SubjectShow
      subject="licence"
      status={licenceStatus}
      chain={false}
      likely={(licence) =>
        licence.refusedAt || licence.certificateAt || licence.decision === 'refused'
          ? undefined
          : licence.decidedAt
            ? 'issue'
            : licence.acceptedAt
              ? 'decide'
              : 'accept'
      }
      head={[
        'kind',
        'applicant',
        'unit',
        'acceptor',
        'approver',
        'inspectors',
        'receivedAt',
        'acceptedAt',
        'checkedAt',
        'decidedAt',
        'decision',
        'certificateAt',
        'renews',
        'oldEndsAt',
        'pushedAt',
      ]}
      tabs={[
        {
          label: { zh: '补正、延期与不计入期限', en: 'Papers, extensions, time not counted' },
          body: (licence) => <PartTables subject={subject} record={licence} />,
        },
      ]}
    />
  );
}
