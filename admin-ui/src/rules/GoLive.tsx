import { Button, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../organisation/FormDialog.tsx';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import { dayOf, now } from '../words/time.ts';
import { Rows, Section } from './Section.tsx';

interface Begin {
  unitId: number;
  unit: string;
  from: string;
}

const fact = (name: string, kind: Fact['kind'], zh: string, en: string): Fact => ({
  name,
  kind,
  label: { zh, en },
  options: [],
  sensitive: false,
  planned: true,
  search: false,
});
const facts = [
  fact('unitId', 'unit', '单位', 'Unit'),
  fact('from', 'date', '起算日', 'Go-live date'),
  fact('reason', 'text', '理由', 'Reason'),
];

/** Units that begin later than the others; shown where there are any, or where one may still be set. */
export function GoLive({ code, goLive }: { code: string; goLive: string | null }) {
  const say = useSay();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['rules', code, 'go-live'],
    queryFn: () => api<Begin[]>(`/rules/${encodeURIComponent(code)}/go-live`),
  });
  const mayStill = may('rule.enact') && goLive !== null && goLive >= dayOf(now());
  if (!mayStill && (data ?? []).length === 0) return null;
  return (
    <Section
      title={say('各单位起算日', 'Go-live by unit')}
      buttons={
        mayStill && (
          <Button size="small" onClick={() => setOpen(true)}>
            {say('设定', 'Set')}
          </Button>
        )
      }
    >
      {data && data.length > 0 ? (
        <Rows head={[say('单位', 'Unit'), say('起算日', 'From')]} rows={data.map((one) => [one.unit, one.from])} />
      ) : (
        <Typography variant="body2" color="text.secondary">
          {say(`各单位均自 ${goLive} 起算`, `Every unit from ${goLive}`)}
        </Typography>
      )}
      {open && (
        <FormDialog
          title={say('设定单位起算日', 'Go-live date of a unit')}
          facts={facts}
          required={['unitId', 'from', 'reason']}
          path={`/rules/${encodeURIComponent(code)}/go-live`}
          method="PUT"
          close={() => setOpen(false)}
        />
      )}
    </Section>
  );
}
