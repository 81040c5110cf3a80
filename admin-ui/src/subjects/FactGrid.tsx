import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import { FactValue } from './FactValue.tsx';
import type { References } from './record.ts';

/** Label above value, in columns as wide as the page allows. */
export function FactGrid({
  facts,
  values,
  refs,
  empty = false,
  min = 180,
}: {
  facts: Fact[];
  values: Record<string, unknown>;
  refs: References | undefined;
  empty?: boolean;
  min?: number;
}) {
  const say = useSay();
  const shown = facts.filter(
    (fact) =>
      fact.kind !== 'json' &&
      fact.kind !== 'uuid' &&
      (empty || (values[fact.name] !== null && values[fact.name] !== undefined && values[fact.name] !== '')),
  );
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: `repeat(auto-fill, minmax(${min}px, 1fr))`,
        columnGap: 3,
        rowGap: 1.5,
        m: 0,
      }}
    >
      {shown.map((fact) => (
        <Labelled key={fact.name} label={say(fact.label)} wide={fact.kind === 'note'}>
          <FactValue fact={fact} value={values[fact.name]} refs={refs} />
        </Labelled>
      ))}
    </Box>
  );
}

export function Labelled({ label, children, wide = false }: { label: string; children: ReactNode; wide?: boolean }) {
  return (
    <Box sx={{ minWidth: 0, ...(wide ? { gridColumn: '1 / -1' } : {}) }}>
      <Typography component="dt" variant="caption" color="text.secondary">
        {label}
      </Typography>
      <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: 'anywhere' }}>
        {children}
      </Typography>
    </Box>
  );
}
