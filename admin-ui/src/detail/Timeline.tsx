import { Box, Button, Stack, Tooltip, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { useRoleNames } from '../organisation/role-names.ts';
import { api } from '../providers/http.ts';
import { usePartName } from '../steps/part-name.ts';
import { StepDialog } from '../steps/StepDialog.tsx';
import { FactValue } from '../subjects/FactValue.tsx';
import { mayStep, type References, type SubjectRecord } from '../subjects/record.ts';
import { Tag } from '../subjects/Status.tsx';
import type { Subject } from '../vocabulary/types.ts';
import { factIn, stepIn } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { fullInstant, shortInstant, span } from '../words/time.ts';

export interface TimelineStep {
  id: string;
  seq: number;
  verb: string;
  partId?: string | null;
  occurredAt: string;
  recordedAt: string;
  facts: Record<string, unknown>;
  person: { id: number | null; name: string };
  role: string;
  unit: { id: number | null; name: string };
  replaces?: string | null;
  replacedBy?: string | null;
  reason?: string | null;
  note?: string | null;
}

/** Recorded this much later than it happened is 补录 (domain.md §3.1, no. 5); a shorter delay is told without weight. */
const lateAfter = 24 * 3_600_000;
const delayed = 3_600_000;

/** Every step in the order it happened; late entries and corrections stay visible, a press opens what was recorded. */
export function Timeline({ subject, record }: { subject: Subject; record: SubjectRecord }) {
  const say = useSay();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['timeline', subject.plural, record.id],
    queryFn: () => api<TimelineStep[]>(`/${subject.plural}/${record.id}/timeline`),
  });
  const [correcting, setCorrecting] = useState<TimelineStep | null>(null);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={5} />;
  const steps = [...data].sort((a, b) => a.occurredAt.localeCompare(b.occurredAt) || a.seq - b.seq);
  if (steps.length === 0) return <Nothing title={say('尚无办理环节', 'No steps yet')} />;
  const mayCorrect = mayStep(record, subject.name, 'correct');
  const wrong = correcting && stepIn(subject, correcting.verb);
  return (
    <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {steps.map((step, index) => (
        <TimelineRow
          key={step.id}
          subject={subject}
          step={step}
          before={steps[index - 1]}
          refs={record.refs}
          record={record}
          correct={
            mayCorrect && !step.replacedBy && !hidesFrom(subject, record, step) ? () => setCorrecting(step) : undefined
          }
        />
      ))}
      {wrong && correcting && (
        <StepDialog
          subject={subject}
          step={wrong}
          record={record}
          replaced={{
            id: correcting.id,
            partId: correcting.partId ?? null,
            occurredAt: correcting.occurredAt,
            facts: correcting.facts,
          }}
          close={() => setCorrecting(null)}
        />
      )}
    </Box>
  );
}

/** A correction says the whole step anew: whoever sees a part of it masked would write the mask. */
function hidesFrom(subject: Subject, record: SubjectRecord, step: TimelineStep): boolean {
  const part = stepIn(subject, step.verb)?.part;
  return Object.keys(step.facts ?? {}).some((name) => record.masked?.includes(part ? `${part}.${name}` : name));
}

interface RowProps {
  subject: Subject;
  step: TimelineStep;
  before: TimelineStep | undefined;
  refs: References | undefined;
  record: SubjectRecord;
  correct: (() => void) | undefined;
}

function TimelineRow({ subject, step, before, refs, record, correct }: RowProps) {
  const say = useSay();
  const partName = usePartName(subject);
  const [open, setOpen] = useState(false);
  const declared = stepIn(subject, step.verb);
  const lag = new Date(step.recordedAt).getTime() - new Date(step.occurredAt).getTime();
  const gap = before ? new Date(step.occurredAt).getTime() - new Date(before.occurredAt).getTime() : 0;
  const siblings = declared?.part ? (record.parts?.[declared.part] ?? []) : [];
  const at = siblings.findIndex((one) => one.id === step.partId);
  // what the form asked for; what the system set by itself is told elsewhere
  const asked = new Set([...(declared?.required ?? []), ...(declared?.optional ?? [])]);
  const facts = Object.keys(step.facts ?? {})
    .filter((name) => asked.has(name) && step.facts[name] !== null)
    .flatMap((name) => factIn(subject, name, declared?.part) ?? [])
    .filter((fact) => fact.name !== declared?.at && fact.kind !== 'json' && fact.kind !== 'uuid');
  const dead = Boolean(step.replacedBy);
  const roleName = useRoleNames();
  return (
    <Box
      component="li"
      sx={{ display: 'grid', gridTemplateColumns: { xs: '84px 18px 1fr', sm: '104px 20px 1fr' }, columnGap: 1 }}
    >
      <Box sx={{ textAlign: 'right', pt: 0.25 }}>
        <Tooltip title={fullInstant(step.occurredAt)}>
          <Typography
            component="time"
            sx={{ fontSize: 13, fontWeight: 600, color: dead ? 'text.disabled' : 'text.primary' }}
          >
            {shortInstant(step.occurredAt)}
          </Typography>
        </Tooltip>
        {gap > 60_000 && (
          <Typography variant="caption" component="p" color="text.secondary">
            +{span(gap, say)}
          </Typography>
        )}
      </Box>
      <Box
        aria-hidden
        sx={{
          position: 'relative',
          '&::before': {
            content: '""',
            position: 'absolute',
            left: 8,
            top: 0,
            bottom: 0,
            width: 2,
            bgcolor: 'divider',
          },
        }}
      >
        <Box
          sx={{
            position: 'relative',
            mt: 0.75,
            ml: '3px',
            width: 12,
            height: 12,
            borderRadius: '50%',
            border: '2px solid',
            borderColor: dead ? '#b8c2cd' : 'primary.main',
            bgcolor: step.replaces ? 'primary.main' : '#fff',
          }}
        />
      </Box>
      <Box sx={{ pb: 2, minWidth: 0 }}>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
          <Box
            component="button"
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            sx={{
              all: 'unset',
              cursor: 'pointer',
              fontWeight: 600,
              textDecoration: dead ? 'line-through' : 'none',
              color: dead ? 'text.secondary' : 'text.primary',
              '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main', borderRadius: 0.5 },
            }}
          >
            {declared ? say(declared.label) : say('办理环节', 'Step')}
          </Box>
          {at >= 0 && siblings.length > 1 && (
            <Typography variant="caption" color="text.secondary">
              {partName(declared?.part ?? '', { id: siblings[at]?.id ?? '' }, at, refs)}
            </Typography>
          )}
          {step.replaces && <Tag tone="other">{say('更正', 'Correction')}</Tag>}
          {dead && <Tag>{say('已被更正', 'Corrected')}</Tag>}
          {lag > lateAfter && (
            <Tag tone="warn" title={fullInstant(step.recordedAt)}>
              {say(`补录，迟 ${span(lag, say)}`, `entered ${span(lag, say)} late`)}
            </Tag>
          )}
        </Stack>
        <Typography variant="caption" color="text.secondary">
          {[
            step.person.name,
            step.person.id === null ? '' : roleName(step.role),
            step.unit.name,
            lag > delayed && lag <= lateAfter
              ? say(`录入 ${shortInstant(step.recordedAt)}`, `entered ${shortInstant(step.recordedAt)}`)
              : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
        {facts.length > 0 && (
          <Typography
            variant="body2"
            component="div"
            sx={{ mt: 0.25, color: dead ? 'text.secondary' : 'text.primary', fontSize: 13.5 }}
          >
            {facts.slice(0, open ? undefined : 4).map((fact, index) => (
              <Box component="span" key={fact.name} sx={open ? { display: 'block' } : {}}>
                {!open && index > 0 && ' · '}
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {say(fact.label)}{' '}
                </Box>
                <FactValue fact={fact} value={step.facts[fact.name]} refs={refs} />
              </Box>
            ))}
            {!open && facts.length > 4 && ' …'}
          </Typography>
        )}
        {step.reason && (
          <Typography variant="body2" sx={{ mt: 0.5, pl: 1, borderLeft: '3px solid', borderColor: 'divider' }}>
            {say('原因：', 'Reason: ')}
            {step.reason}
          </Typography>
        )}
        {step.note && (
          <Typography variant="body2" color="text.secondary">
            {step.note}
          </Typography>
        )}
        {open && (
          <Stack direction="row" spacing={2} sx={{ mt: 0.5, alignItems: 'center' }}>
            <Typography variant="caption" color="text.secondary">
              {say('录入时间', 'Recorded at')} {fullInstant(step.recordedAt)}
            </Typography>
            {correct && <Button onClick={correct}>{say('更正此环节', 'Correct this step')}</Button>}
          </Stack>
        )}
      </Box>
    </Box>
  );
}
