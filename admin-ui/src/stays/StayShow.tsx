import { SubjectShow } from '../detail/SubjectShow.tsx';
import { mayStep, type SubjectRecord } from '../subjects/record.ts';
import { Tag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { StayBars } from './StayBars.tsx';
import { stayStatus } from './status.ts';

const underage = ['under14', 'under16', 'under18'];

export function StayShow() {
  const say = useSay();
  return (
    <SubjectShow
      subject="stay"
      status={stayStatus}
      chain={false}
      likely={likely}
      head={[
        'name',
        'gender',
        'ageClass',
        'role',
        'basis',
        'case',
        'unit',
        'lead',
        'area',
        'arrivedAt',
        'enteredAt',
        'leftAt',
        'destination',
      ]}
      tags={(stay) => (
        <>
          {underage.includes(String(stay.ageClass)) && <Tag tone="warn">{say('未成年人', 'Minor')}</Tag>}
          {stay.ageClass === 'over70' && <Tag tone="warn">{say('七十周岁以上', 'Over 70')}</Tag>}
          {stay.pregnantOrNursing === true && <Tag tone="warn">{say('怀孕或者哺乳', 'Pregnant or nursing')}</Tag>}
          {stay.drunk === true && <Tag tone="warn">{say('醉酒', 'Drunk')}</Tag>}
        </>
      )}
      tabs={[{ label: { zh: '在区时间轴', en: 'Time in the area' }, body: (stay) => <StayBars stay={stay} /> }]}
    />
  );
}

/** In the order of the register: in, searched, questioned, out. */
function likely(stay: SubjectRecord): string | undefined {
  if (stay.leftAt) return undefined;
  const open = (stay.parts?.interviews ?? []).some((one) => !one.endedAt);
  const next = !stay.enteredAt
    ? 'enter'
    : !stay.searchedAt && (stay.role === 'offender' || stay.role === 'suspect')
      ? 'search'
      : open
        ? 'end_interview'
        : (stay.parts?.interviews ?? []).length === 0
          ? 'interview'
          : 'leave';
  return mayStep(stay, 'stay', next) ? next : undefined;
}
