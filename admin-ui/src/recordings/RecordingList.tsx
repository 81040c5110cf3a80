import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { recordingStatus } from './status.ts';

export function RecordingList() {
  const say = useSay();
  return (
    <SubjectList
      subject="recording"
      columns={['number', 'startedAt', 'endedAt', 'wearer', 'unit', 'device', 'source', 'uploadedAt']}
      filters={['source', 'intact']}
      status={recordingStatus}
      hint={say('音视频编号、设备编号', 'Number, device')}
    />
  );
}
