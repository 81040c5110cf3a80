import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { licenceStatus } from './status.ts';

export function LicenceList() {
  const say = useSay();
  return (
    <SubjectList
      subject="licence"
      columns={['number', 'kind', 'receivedAt', 'unit', 'acceptor', 'acceptedAt', 'decidedAt', 'decision', 'pushedAt']}
      filters={['kind', 'decision']}
      status={licenceStatus}
      hint={say('许可编号、凭证号、决定书、证件编号', 'Number, slip, decision, certificate')}
    />
  );
}
