import { Box, Typography } from '@mui/material';
import { StatusTag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import type { Basis } from './rule.ts';
import { basisStates } from './words.ts';

/** The articles a rule rests on, with how sure each is. */
export function BasisList({ basis }: { basis: Basis[] }) {
  const say = useSay();
  if (basis.length === 0)
    return (
      <Typography color="text.secondary">
        {say('内部监测指标，无直接条文', 'Internal measure without an article')}
      </Typography>
    );
  return basis.map((one) => (
    <Box key={`${one.document}${one.article}`} sx={{ borderLeft: '3px solid #d9b95b', pl: 1.5, py: 0.25, mb: 1 }}>
      <Typography sx={{ fontWeight: 600 }}>
        {nameOf(one)}
        {one.number ? `（${one.number}）` : ''} {one.article ?? ''}
      </Typography>
      {one.quote && (
        <Typography variant="body2" sx={{ mt: 0.25 }}>
          {one.quote}
        </Typography>
      )}
      <StatusTag status={basisStates[one.status ?? '']} />
    </Box>
  ));
}

/** A law is named in book marks; what a bureau has set for itself is no law. */
const nameOf = ({ document, number, status }: Basis): string =>
  document.startsWith('《') || (status === 'unconfirmed' && !number) ? document : `《${document}》`;
