import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  Stack,
  TextField,
  type Theme,
  Typography,
  useMediaQuery,
} from '@mui/material';
import { useCallback, useMemo, useState } from 'react';
import { useNotify } from 'react-admin';
import { useSession } from '../providers/session.ts';
import { FactInput } from '../subjects/FactInput.tsx';
import { useUnits } from '../subjects/pickers.tsx';
import { numberOf, type PartRecord, partsFor, type SubjectRecord } from '../subjects/record.ts';
import { InstantBox } from '../subjects/TimeBox.tsx';
import type { Fact, Step, Subject } from '../vocabulary/types.ts';
import { factIn } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { now } from '../words/time.ts';
import { ConflictBar } from './ConflictBar.tsx';
import { openingDefaults, proposedNumber } from './defaults.ts';
import { dropDraft, keepDraft, readDraft, type Values } from './draft.ts';
import { type PartName, usePartName } from './part-name.ts';
import { isWanted } from './recommended.ts';
import { StepFields } from './StepFields.tsx';
import { useSubmit } from './submit.ts';

/** A step that a new one replaces: its id, and what it said. */
export interface Replaced {
  id: string;
  partId?: string | null;
  occurredAt: string;
  facts: Values;
}

interface Props {
  subject: Subject;
  step: Step;
  /** Absent when the step opens a new record. */
  record?: SubjectRecord | undefined;
  replaced?: Replaced | undefined;
  /** Facts known beforehand (the case of an item taken from the case's page). */
  given?: Values | undefined;
  close: () => void;
  done?: (answer: { id?: string }) => void;
}

/** Records one step: asks only what the step needs, as its declaration says. */
export function StepDialog({ subject, step, record, replaced, given, close, done }: Props) {
  const say = useSay();
  const notify = useNotify();
  const phone = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const partName = usePartName(subject);
  const person = useSession()?.person;
  const units = useUnits();
  const parts =
    step.part && !step.adds ? (replaced ? (record?.parts?.[step.part] ?? []) : partsFor(record, step)) : null;
  const draftKey = `${subject.name}.${record?.id ?? 'new'}.${step.verb}`;
  const factOf = useCallback((name: string) => factIn(subject, name, step.part), [subject, step.part]);
  const required = useMemo(() => step.required.flatMap((name) => factOf(name) ?? []), [step, factOf]);
  const optional = useMemo(() => step.optional.flatMap((name) => factOf(name) ?? []), [step, factOf]);
  const asked = useMemo(() => [...required, ...optional], [required, optional]);

  const [partId, setPartId] = useState(() => replaced?.partId ?? firstOpen(parts, step.at)?.id ?? null);
  const [occurredAt, setOccurredAt] = useState<string | null>(() => replaced?.occurredAt ?? now().toISOString());
  const [values, setValues] = useState<Values>(
    () =>
      replaced?.facts ?? {
        ...(record ? {} : openingDefaults(subject, step, person)),
        ...given,
        ...(readDraft(draftKey) ?? {}),
      },
  );
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const restored = useMemo(() => !replaced && readDraft(draftKey) !== null, [replaced, draftKey]);

  const finish = useCallback(
    (answer: { id?: string }) => {
      dropDraft(draftKey);
      notify(say(`已登记：${step.label.zh}`, `Recorded: ${step.label.en}`), { type: 'success' });
      close();
      done?.(answer);
    },
    [draftKey, notify, say, step, close, done],
  );
  const { send, busy, trouble, clear, renew } = useSubmit<{ id?: string }>(finish);

  const set = (name: string, value: unknown) => {
    if (trouble?.kind !== 'conflict') clear();
    // a proposed number arrives while somebody types on
    setValues((before) => {
      const next = { ...before, [name]: value };
      if (!replaced) keepDraft(draftKey, asked, next);
      return next;
    });
  };
  const submit = (version = record?.version) => {
    const facts = Object.fromEntries(
      asked
        .filter((fact) => values[fact.name] !== undefined && values[fact.name] !== null && values[fact.name] !== '')
        .map((fact) => [fact.name, values[fact.name]]),
    );
    void send({
      path: record ? `/${subject.plural}/${record.id}/steps` : `/${subject.plural}`,
      version,
      body: {
        verb: step.verb,
        occurredAt,
        facts,
        ...(parts && partId ? { partId } : {}),
        ...(note ? { note } : {}),
        ...(replaced ? { replaces: replaced.id } : {}),
        ...(reason ? { reason } : {}),
        ...(trouble?.kind === 'confirm' ? { confirmed: true } : {}),
      },
    });
  };
  const missing = required.some(
    (fact) => values[fact.name] === undefined || values[fact.name] === null || values[fact.name] === '',
  );
  const needsReason = Boolean(replaced) || trouble?.kind === 'confirm';
  const atFact: Fact | undefined = step.at ? factOf(step.at) : undefined;
  const errors = trouble?.fields ?? {};
  const refs =
    record?.refs ?? (person ? { person: { [person.id]: { name: `${person.name} ${person.number}` } } } : undefined);

  return (
    <Dialog
      open
      onClose={(_, why) => why === 'escapeKeyDown' && close()}
      fullWidth
      maxWidth="sm"
      fullScreen={phone}
      aria-labelledby="step-title"
    >
      <DialogTitle id="step-title">
        {replaced ? say(`更正：${step.label.zh}`, `Correct: ${step.label.en}`) : say(step.label)}
        {record && (
          <Typography variant="body2" color="text.secondary">
            {say(subject.label)} {numberOf(subject, record)}
          </Typography>
        )}
      </DialogTitle>
      <DialogContent dividers>
        <Stack
          spacing={2}
          component="form"
          noValidate
          id="step-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {trouble?.kind === 'conflict' && (
            <ConflictBar
              facts={asked}
              current={trouble.current ?? {}}
              mine={values}
              refs={record?.refs}
              keep={() => submit(trouble.version ?? undefined)}
              take={() => {
                dropDraft(draftKey);
                renew();
                close();
              }}
            />
          )}
          {trouble && trouble.kind !== 'conflict' && (
            <Alert severity="warning" role="alert">
              {trouble.sentence}
            </Alert>
          )}
          {restored && !trouble && (
            <Alert severity="info">{say('已恢复上次未提交的内容', 'What you had not submitted is restored')}</Alert>
          )}
          {replaced && (
            <Alert severity="info">
              {say('原记录保留不变，更正作为新的环节登记。', 'The old entry stays; the correction is a new step.')}
            </Alert>
          )}
          {parts && (
            <PartChoice
              parts={parts}
              value={partId}
              onChange={setPartId}
              name={(part, one, index) => partName(part, one, index, record?.refs)}
              part={step.part ?? ''}
            />
          )}
          <InstantBox
            label={atFact ? say(atFact.label) : say('发生时间', 'Occurred at')}
            value={occurredAt}
            onChange={(at) => {
              setOccurredAt(at);
              if (trouble?.kind !== 'conflict') clear();
            }}
            required
            error={errors.occurredAt ?? (step.at ? errors[step.at] : undefined)}
          />
          <StepFields
            required={required}
            wanted={optional.filter((fact) => isWanted(subject.name, step.verb, fact.name))}
            optional={optional.filter((fact) => !isWanted(subject.name, step.verb, fact.name))}
            values={values}
            set={set}
            errors={errors}
            refs={refs}
            {...(record
              ? {}
              : {
                  propose: {
                    fact: subject.number,
                    value: () =>
                      proposedNumber(
                        subject.name,
                        units.find((unit) => unit.id === values.unit),
                      ),
                  },
                })}
          />
          {needsReason && (
            <TextField
              label={
                replaced
                  ? say('更正原因', 'Reason of the correction')
                  : say('情况说明（确认无误的理由）', 'Why this is right')
              }
              required
              autoFocus
              multiline
              minRows={2}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              slotProps={{ htmlInput: { maxLength: 500 } }}
            />
          )}
          <FactInput fact={noteFact} value={note} onChange={(value) => setNote(String(value ?? ''))} />
        </Stack>
      </DialogContent>
      <DialogActions sx={{ px: 3, py: 1.5 }}>
        <Button onClick={close}>{say('取消', 'Cancel')}</Button>
        <Button
          variant="contained"
          type="submit"
          form="step-form"
          disabled={busy || missing || !occurredAt || (needsReason && !reason.trim()) || (parts !== null && !partId)}
        >
          {busy
            ? say('正在提交…', 'Submitting…')
            : trouble?.kind === 'confirm'
              ? say('确认登记', 'Confirm and record')
              : say('登记', 'Record')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

const noteFact: Fact = {
  name: 'note',
  kind: 'text',
  label: { zh: '备注', en: 'Note' },
  options: [],
  sensitive: true,
  planned: false,
  search: false,
};

/** The part a step is most likely about: the newest that does not have it yet. */
const firstOpen = (parts: PartRecord[] | null, at: string | undefined): PartRecord | undefined =>
  parts?.findLast((part) => !at || !part[at]) ?? parts?.at(-1);

function PartChoice({
  parts,
  value,
  onChange,
  name,
  part,
}: {
  parts: PartRecord[];
  value: string | null;
  onChange: (id: string) => void;
  name: PartName;
  part: string;
}) {
  const say = useSay();
  if (parts.length === 0)
    return <Alert severity="info">{say('还没有可登记的对象', 'There is nothing to record this on yet')}</Alert>;
  return (
    <TextField
      select
      label={say('登记到', 'Record on')}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
      required
    >
      {parts.map((one, index) => (
        <MenuItem key={one.id} value={one.id}>
          {name(part, one, index)}
        </MenuItem>
      ))}
    </TextField>
  );
}
