import { Box, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { HeadRow } from '../layout/HeadRow.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import type { Subject } from '../vocabulary/types.ts';
import { actionWords } from '../words/actions.ts';
import { useSay } from '../words/say.ts';
import { fullInstant } from '../words/time.ts';

export interface LedgerLine {
  seq: number;
  recordedAt: string;
  action: string;
  actor: { name: string; unitName: string; role: string };
  reason?: string;
  leafHash: string;
}

/** 防篡改日志 of one record: who did what and when, with the number and the fingerprint of each entry. */
export function LedgerTab({ subject, id }: { subject: Subject; id: string }) {
  const say = useSay();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['ledger', subject.plural, id],
    queryFn: () => api<LedgerLine[]>(`/${subject.plural}/${id}/ledger`),
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={4} />;
  if (data.length === 0) return <Nothing title={say('尚无留痕', 'No entries yet')} />;
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {say(
          '每条记录都进入防篡改日志，不可修改、不可删除。',
          'Every entry is in the tamper-evident log: it cannot be changed or removed.',
        )}
      </Typography>
      <Table size="small">
        <HeadRow
          labels={[
            ['序号', 'No.'],
            ['时间', 'At'],
            ['操作', 'Action'],
            ['操作人', 'By'],
            ['指纹', 'Fingerprint'],
          ]}
        />
        <TableBody>
          {data.map((line) => (
            <TableRow key={line.seq}>
              <TableCell>{line.seq}</TableCell>
              <TableCell>{fullInstant(line.recordedAt)}</TableCell>
              <TableCell>
                {actionWords(line.action, subject, say)}
                {line.reason ? ` (${line.reason})` : ''}
              </TableCell>
              <TableCell>
                {line.actor.name} {line.actor.unitName}
              </TableCell>
              <TableCell sx={{ fontFamily: 'ui-monospace, monospace', fontSize: 12, color: 'text.secondary' }}>
                {line.leafHash.slice(0, 16)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
