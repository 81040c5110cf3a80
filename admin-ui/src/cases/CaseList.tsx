import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { caseStatus } from './status.ts';

export function CaseList() {
  const say = useSay();
  return (
    <SubjectList
      subject="case"
      columns={['number', 'reportedAt', 'cause', 'kind', 'unit', 'lead', 'acceptedAt', 'filedAt']}
      filters={['kind', 'decision', 'suspectKnown', 'enterprise']}
      status={caseStatus}
      hint={say('编号、案由、文号、人员', 'Number, cause, person')}
    />
  );
}
