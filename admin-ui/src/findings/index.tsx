import type { ResourceProps } from 'react-admin';
import { FindingList } from './FindingList.tsx';
import { FindingShow } from './FindingShow.tsx';

export const findings: ResourceProps = {
  name: 'findings',
  list: FindingList,
  show: FindingShow,
  recordRepresentation: 'number',
};
