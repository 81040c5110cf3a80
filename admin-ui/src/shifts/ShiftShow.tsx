import { SubjectShow } from '../detail/SubjectShow.tsx';
import { ShiftBars } from './ShiftBars.tsx';
import { shiftStatus } from './status.ts';

export function ShiftShow() {
  return (
    <SubjectShow
      subject="shift"
      status={shiftStatus}
      chain={false}
      likely={(shift) => (shift.startedAt ? 'end' : 'start')}
      head={[
        'officer',
        'unit',
        'kind',
        'device',
        'plannedStart',
        'plannedEnd',
        'startedAt',
        'endedAt',
        'faultReportedAt',
      ]}
      tabs={[{ label: { zh: '在线与录像', en: 'Online and recorded' }, body: (shift) => <ShiftBars shift={shift} /> }]}
    />
  );
}
