import { Alert, Box, Button, Card, Divider, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { mayStep } from '../subjects/record.ts';
import type { Step, Subject } from '../vocabulary/types.ts';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { ActForm } from './ActForm.tsx';
import type { Finding } from './finding.ts';
import { levels, stationOf } from './states.ts';

/** Verbs in the order in which they are likely wanted. */
const wanted = [
  'acknowledge',
  'explain',
  'sign_off',
  'judge',
  're_review',
  'rectify',
  'self_correct',
  'close',
  'recheck',
  'issue',
  'screen',
  'confirm_facts',
  'assign',
  'return',
];

const owners: Record<string, Text> = {
  screening: { zh: '案管员核查', en: 'the case-management officer' },
  issued: { zh: '单位法制员签收', en: 'the unit legal officer' },
  explaining: { zh: '责任民警说明、单位负责人审签', en: 'the officer and the unit head' },
  judging: { zh: '法制部门认定', en: 'the legal office' },
  rectifying: { zh: '责任单位整改', en: 'the responsible unit' },
  rechecking: { zh: '案管员复查', en: 'the case-management officer' },
  objection: { zh: '另一名法制审核民警复核', en: 'another legal reviewer' },
};

const rankOf = (step: Step): number => {
  const at = wanted.indexOf(step.verb);
  return at < 0 ? wanted.length : at;
};

/** What the viewer may do now, as the server says: the likeliest act stands open, the others are a press away. */
export function ActPanel({ subject, finding }: { subject: Subject; finding: Finding }) {
  const say = useSay();
  const steps = subject.steps
    .filter((step) => !step.opens && mayStep(finding, 'finding', step.verb))
    .sort((a, b) => rankOf(a) - rankOf(b));
  // an act that was done already (screened, re-checked) stays possible but is no longer the likely one
  const likely =
    steps.find(
      (step) =>
        !(step.verb === 'screen' && finding.screened) &&
        !(step.verb === 'recheck' && finding.recheckPassed) &&
        !['confirm_facts', 'assign', 'return'].includes(step.verb),
    ) ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const open = steps.find((step) => step.verb === chosen) ?? (likely && rankOf(likely) < wanted.length ? likely : null);
  const state = stationOf(String(finding.state));
  const owner = owners[String(finding.state)];
  return (
    <Card component="section" aria-label={say('办理', 'Act')} className="no-print">
      {open ? (
        <ActForm
          key={`${open.verb}${finding.version}`}
          subject={subject}
          finding={finding}
          step={open}
          done={() => setChosen(null)}
        />
      ) : (
        <Box sx={{ p: 2 }}>
          <Typography variant="h3" component="h2" gutterBottom>
            {say('当前办理', 'At present')}
          </Typography>
          <Typography color="text.secondary">
            {owner ? say(`待${owner.zh}`, `Waits for ${owner.en}`) : state ? say(state.label) : ''}
          </Typography>
          {steps.length === 0 && (
            <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
              {say('您在此环节没有需要办理的事项。', 'There is nothing for you to do at this station.')}
            </Typography>
          )}
        </Box>
      )}
      {finding.escalations?.map((one) => (
        <Alert key={one.level} severity="warning" sx={{ mx: 2, mb: 2 }}>
          {say(
            `已超本环节时限，可${levels[one.level]?.label.zh ?? '督办'}`,
            `Over its time: ${levels[one.level]?.label.en ?? 'escalation'} is proposed`,
          )}{' '}
          · {shortInstant(one.proposedAt)}
        </Alert>
      ))}
      {finding.guard && (
        <Alert severity="info" sx={{ mx: 2, mb: 2 }}>
          {say(finding.guard)}
          {(finding.reviewers?.length ?? 0) > 0 && (
            <Typography variant="body2">
              {say('可由以下人员办理：', 'May be handled by: ')}
              {finding.reviewers?.map((one) => one.name).join('、')}
            </Typography>
          )}
        </Alert>
      )}
      {steps.some((step) => step !== open) && (
        <>
          <Divider />
          <Stack direction="row" sx={{ p: 2, flexWrap: 'wrap', gap: 1 }}>
            {steps
              .filter((step) => step !== open)
              .map((step) => (
                <Button key={step.verb} variant="outlined" onClick={() => setChosen(step.verb)}>
                  {say(step.label)}
                </Button>
              ))}
          </Stack>
        </>
      )}
    </Card>
  );
}
