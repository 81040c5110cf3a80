import { SubjectShow } from '../detail/SubjectShow.tsx';
import { Tag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { recordingStatus } from './status.ts';

export function RecordingShow() {
  const say = useSay();
  return (
    <SubjectShow
      subject="recording"
      status={recordingStatus}
      chain={false}
      likely={(recording) =>
        !recording.uploadedAt ? 'upload' : recording.classifiedAt && !recording.lockedAt ? 'lock' : undefined
      }
      tags={(recording) => (
        <>
          {recording.evidence === true && <Tag tone="other">{say('案件证据', 'Evidence')}</Tag>}
          {recording.obstruction === true && <Tag tone="warn">{say('抗拒阻碍执法', 'Obstruction')}</Tag>}
          {recording.majorIncident === true && <Tag tone="warn">{say('重大案（事）件', 'Major incident')}</Tag>}
          {recording.complexIncident === true && <Tag tone="warn">{say('重大疑难警情', 'Difficult alarm')}</Tag>}
        </>
      )}
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
        'lockedAt',
        'deletedAt',
      ]}
    />
  );
}
