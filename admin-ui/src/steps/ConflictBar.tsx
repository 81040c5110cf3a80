import { Alert, Box, Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { factWords } from '../subjects/FactValue.tsx';
import type { References } from '../subjects/record.ts';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import type { Values } from './draft.ts';

/** Somebody was faster: what the record holds now beside what was typed here, and both ways out. */
export function ConflictBar({
  facts,
  current,
  mine,
  refs,
  keep,
  take,
}: {
  facts: Fact[];
  current: Values;
  mine: Values;
  refs: References | undefined;
  keep: () => void;
  take: () => void;
}) {
  const say = useSay();
  const differing = facts.filter(
    (fact) =>
      mine[fact.name] !== undefined &&
      JSON.stringify(current[fact.name] ?? null) !== JSON.stringify(mine[fact.name] ?? null),
  );
  return (
    <Alert severity="warning" sx={{ '& .MuiAlert-message': { flex: 1 } }}>
      <Typography variant="h4" component="p">
        {say('这条记录刚被他人更新', 'Somebody has just changed this record')}
      </Typography>
      {differing.length > 0 && (
        <Table size="small" sx={{ my: 1 }}>
          <TableHead>
            <TableRow>
              <TableCell>{say('项目', 'Fact')}</TableCell>
              <TableCell>{say('现在的值', 'Now')}</TableCell>
              <TableCell>{say('您填的值', 'Yours')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {differing.map((fact) => (
              <TableRow key={fact.name}>
                <TableCell>{say(fact.label)}</TableCell>
                <TableCell>{factWords(fact, current[fact.name], refs, say) || '—'}</TableCell>
                <TableCell>{factWords(fact, mine[fact.name], refs, say) || '—'}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <Box sx={{ display: 'flex', gap: 1, mt: 1 }}>
        <Button variant="contained" onClick={keep}>
          {say('仍按我填的提交', 'Submit mine')}
        </Button>
        <Button onClick={take}>{say('放弃，查看最新', 'Drop mine, see the newest')}</Button>
      </Box>
    </Alert>
  );
}
