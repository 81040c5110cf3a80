import { Box, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { HeadRow } from '../layout/HeadRow.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { type ReadValue, wordsOf } from './explanation.ts';

/** Each value with the step that wrote it. */
export function ValueTable({ values, more }: { values: ReadValue[]; more: number }) {
  const say = useSay();
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small">
        <HeadRow
          labels={[
            ['数据', 'Value'],
            ['内容', 'Read as'],
            ['登记环节', 'Recorded by'],
          ]}
        />
        <TableBody>
          {values.map((value) => (
            <TableRow key={value.key}>
              <TableCell>{say(value.label)}</TableCell>
              <TableCell sx={{ color: value.text ? undefined : 'text.secondary' }}>{wordsOf(value, say)}</TableCell>
              <TableCell>
                {value.origin ? (
                  <Typography variant="caption" color="text.secondary">
                    {say(value.origin.label)}
                    {value.origin.corrects ? say('（更正）', ' (correction)') : ''} ·{' '}
                    {shortInstant(value.origin.recordedAt)}
                    {value.origin.by ? ` · ${value.origin.by}` : ''}
                  </Typography>
                ) : (
                  ''
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {more > 0 && (
        <Typography variant="caption" color="text.secondary">
          {say(`另有 ${more} 项未列出`, `${more} more are not listed`)}
        </Typography>
      )}
    </Box>
  );
}
