import type { ResourceProps } from 'react-admin';
import { InspectionList } from './InspectionList.tsx';
import { InspectionShow } from './InspectionShow.tsx';

export const inspections: ResourceProps = {
  name: 'inspections',
  list: InspectionList,
  show: InspectionShow,
  recordRepresentation: 'number',
};
