import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { useCallback, useState } from 'react';
import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { recordPath } from '../layout/links.ts';
import type { Values } from '../steps/draft.ts';
import { useSubmit } from '../steps/submit.ts';
import { FactInput } from '../subjects/FactInput.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Subject } from '../vocabulary/types.ts';
import { factIn, useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';

const asked = ['title', 'sentence', 'severity', 'unit', 'person', 'department'];
const required = ['title', 'sentence', 'severity', 'unit'];

/** 人工登记: an issue that the daily patrol saw and no rule did. It goes the way of every other. */
export function EnterFinding({ subject, record }: { subject: Subject; record: SubjectRecord }) {
  const say = useSay();
  const notify = useNotify();
  const navigate = useNavigate();
  const finding = useSubject('finding');
  const [open, setOpen] = useState(false);
  const [values, setValues] = useState<Values>({ unit: record[subject.unit], severity: 'ordinary' });
  const done = useCallback(
    ({ id }: { id: string }) => {
      notify(say('已登记疑似问题', 'The issue is entered'), { type: 'success' });
      navigate(recordPath('findings', id));
    },
    [notify, say, navigate],
  );
  const { send, busy, trouble } = useSubmit<{ id: string }>(done);
  const facts = asked.flatMap((name) => factIn(finding, name) ?? []);
  const given = Object.fromEntries(
    facts
      .filter((fact) => values[fact.name] !== undefined && values[fact.name] !== null && values[fact.name] !== '')
      .map((fact) => [fact.name, values[fact.name]]),
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say('登记问题', 'Enter an issue')}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} fullWidth maxWidth="sm" aria-labelledby="enter-title">
        <DialogTitle id="enter-title">{say('登记疑似问题', 'Enter a suspected issue')}</DialogTitle>
        <DialogContent dividers>
          <Stack
            spacing={2}
            component="form"
            noValidate
            id="enter"
            onSubmit={(event) => {
              event.preventDefault();
              void send({ path: '/findings', body: { ...given, subjectType: subject.name, subjectId: record.id } });
            }}
          >
            {trouble && (
              <Alert severity="warning" role="alert">
                {trouble.sentence}
              </Alert>
            )}
            <Alert severity="info">
              {say(
                '请写明时间、单位、事实和依据，用“未见……”表述，不作结论。',
                'Write time, unit, fact and norm; say what was not seen, and draw no conclusion.',
              )}
            </Alert>
            {facts.map((fact) => (
              <FactInput
                key={fact.name}
                fact={fact}
                value={values[fact.name]}
                onChange={(value) => setValues({ ...values, [fact.name]: value })}
                required={required.includes(fact.name)}
                error={trouble?.fields[fact.name]}
                refs={record.refs}
              />
            ))}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{say('取消', 'Cancel')}</Button>
          <Button
            variant="contained"
            type="submit"
            form="enter"
            disabled={busy || required.some((name) => given[name] === undefined)}
          >
            {say('登记', 'Enter')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
