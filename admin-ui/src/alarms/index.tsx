import type { ResourceProps } from 'react-admin';
import { AlarmList } from './AlarmList.tsx';
import { AlarmShow } from './AlarmShow.tsx';

export const alarms: ResourceProps = {
  name: 'alarms',
  list: AlarmList,
  show: AlarmShow,
  recordRepresentation: 'number',
};
