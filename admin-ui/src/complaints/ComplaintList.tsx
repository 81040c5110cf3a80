import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { complaintStatus } from './status.ts';

export function ComplaintList() {
  const say = useSay();
  return (
    <SubjectList
      subject="complaint"
      columns={['number', 'receivedAt', 'channel', 'topic', 'unit', 'handler', 'answeredAt', 'opinion', 'satisfaction']}
      filters={['channel', 'opinion', 'satisfaction']}
      status={complaintStatus}
      hint={say('编号、反映事项、意见书文号', 'Number, matter, answer')}
    />
  );
}
