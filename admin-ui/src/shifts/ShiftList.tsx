import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { shiftStatus } from './status.ts';

export function ShiftList() {
  const say = useSay();
  return (
    <SubjectList
      subject="shift"
      columns={['number', 'officer', 'unit', 'kind', 'plannedStart', 'plannedEnd', 'startedAt', 'endedAt']}
      filters={['kind']}
      status={shiftStatus}
      hint={say('勤务编号、记录仪编号', 'Number, camera')}
    />
  );
}
