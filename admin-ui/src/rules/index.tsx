import type { ResourceProps } from 'react-admin';
import { RuleList } from './RuleList.tsx';
import { RuleShow } from './RuleShow.tsx';

export const rules: ResourceProps = { name: 'rules', list: RuleList, show: RuleShow };
