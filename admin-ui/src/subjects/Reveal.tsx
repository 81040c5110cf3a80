import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField } from '@mui/material';
import { useState } from 'react';
import { api, sentenceOf } from '../providers/http.ts';
import type { Subject } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import { FactGrid } from './FactGrid.tsx';
import type { SubjectRecord } from './record.ts';

/** Personal data in full, after a stated purpose: the log keeps who looked and why. Shown once, kept nowhere. */
export function Reveal({ subject, record }: { subject: Subject; record: SubjectRecord }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [purpose, setPurpose] = useState('');
  const [seen, setSeen] = useState<SubjectRecord | null>(null);
  const [problem, setProblem] = useState('');
  const close = () => {
    setOpen(false);
    setSeen(null);
    setPurpose('');
  };
  const look = async () => {
    try {
      setSeen(
        await api<SubjectRecord>(`/${subject.plural}/${record.id}/reveal`, { method: 'POST', body: { purpose } }),
      );
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say('查看完整信息', 'Show in full')}</Button>
      <Dialog open={open} onClose={close} fullWidth maxWidth="sm" aria-labelledby="reveal-title">
        <DialogTitle id="reveal-title">{say('查看完整个人信息', 'Personal data in full')}</DialogTitle>
        <DialogContent dividers>
          {seen ? (
            <FactGrid facts={subject.facts.filter((fact) => fact.sensitive)} values={seen} refs={seen.refs} />
          ) : (
            <Stack spacing={2}>
              <Alert severity="info">
                {say(
                  '请写明事由。本次查看将记入防篡改日志，当事民警可以看到。',
                  'State the purpose. This is entered in the tamper-evident log.',
                )}
              </Alert>
              {problem && <Alert severity="warning">{problem}</Alert>}
              <TextField
                label={say('查看事由', 'Purpose')}
                required
                autoFocus
                multiline
                minRows={2}
                value={purpose}
                onChange={(event) => setPurpose(event.target.value)}
                slotProps={{ htmlInput: { maxLength: 500 } }}
              />
            </Stack>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={close}>{say('关闭', 'Close')}</Button>
          {!seen && (
            <Button variant="contained" disabled={purpose.trim().length < 2} onClick={() => void look()}>
              {say('查看', 'Show')}
            </Button>
          )}
        </DialogActions>
      </Dialog>
    </>
  );
}
