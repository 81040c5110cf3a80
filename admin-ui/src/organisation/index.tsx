import type { ResourceProps } from 'react-admin';
import { PersonList } from './PersonList.tsx';
import { PostList } from './PostList.tsx';
import { RoleList } from './RoleList.tsx';
import { UnitList } from './UnitList.tsx';

export const units: ResourceProps = { name: 'units', list: UnitList, recordRepresentation: 'name' };
export const people: ResourceProps = { name: 'people', list: PersonList, recordRepresentation: 'name' };
export const posts: ResourceProps = { name: 'posts', list: PostList };
export const roles: ResourceProps = { name: 'roles', list: RoleList };
