import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, sentenceOf } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { useSay } from '../words/say.ts';
import type { Budget } from './scores.ts';

/** The precision budget; the legal head sets it. */
export function BudgetForm({ budget }: { budget: Budget }) {
  const say = useSay();
  const may = useMay();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [share, setShare] = useState('');
  const [judged, setJudged] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api('/precision-budget', { method: 'PUT', body: { share: Number(share) / 100, judged: Number(judged) } }),
    onSuccess: async () => {
      setOpen(false);
      await client.invalidateQueries({ queryKey: ['precision-budget'] });
      await client.invalidateQueries({ queryKey: ['rules', 'scoreboard'] });
    },
  });
  if (!may('rule.enact')) return null;
  return (
    <>
      <Button
        onClick={() => {
          setShare(String(Math.round(budget.share * 100)));
          setJudged(String(budget.judged));
          setOpen(true);
        }}
      >
        {say('设定预算', 'Set the budget')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)}>
        <DialogTitle>{say('准确率预算', 'Precision budget')}</DialogTitle>
        <DialogContent sx={{ display: 'flex', gap: 2, pt: '8px !important' }}>
          <TextField
            type="number"
            label={say('准确率不低于（%）', 'At least (%)')}
            value={share}
            onChange={(event) => setShare(event.target.value)}
            slotProps={{ htmlInput: { min: 0, max: 100 } }}
          />
          <TextField
            type="number"
            label={say('至少判定（项）', 'Of at least')}
            value={judged}
            onChange={(event) => setJudged(event.target.value)}
            slotProps={{ htmlInput: { min: 1 } }}
          />
        </DialogContent>
        {save.error && <Alert severity="error">{sentenceOf(save.error)}</Alert>}
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{say('取消', 'Cancel')}</Button>
          <Button variant="contained" disabled={save.isPending} onClick={() => save.mutate()}>
            {say('保存', 'Save')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
