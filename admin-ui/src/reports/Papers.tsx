import { Box, Card, Link, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { Tag } from '../subjects/Status.tsx';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';

interface Made {
  id: string;
  number: string;
  title: Text | null;
  state: string;
  createdAt: string;
  personName: string;
}

/** Papers that were made of this record, each with its number; a press opens the stored original. */
export function Papers({ subjectId }: { subjectId: string }) {
  const say = useSay();
  const may = useMay();
  const filter = encodeURIComponent(JSON.stringify({ subjectId }));
  const { data } = useQuery({
    queryKey: ['reports', 'of', subjectId],
    queryFn: () => api<Made[]>(`/reports?filter=${filter}`),
    enabled: may('report.read'),
    retry: false,
  });
  if (!data?.length) return null;
  return (
    <Card component="section" sx={{ p: 2 }}>
      <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
        {say('已出具文书', 'Papers')} {data.length}
      </Typography>
      {data.map((paper) => (
        <Box key={paper.id} sx={{ py: 0.75, borderTop: 1, borderColor: 'divider' }}>
          {paper.state === 'done' ? (
            <Link href={`/api/reports/${paper.id}/pdf`} target="_blank" rel="noopener" sx={{ fontWeight: 600 }}>
              {paper.title ? say(paper.title) : paper.number}
            </Link>
          ) : (
            <Typography component="span">
              {paper.title ? say(paper.title) : paper.number}{' '}
              <Tag tone={paper.state === 'failed' ? 'warn' : 'calm'}>
                {paper.state === 'failed' ? say('未能生成', 'Failed') : say('正在生成', 'Being made')}
              </Tag>
            </Typography>
          )}
          <Typography variant="caption" component="p" color="text.secondary">
            {paper.number} · {paper.personName} · {shortInstant(paper.createdAt)}
          </Typography>
        </Box>
      ))}
    </Card>
  );
}
