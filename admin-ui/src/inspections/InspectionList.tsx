import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { inspectionStatus } from './status.ts';

export function InspectionList() {
  const say = useSay();
  return (
    <SubjectList
      subject="inspection"
      columns={['number', 'enterprise', 'kind', 'item', 'unit', 'plannedAt', 'startedAt', 'result']}
      filters={['kind', 'result']}
      status={inspectionStatus}
      hint={say('检查编号、企业、信用代码、事项', 'Number, enterprise, registered no., item')}
    />
  );
}
