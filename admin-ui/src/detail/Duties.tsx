import MoreIcon from '@mui/icons-material/ExpandMore';
import { Box, ButtonBase, Card, Collapse, Link, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { ExplainButton } from '../explain/ExplainDrawer.tsx';
import { recordPath } from '../layout/links.ts';
import { Failure, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { StatusTag, severityOf, VerdictTag } from '../subjects/Status.tsx';
import { TimeLeft } from '../subjects/TimeLeft.tsx';
import { useVocabulary } from '../vocabulary/Vocabulary.tsx';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant, span } from '../words/time.ts';

export interface Duty {
  code: string;
  title: Text;
  occurrence: string;
  openedAt: string;
  dueAt: string | null;
  metAt: string | null;
  warnAt: string | null;
  verdict: string;
  severity: string;
  sentence: Text | null;
  person: string | null;
  unit: string | null;
  trial: boolean;
  findingId?: string | null;
}

/** The record whose duties they are. */
interface Owner {
  type: string;
  id: string;
}

const urgency: Record<string, number> = { overdue: 0, late: 1, pending: 2, unknown: 3, excused: 4 };

export function useDuties(plural: string, id: string) {
  return useQuery({ queryKey: ['duties', plural, id], queryFn: () => api<Duty[]>(`/${plural}/${id}/duties`) });
}

/** Duties of a record: what is owed, by when, and how it came out. */
export function Duties({ plural, id }: { plural: string; id: string }) {
  const say = useSay();
  const { data, error, isPending, refetch } = useDuties(plural, id);
  const { subjects } = useVocabulary();
  const of: Owner = { type: subjects.find((one) => one.plural === plural)?.name ?? '', id };
  return (
    <Card component="section" aria-label={say('应办事项', 'Duties')}>
      <Typography variant="h3" component="h2" sx={{ p: 2, pb: 1 }}>
        {say('应办事项', 'Duties')}
        {data && data.length > 0 ? ` ${data.length}` : ''}
      </Typography>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : isPending ? (
        <Waiting rows={3} height={56} />
      ) : data.length === 0 ? (
        <Typography color="text.secondary" sx={{ px: 2, pb: 2 }}>
          {say('目前没有适用的监督规则', 'No rule applies at present')}
        </Typography>
      ) : (
        <>
          {data
            .filter((duty) => duty.verdict !== 'met')
            .sort((a, b) => (urgency[a.verdict] ?? 9) - (urgency[b.verdict] ?? 9))
            .map((duty) => (
              <DutyRow key={`${duty.code}${duty.occurrence}`} duty={duty} of={of} />
            ))}
          <MetDuties duties={data.filter((duty) => duty.verdict === 'met')} of={of} />
        </>
      )}
    </Card>
  );
}

function DutyRow({ duty, of }: { duty: Duty; of: Owner }) {
  const say = useSay();
  const name = duty.verdict;
  const over = duty.dueAt && duty.metAt ? new Date(duty.metAt).getTime() - new Date(duty.dueAt).getTime() : 0;
  return (
    <Box sx={{ px: 2, py: 1.25, borderTop: 1, borderColor: 'divider' }}>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'center' }}>
        <Link
          component={RouterLink}
          to={`/rules/${encodeURIComponent(duty.code)}/show`}
          color="text.primary"
          sx={{ flex: 1, fontWeight: 600, fontSize: 14 }}
        >
          {say(duty.title)}
        </Link>
        <ExplainButton duty={{ rule: duty.code, type: of.type, subjectId: of.id, occurrence: duty.occurrence }} />
        <VerdictTag verdict={duty.verdict} />
      </Stack>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'center', mt: 0.5, flexWrap: 'wrap' }}>
        {(name === 'pending' || name === 'overdue') && <TimeLeft due={duty.dueAt} warn={duty.warnAt} />}
        {(name === 'late' || name === 'overdue') && <StatusTag status={severityOf(duty.severity)} />}
        <Typography variant="caption" color="text.secondary">
          {[
            duty.dueAt ? `${say('期限', 'Due')} ${shortInstant(duty.dueAt)}` : '',
            duty.metAt
              ? `${say('办结', 'Met')} ${shortInstant(duty.metAt)}${name === 'late' && over > 0 ? say(`，超 ${span(over, say)}`, `, ${span(over, say)} over`) : ''}`
              : '',
            duty.person,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      </Stack>
      {duty.sentence && name !== 'met' && name !== 'pending' && (
        <Typography variant="body2" sx={{ mt: 0.5, fontSize: 13 }}>
          {say(duty.sentence)}
        </Typography>
      )}
      {duty.findingId && (
        <Link component={RouterLink} to={recordPath('findings', duty.findingId)} variant="caption">
          {say('查看执法问题', 'See the issue')}
        </Link>
      )}
    </Box>
  );
}

/** What was done in time is one line; a press shows each. */
function MetDuties({ duties, of }: { duties: Duty[]; of: Owner }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  if (duties.length === 0) return null;
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider' }}>
      <ButtonBase
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        sx={{ display: 'flex', width: '100%', px: 2, py: 1.25, gap: 1, justifyContent: 'flex-start' }}
      >
        <Typography sx={{ flex: 1, textAlign: 'left' }} color="text.secondary">
          {say(`另有 ${duties.length} 项监督未见问题`, `${duties.length} more were met in time`)}
        </Typography>
        <VerdictTag verdict="met" />
        <MoreIcon fontSize="small" sx={{ transform: open ? 'rotate(180deg)' : 'none', color: 'text.secondary' }} />
      </ButtonBase>
      <Collapse in={open} unmountOnExit>
        {duties.map((duty) => (
          <DutyRow key={`${duty.code}${duty.occurrence}`} duty={duty} of={of} />
        ))}
      </Collapse>
    </Box>
  );
}
