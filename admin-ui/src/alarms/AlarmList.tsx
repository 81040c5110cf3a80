import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { alarmStatus } from './status.ts';

export function AlarmList() {
  const say = useSay();
  return (
    <SubjectList
      subject="alarm"
      columns={[
        'number',
        'receivedAt',
        'topic',
        'intakeCategory',
        'feedbackCategory',
        'priority',
        'unit',
        'disposition',
      ]}
      filters={['intakeCategory', 'feedbackCategory', 'priority', 'disposition']}
      status={alarmStatus}
      hint={say('接警单号、警情内容、地点', 'Number, topic, place')}
    />
  );
}
