import type { ResourceProps } from 'react-admin';
import { FreezeList } from './FreezeList.tsx';
import { FreezeShow } from './FreezeShow.tsx';

export const freezes: ResourceProps = {
  name: 'freezes',
  list: FreezeList,
  show: FreezeShow,
  recordRepresentation: 'number',
};
