import { Button } from '@mui/material';
import { useListContext } from 'react-admin';
import { SubjectList } from '../lists/SubjectList.tsx';
import { useSay } from '../words/say.ts';
import { stayStatus } from './status.ts';

export function StayList() {
  const say = useSay();
  return (
    <SubjectList
      subject="stay"
      columns={['number', 'name', 'role', 'basis', 'unit', 'arrivedAt', 'enteredAt', 'leftAt']}
      filters={['role', 'basis', 'area']}
      status={stayStatus}
      hint={say('登记编号、姓名、案由、文书号', 'Number, name, cause, paper')}
      actions={<InsideButton />}
    />
  );
}

/** Whoever is in the area at this moment, with one press; the address bar holds it like every filter. */
function InsideButton() {
  const say = useSay();
  const { filterValues, setFilters } = useListContext();
  const filter = filterValues as Record<string, unknown>;
  const isOn = filter.leftAt_null === true;
  const { leftAt_null: _off, ...others } = filter;
  return (
    <Button
      variant={isOn ? 'contained' : 'outlined'}
      aria-pressed={isOn}
      onClick={() => setFilters(isOn ? others : { ...filter, leftAt_null: true })}
    >
      {say('在区人员', 'Inside now')}
    </Button>
  );
}
