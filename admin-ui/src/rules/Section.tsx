import { Box, Card, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useSay } from '../words/say.ts';

/** A titled card, with buttons beside the title. */
export function Section({ title, buttons, children }: { title: string; buttons?: ReactNode; children: ReactNode }) {
  return (
    <Card component="section" aria-label={title} sx={{ p: 2 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1, minHeight: 32 }}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
          {title}
        </Typography>
        {buttons}
      </Box>
      {children}
    </Card>
  );
}

/** A small table of words. */
export function Rows({ head, rows }: { head: string[]; rows: string[][] }) {
  const say = useSay();
  if (rows.length === 0) return <Typography color="text.secondary">{say('无', 'None')}</Typography>;
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          {head.map((one) => (
            <TableCell key={one}>{one}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.join('|')}>
            {row.map((one, column) => (
              <TableCell key={head[column]}>{one}</TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
