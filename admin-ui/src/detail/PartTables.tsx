import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { FactValue } from '../subjects/FactValue.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Subject } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';

/** The parts of a record (dispatches, acts, measures, movements), one table each; columns that are empty stay away. */
export function PartTables({ subject, record, only }: { subject: Subject; record: SubjectRecord; only?: string[] }) {
  const say = useSay();
  const shown = subject.parts.filter(
    (part) => (!only || only.includes(part.name)) && (record.parts?.[part.name]?.length ?? 0) > 0,
  );
  return shown.map((part) => {
    const rows = record.parts?.[part.name] ?? [];
    const facts = part.facts.filter(
      (fact) =>
        fact.kind !== 'json' &&
        fact.kind !== 'uuid' &&
        rows.some((row) => row[fact.name] !== null && row[fact.name] !== undefined && row[fact.name] !== ''),
    );
    return (
      <Box key={part.name} component="section" sx={{ mt: 3, overflowX: 'auto' }}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say(part.label)} {rows.length}
        </Typography>
        <Table size="small">
          <TableHead>
            <TableRow>
              {facts.map((fact) => (
                <TableCell key={fact.name}>{say(fact.label)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.id}>
                {facts.map((fact) => (
                  <TableCell key={fact.name}>
                    <FactValue fact={fact} value={row[fact.name]} refs={record.refs} />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    );
  });
}
