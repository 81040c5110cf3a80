import { SubjectShow } from '../detail/SubjectShow.tsx';
import { recordingStatus } from './status.ts';

export function RecordingShow() {
  return (
    <SubjectShow
      subject="recording"
      status={recordingStatus}
      chain={false}
      likely={(recording) => (recording.uploadedAt ? undefined : 'upload')}
      head={[
        'source',
        'device',
        'wearer',
        'unit',
        'startedAt',
        'endedAt',
        'returnedAt',
        'uploadedAt',
        'retention',
        'intact',
      ]}
    />
  );
}
