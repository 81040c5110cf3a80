import type { ResourceProps } from 'react-admin';
import { CaseList } from './CaseList.tsx';
import { CaseShow } from './CaseShow.tsx';

export const cases: ResourceProps = { name: 'cases', list: CaseList, show: CaseShow, recordRepresentation: 'number' };
