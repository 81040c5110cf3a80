import { PartTables } from '../detail/PartTables.tsx';
import { SubjectShow } from '../detail/SubjectShow.tsx';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { complaintStatus } from './status.ts';

export function ComplaintShow() {
  const subject = useSubject('complaint');
  return (
    <SubjectShow
      subject="complaint"
      status={complaintStatus}
      chain={false}
      likely={(complaint) =>
        complaint.calledBackAt
          ? complaint.satisfaction === 'dissatisfied' && !complaint.redoneAt
            ? 'redo'
            : undefined
          : complaint.answeredAt
            ? 'call_back'
            : complaint.signedAt
              ? 'answer'
              : complaint.assignedAt
                ? 'sign'
                : 'assign'
      }
      head={[
        'channel',
        'unit',
        'handler',
        'against',
        'complainant',
        'phone',
        'receivedAt',
        'assignedAt',
        'signedAt',
        'contactedAt',
        'answeredAt',
        'opinion',
        'calledBackAt',
        'satisfaction',
      ]}
      tabs={[
        {
          label: { zh: '延期、复查复核与听证', en: 'Extensions, reviews, hearings' },
          body: (complaint) => <PartTables subject={subject} record={complaint} />,
        },
      ]}
    />
  );
}
