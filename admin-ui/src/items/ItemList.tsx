import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { itemStatus } from './status.ts';

export function ItemList() {
  const say = useSay();
  return (
    <SubjectList
      subject="item"
      columns={['number', 'takenAt', 'name', 'how', 'unit', 'takenBy', 'case', 'handedOverAt', 'storeroom']}
      filters={['kind', 'how', 'storeroom']}
      status={itemStatus}
      hint={say('财物编号、名称、清单编号', 'Number, name, list')}
    />
  );
}
