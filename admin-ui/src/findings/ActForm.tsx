import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useCallback, useState } from 'react';
import { useNotify } from 'react-admin';
import { ConflictBar } from '../steps/ConflictBar.tsx';
import { dropDraft, keepDraft, readDraft, type Values } from '../steps/draft.ts';
import { useSubmit } from '../steps/submit.ts';
import { FactInput } from '../subjects/FactInput.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Fact, Step, Subject } from '../vocabulary/types.ts';
import { factIn } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { FilesInput } from './Files.tsx';
import { hintOf, isAsked, limitOptions, submitLabel } from './forms.ts';

/** The form of one verb, generated from its declaration. The browser posts the verb, never a state. */
export function ActForm({
  subject,
  finding,
  step,
  done,
}: {
  subject: Subject;
  finding: SubjectRecord;
  step: Step;
  done: () => void;
}) {
  const say = useSay();
  const notify = useNotify();
  const draftKey = `finding.${finding.id}.${step.verb}`;
  const [values, setValues] = useState<Values>(() => readDraft(draftKey) ?? {});
  const facts = [...step.required, ...step.optional]
    .flatMap((name) => factIn(subject, name) ?? [])
    .filter((fact) => isAsked(step.verb, fact.name, values))
    .map((fact) => limitOptions(fact, finding));
  const finish = useCallback(() => {
    dropDraft(draftKey);
    notify(say(`已${step.label.zh}`, `Done: ${step.label.en}`), { type: 'success' });
    done();
  }, [draftKey, notify, say, step, done]);
  const { send, busy, trouble, renew } = useSubmit(finish);
  const set = (name: string, value: unknown) => {
    const next = { ...values, [name]: value };
    setValues(next);
    keepDraft(draftKey, facts, next);
  };
  const given = Object.fromEntries(
    facts
      .filter((fact) => values[fact.name] !== undefined && values[fact.name] !== null && values[fact.name] !== '')
      .map((fact) => [fact.name, values[fact.name]]),
  );
  const submit = (version = finding.version) =>
    void send({ path: `/findings/${finding.id}/${step.verb}`, body: given, version });
  const missing = step.required.some((name) => given[name] === undefined);
  const hint = hintOf(step.verb, values, say);
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      sx={{ p: 2 }}
    >
      <Typography variant="h3" component="h2" sx={{ mb: 1.5 }}>
        {say(step.label)}
      </Typography>
      <Stack spacing={2}>
        {trouble?.kind === 'conflict' ? (
          <ConflictBar
            facts={facts}
            current={trouble.current ?? {}}
            mine={values}
            refs={finding.refs}
            keep={() => submit(trouble.version ?? undefined)}
            take={() => {
              dropDraft(draftKey);
              renew();
              done();
            }}
          />
        ) : (
          trouble && (
            <Alert severity="warning" role="alert">
              {trouble.sentence}
            </Alert>
          )
        )}
        {hint && <Alert severity="info">{hint}</Alert>}
        {facts.map((fact) => (
          <Field
            key={fact.name}
            fact={fact}
            required={step.required.includes(fact.name)}
            value={values[fact.name]}
            error={trouble?.fields[fact.name]}
            onChange={(value) => set(fact.name, value)}
            finding={finding}
          />
        ))}
        <Box>
          <Button type="submit" variant="contained" disabled={busy || missing}>
            {busy ? say('正在提交…', 'Submitting…') : submitLabel(step, values, say)}
          </Button>
        </Box>
      </Stack>
    </Box>
  );
}

function Field({
  fact,
  required,
  value,
  error,
  onChange,
  finding,
}: {
  fact: Fact;
  required: boolean;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
  finding: SubjectRecord;
}) {
  const say = useSay();
  if (fact.kind === 'json') return <FilesInput label={say(fact.label)} value={value} onChange={onChange} />;
  const long = ['explanation', 'opinion'].includes(fact.name);
  return (
    <FactInput
      fact={long ? { ...fact, kind: 'note' } : fact}
      value={value}
      onChange={onChange}
      required={required}
      error={error}
      refs={finding.refs}
    />
  );
}
