import { SubjectShow } from '../detail/SubjectShow.tsx';
import { inspectionStatus } from './status.ts';

export function InspectionShow() {
  return (
    <SubjectShow
      subject="inspection"
      status={inspectionStatus}
      chain={false}
      likely={(inspection) =>
        inspection.endedAt
          ? undefined
          : inspection.startedAt
            ? 'end'
            : inspection.scannedAt
              ? 'start'
              : inspection.noticeAt
                ? 'scan'
                : inspection.approvedAt
                  ? 'notify'
                  : 'approve'
      }
      head={[
        'enterpriseCode',
        'unit',
        'kind',
        'item',
        'itemPublished',
        'inspectors',
        'plannedAt',
        'approvedAt',
        'noticeAt',
        'scannedAt',
        'startedAt',
        'endedAt',
        'result',
      ]}
    />
  );
}
