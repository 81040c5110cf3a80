import { Card, Link, List, ListItem, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router-dom';
import { recordPath } from '../layout/links.ts';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { factWords } from '../subjects/FactValue.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import { StatusTag } from '../subjects/Status.tsx';
import { factIn, useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { stayStatus } from './status.ts';

/** The people of a case who are or were in the area. */
export function CaseStays({ id }: { id: string }) {
  const say = useSay();
  const may = useMay();
  const role = factIn(useSubject('stay'), 'role');
  const { data } = useQuery({
    queryKey: ['stays', 'of', id],
    enabled: may('stay.read'),
    queryFn: () =>
      api<SubjectRecord[]>(
        `/stays?filter=${encodeURIComponent(JSON.stringify({ case: id }))}&sort=${encodeURIComponent('["arrivedAt","ASC"]')}&range=${encodeURIComponent('[0,49]')}`,
      ),
  });
  if (!data?.length) return null;
  return (
    <Card component="section">
      <Typography variant="h3" component="h2" sx={{ p: 2, pb: 0.5 }}>
        {say('办案区人员', 'People in the area')} {data.length}
      </Typography>
      <List dense>
        {data.map((stay) => (
          <ListItem key={stay.id} secondaryAction={<StatusTag status={stayStatus(stay)} />} sx={{ pr: 22 }}>
            <Link component={RouterLink} to={recordPath('stays', stay.id)} noWrap>
              {[stay.name, role && factWords(role, stay.role, stay.refs, say)].filter(Boolean).join(' ') ||
                String(stay.number)}
            </Link>
          </ListItem>
        ))}
      </List>
    </Card>
  );
}
