import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { useNotify } from 'react-admin';
import { api, type Call, newKey, problemOf, sentenceOf } from '../providers/http.ts';
import { FactInput } from '../subjects/FactInput.tsx';
import type { References } from '../subjects/record.ts';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';

interface Props<T> {
  title: string;
  facts: Fact[];
  required: string[];
  start?: Record<string, unknown>;
  refs?: References;
  path: string;
  method?: Call['method'];
  version?: number | undefined;
  children?: ReactNode;
  close: () => void;
  done?: (answer: T) => void;
}

/** A form of the administrators in a dialog: what is empty goes as null, messages of the server stand at their field. */
export function FormDialog<T>({
  title,
  facts,
  required,
  start = {},
  refs,
  path,
  method = 'POST',
  version,
  children,
  close,
  done,
}: Props<T>) {
  const say = useSay();
  const notify = useNotify();
  const queries = useQueryClient();
  const key = useRef(newKey());
  const [values, setValues] = useState<Record<string, unknown>>(start);
  const [problem, setProblem] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const missing = required.some((name) => values[name] === undefined || values[name] === null || values[name] === '');
  const submit = async () => {
    setBusy(true);
    setProblem('');
    try {
      const body = Object.fromEntries(
        facts
          .filter((fact) => required.includes(fact.name) || values[fact.name] !== undefined)
          .map((fact) => [fact.name, values[fact.name] === '' ? null : (values[fact.name] ?? null)]),
      );
      const answer = await api<T>(path, {
        method,
        body,
        key: key.current,
        ...(version === undefined ? {} : { version }),
      });
      await queries.invalidateQueries();
      notify(say('已保存', 'Saved'), { type: 'success' });
      close();
      done?.(answer);
    } catch (error) {
      key.current = newKey();
      const told = problemOf(error);
      setProblem(sentenceOf(error));
      setErrors(
        Object.fromEntries(
          (told?.fields ?? []).map((field) => [field.path.replace(/^body\./, ''), field.message ?? '']),
        ),
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-labelledby="form-title">
      <DialogTitle id="form-title">{title}</DialogTitle>
      <DialogContent dividers>
        <Stack
          spacing={2}
          component="form"
          noValidate
          id="form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {problem && (
            <Alert severity="warning" role="alert">
              {problem}
            </Alert>
          )}
          {children}
          {facts.map((fact) => (
            <FactInput
              key={fact.name}
              fact={fact}
              value={values[fact.name]}
              onChange={(value) => setValues({ ...values, [fact.name]: value })}
              required={required.includes(fact.name)}
              error={errors[fact.name]}
              refs={refs}
            />
          ))}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{say('取消', 'Cancel')}</Button>
        <Button variant="contained" type="submit" form="form" disabled={busy || missing}>
          {busy ? say('正在保存…', 'Saving…') : say('保存', 'Save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
