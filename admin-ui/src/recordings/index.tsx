import type { ResourceProps } from 'react-admin';
import { RecordingList } from './RecordingList.tsx';
import { RecordingShow } from './RecordingShow.tsx';

export const recordings: ResourceProps = {
  name: 'recordings',
  list: RecordingList,
  show: RecordingShow,
  recordRepresentation: 'number',
};
