import AddIcon from '@mui/icons-material/Add';
import { Button, ListSubheader, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { mayStep, partsFor, type SubjectRecord } from '../subjects/record.ts';
import type { Step, Subject } from '../vocabulary/types.ts';
import { type Text, useSay } from '../words/say.ts';
import { type Replaced, StepDialog } from './StepDialog.tsx';

/** Steps that the server lets this viewer record on this record now. */
export const openSteps = (subject: Subject, record: SubjectRecord): Step[] =>
  subject.steps.filter(
    (step) =>
      !step.opens &&
      !step.internal &&
      mayStep(record, subject.name, step.verb) &&
      (!step.part || step.adds || partsFor(record, step).length > 0),
  );

/** The step most likely next: the first in the order of the declaration whose instant is not there yet. */
export function nextStep(record: SubjectRecord, steps: Step[]): Step | undefined {
  return steps.find((step) => {
    if (!step.at) return false;
    if (step.part) return !step.adds && partsFor(record, step).some((part) => !part[step.at ?? '']);
    return !record[step.at];
  });
}

/** How a subject with many steps sorts them in the menu. */
export interface StepSorting {
  /** The headings in the order in which they are shown. */
  headings: readonly Text[];
  heading(step: Step): Text | undefined;
  offers(step: Step, record: SubjectRecord): boolean;
}

/** 登记环节: the next step as a button, the others in a menu by part. */
export function StepMenu({
  subject,
  record,
  likely,
  sorted,
}: {
  subject: Subject;
  record: SubjectRecord;
  likely?: string | undefined;
  sorted?: StepSorting | undefined;
}) {
  const say = useSay();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const steps = openSteps(subject, record).filter((one) => sorted?.offers(one, record) ?? true);
  const first = steps.find((one) => one.verb === likely) ?? nextStep(record, steps);
  if (steps.length === 0) return null;
  const groups = grouped(subject, steps, sorted);
  return (
    <>
      {first && (
        <Button variant="contained" onClick={() => setStep(first)}>
          {say(first.label)}
        </Button>
      )}
      <Button
        variant={first ? 'outlined' : 'contained'}
        startIcon={<AddIcon />}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {say('登记环节', 'Record a step')}
      </Button>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(null)}
        slotProps={{ paper: { sx: { maxHeight: 520, minWidth: 220 } } }}
      >
        {groups.flatMap((group) => [
          groups.length > 1 && (
            <ListSubheader key={group.label.en} sx={{ lineHeight: '32px' }}>
              {say(group.label)}
            </ListSubheader>
          ),
          ...group.steps.map((one) => (
            <MenuItem
              key={one.verb}
              dense
              onClick={() => {
                setAnchor(null);
                setStep(one);
              }}
            >
              {say(one.label)}
            </MenuItem>
          )),
        ])}
      </Menu>
      {step && <StepDialog subject={subject} step={step} record={record} close={() => setStep(null)} />}
    </>
  );
}

/** Steps of the subject itself under the headings it sorts them by, then those of each part. */
function grouped(subject: Subject, steps: Step[], sorted: StepSorting | undefined): { label: Text; steps: Step[] }[] {
  const labelOf = (step: Step): Text =>
    (step.part ? subject.parts.find((part) => part.name === step.part)?.label : sorted?.heading(step)) ?? subject.label;
  const groups = Map.groupBy(steps, (step) => labelOf(step).en);
  const wanted = [...(sorted?.headings ?? []), subject.label, ...subject.parts.map((part) => part.label)];
  return wanted.flatMap((label) => {
    const steps = groups.get(label.en);
    return steps && groups.delete(label.en) ? [{ label, steps }] : [];
  });
}

/** Opens a new record: the subject's opening step as a button. */
export function OpenButton({
  subject,
  given,
  label,
  variant = 'contained',
  done,
}: {
  subject: Subject;
  given?: Record<string, unknown>;
  label?: string;
  variant?: 'contained' | 'outlined';
  done?: (answer: { id?: string }) => void;
}) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const step = subject.steps.find((one) => one.opens && !one.internal);
  if (!step) return null;
  return (
    <>
      <Button variant={variant} startIcon={<AddIcon />} onClick={() => setOpen(true)}>
        {label ?? say(step.label)}
      </Button>
      {open && (
        <StepDialog
          subject={subject}
          step={step}
          given={given}
          close={() => setOpen(false)}
          {...(done ? { done } : {})}
        />
      )}
    </>
  );
}

export type { Replaced };
