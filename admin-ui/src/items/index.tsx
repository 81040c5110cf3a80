import type { ResourceProps } from 'react-admin';
import { ItemList } from './ItemList.tsx';
import { ItemShow } from './ItemShow.tsx';

export const items: ResourceProps = { name: 'items', list: ItemList, show: ItemShow, recordRepresentation: 'number' };
