import type { ResourceProps } from 'react-admin';
import { LicenceList } from './LicenceList.tsx';
import { LicenceShow } from './LicenceShow.tsx';

export const licences: ResourceProps = {
  name: 'licences',
  list: LicenceList,
  show: LicenceShow,
  recordRepresentation: 'number',
};
