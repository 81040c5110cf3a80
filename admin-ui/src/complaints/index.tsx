import type { ResourceProps } from 'react-admin';
import { ComplaintList } from './ComplaintList.tsx';
import { ComplaintShow } from './ComplaintShow.tsx';

export const complaints: ResourceProps = {
  name: 'complaints',
  list: ComplaintList,
  show: ComplaintShow,
  recordRepresentation: 'number',
};
