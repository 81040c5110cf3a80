import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { freezeStatus } from './status.ts';

export function FreezeList() {
  const say = useSay();
  return (
    <SubjectList
      subject="freeze"
      columns={['number', 'openedAt', 'bank', 'kind', 'unit', 'officer', 'amount', 'frozenAt', 'termEndAt']}
      filters={['kind', 'holderIs', 'level']}
      status={freezeStatus}
      hint={say('编号、金融机构、通知书文号', 'Number, bank, notice')}
    />
  );
}
