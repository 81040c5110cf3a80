import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** Where a file is in its life. */
export function recordingStatus(recording: SubjectRecord): Status {
  if (recording.deletedAt) return status('到期清除', 'Deleted', 'quiet');
  if (hasChanged(recording)) return status('核验不一致', 'Changed', 'bad');
  if (recording.intact === false) return status('文件不完整', 'Not intact', 'bad');
  if (recording.lockedAt) return status('已锁定', 'Locked', 'other');
  if (recording.uploadedAt) return status('已入库', 'Uploaded', 'good');
  return status('待入库', 'To be uploaded', 'warn');
}

/** What the last integrity check said, where the record carries them. */
function hasChanged(recording: SubjectRecord): boolean {
  const last = [...(recording.parts?.checks ?? [])]
    .sort((a, b) => String(a.checkedAt).localeCompare(String(b.checkedAt)))
    .at(-1);
  return last !== undefined && last.result !== 'intact';
}
