import type { ResourceProps } from 'react-admin';
import { ShiftList } from './ShiftList.tsx';
import { ShiftShow } from './ShiftShow.tsx';

export const shifts: ResourceProps = {
  name: 'shifts',
  list: ShiftList,
  show: ShiftShow,
  recordRepresentation: 'number',
};
