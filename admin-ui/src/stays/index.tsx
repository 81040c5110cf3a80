import type { ResourceProps } from 'react-admin';
import { StayList } from './StayList.tsx';
import { StayShow } from './StayShow.tsx';

export const stays: ResourceProps = { name: 'stays', list: StayList, show: StayShow, recordRepresentation: 'number' };
