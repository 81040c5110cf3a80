import ArrowIcon from '@mui/icons-material/ArrowForward';
import { Box, Card, Link, Stack, Typography } from '@mui/material';
import { Link as RouterLink, useLocation } from 'react-router-dom';
import { recordPath } from '../layout/links.ts';
import { Tag } from '../subjects/Status.tsx';
import { TimeLeft } from '../subjects/TimeLeft.tsx';
import { tones } from '../theme/colours.ts';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import type { ChainColumn, ChainNode } from './types.ts';

/** Alarm → case → property → recordings, side by side. What is missing is a dashed box that names who owes it. */
export function ChainMap({ columns, here }: { columns: ChainColumn[]; here: string }) {
  const say = useSay();
  const holes = columns.flatMap((column) => column.nodes).filter((node) => node.hole).length;
  return (
    <Card component="section" aria-label={say('全链', 'Chain')} sx={{ p: 2 }}>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'center', mb: 1.5 }}>
        <Typography variant="h3" component="h2">
          {say('全链', 'Chain')}
        </Typography>
        {holes > 0 ? (
          <Tag tone="bad">{say(`${holes} 处缺口`, holes === 1 ? '1 hole' : `${holes} holes`)}</Tag>
        ) : (
          <Tag tone="good">{say('未见缺口', 'No holes')}</Tag>
        )}
      </Stack>
      <Box sx={{ display: 'flex', alignItems: 'flex-start', overflowX: 'auto', pb: 0.5 }}>
        {columns.map((column, index) => (
          <Box key={`${column.type}${column.label.en}`} sx={{ display: 'flex', flex: '1 1 0', minWidth: 178 }}>
            {index > 0 && <ArrowIcon aria-hidden sx={{ color: '#8fa1b4', mx: 0.75, mt: 4.5, fontSize: 18 }} />}
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography variant="subtitle2" component="h3" color="text.secondary" sx={{ mb: 0.75 }}>
                {say(column.label)}
              </Typography>
              <Stack spacing={1}>
                {column.nodes.map((node) =>
                  node.hole ? (
                    <Hole key={`${node.rule}${node.ownerId}${node.dueAt}`} node={node} />
                  ) : (
                    <Node key={node.id} node={node} here={node.id === here} />
                  ),
                )}
                {column.nodes.length === 0 && (
                  <Box sx={{ ...box, color: 'text.disabled', bgcolor: '#fafbfc' }}>
                    {say('无可见记录', 'Nothing visible')}
                  </Box>
                )}
              </Stack>
            </Box>
          </Box>
        ))}
      </Box>
    </Card>
  );
}

const box = { borderRadius: 1, border: '1px solid', borderColor: 'divider', p: 1.25, fontSize: 13 } as const;
const words = (text: string | Text | null | undefined, say: ReturnType<typeof useSay>): string =>
  text ? (typeof text === 'string' ? text : say(text)) : '';

function Node({ node, here }: { node: ChainNode; here: boolean }) {
  const say = useSay();
  const plural = useFindSubject()(node.type)?.plural;
  const { pathname } = useLocation();
  // on the page of a finding the record it is about is another page
  const to = plural && node.id ? recordPath(plural, node.id) : null;
  return (
    <Box
      aria-current={here || undefined}
      sx={{
        ...box,
        bgcolor: here ? '#eef4fb' : '#fff',
        borderColor: here ? 'primary.main' : 'divider',
        borderWidth: here ? 2 : 1,
      }}
    >
      {to && to !== pathname ? (
        <Link component={RouterLink} to={to} sx={{ display: 'block', fontWeight: 600, overflowWrap: 'anywhere' }}>
          {node.number}
        </Link>
      ) : (
        <Typography component="p" sx={{ fontWeight: 600, fontSize: 13, overflowWrap: 'anywhere' }}>
          {node.number}
        </Typography>
      )}
      {node.title && (
        <Typography variant="body2" sx={{ fontSize: 13 }}>
          {words(node.title, say)}
        </Typography>
      )}
      <Typography variant="caption" component="p" color="text.secondary">
        {[shortInstant(node.at), node.state].filter(Boolean).join(' · ')}
      </Typography>
    </Box>
  );
}

function Hole({ node }: { node: ChainNode }) {
  const say = useSay();
  const { ink, line, paper } = tones.bad;
  const who = [node.unit, node.person].filter(Boolean).join(' ');
  return (
    <Box sx={{ ...box, border: `2px dashed ${line}`, bgcolor: paper }}>
      <Typography sx={{ fontWeight: 600, fontSize: 13, color: ink }}>
        {say('未见', 'Missing: ')}
        {words(node.title, say)}
      </Typography>
      {who && (
        <Typography variant="caption" component="p" color="text.primary">
          {say('应由', 'Owed by ')} {who} {say('办理', '')}
        </Typography>
      )}
      <Stack direction="row" spacing={1} sx={{ mt: 0.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <TimeLeft due={node.dueAt} />
        {node.findingId && (
          <Link component={RouterLink} to={recordPath('findings', node.findingId)} variant="caption">
            {say('查看问题', 'Issue')}
          </Link>
        )}
      </Stack>
    </Box>
  );
}
