import {
  Alert,
  Autocomplete,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  Stack,
  TextField,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNotify } from 'react-admin';
import { api, newKey, sentenceOf } from '../providers/http.ts';
import { UnitPicker, useUnits } from '../subjects/pickers.tsx';
import { DayBox } from '../subjects/TimeBox.tsx';
import { useSay } from '../words/say.ts';
import { dayOf, now } from '../words/time.ts';
import type { Rule, RuleParam } from './rule.ts';
import { amountWords } from './words.ts';

export type ParamAct = { kind: 'set' } | { kind: 'copy' } | { kind: 'end'; param: RuleParam };

interface Props {
  rule: Rule;
  act: ParamAct;
  keyWords: (key: string) => string;
  close: () => void;
}

/** Sets a number for a unit from a day on, ends one, or copies those of a unit to others; each with its reason. */
export function ParamDialog({ rule, act, keyWords, close }: Props) {
  const say = useSay();
  const notify = useNotify();
  const queries = useQueryClient();
  const units = useUnits();
  const key = useRef(newKey());
  const choices = (rule.declared ?? []).flatMap((one) => one.values.map((value) => ({ ...one, ...value })));
  const known = choices.filter(
    (one, i) => choices.findIndex((other) => other.name === one.name && other.key === one.key) === i,
  );
  const [chosen, setChosen] = useState(0);
  const [unitId, setUnitId] = useState<number | null>(null);
  const [others, setOthers] = useState<number[]>([]);
  const [amount, setAmount] = useState(String(known[0]?.amount ?? ''));
  const [from, setFrom] = useState<string | null>(dayOf(now()));
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const one = known[chosen];
  const path = `/rules/${encodeURIComponent(rule.code)}/params${act.kind === 'set' ? '' : `/${act.kind}`}`;
  const body = () => {
    if (act.kind === 'copy') return { unitId, to: others, from, reason };
    if (act.kind === 'set')
      return { name: one?.name, key: one?.key ?? '', unitId, amount: Number(amount), from, to, reason };
    const { name, key: of = '', unitId: unit, fromOn } = act.param;
    return { name, key: of, unitId: unit, from: fromOn, to: from, reason };
  };
  const submit = async () => {
    setBusy(true);
    setProblem('');
    try {
      await api(path, { method: 'POST', key: key.current, body: body() });
      await queries.invalidateQueries();
      notify(say('已保存，正在重新评判', 'Saved; records are judged anew'), { type: 'success' });
      close();
    } catch (error) {
      key.current = newKey();
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const titles = {
    set: say('设定参数', 'Set a parameter'),
    copy: say('复制到其他单位', 'Copy to other units'),
    end: say('终止参数', 'End a parameter'),
  };
  const isMissing =
    !reason.trim() ||
    !from ||
    (act.kind === 'copy' && (!unitId || others.length === 0)) ||
    (act.kind === 'set' && !amount);
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-labelledby="param-title">
      <DialogTitle id="param-title">{`${titles[act.kind]}：${say(rule.title)}`}</DialogTitle>
      <DialogContent dividers>
        <Stack spacing={2}>
          {problem && (
            <Alert severity="warning" role="alert">
              {problem}
            </Alert>
          )}
          {act.kind === 'set' && (
            <>
              <TextField
                select
                label={say('参数', 'Parameter')}
                value={chosen}
                onChange={(event) => {
                  setChosen(Number(event.target.value));
                  setAmount(String(known[Number(event.target.value)]?.amount ?? ''));
                }}
              >
                {known.map((each, i) => (
                  <MenuItem key={`${each.name} ${each.key}`} value={i}>
                    {`${each.key ? keyWords(each.key) : say('数值', 'Value')}（${amountWords(each.amount, each.unit, say)}）`}
                  </MenuItem>
                ))}
              </TextField>
              <UnitPicker
                label={say('单位（不填为全市统一）', 'Unit (none: everybody)')}
                value={unitId}
                onChange={setUnitId}
              />
              <TextField
                label={say('数值', 'Value')}
                value={amount}
                onChange={(event) => setAmount(event.target.value)}
                type="number"
                required
                helperText={one ? amountWords(Number(amount) || 0, one.unit, say) : ''}
              />
            </>
          )}
          {act.kind === 'copy' && (
            <>
              <UnitPicker label={say('从单位', 'From')} value={unitId} onChange={setUnitId} required />
              <Autocomplete
                multiple
                options={units.filter((unit) => unit.id !== unitId)}
                getOptionLabel={(unit) => unit.name}
                value={units.filter((unit) => others.includes(unit.id))}
                onChange={(_, all) => setOthers(all.map((unit) => unit.id))}
                renderInput={(props) => <TextField {...props} label={say('复制到', 'To')} required />}
              />
            </>
          )}
          <DayBox
            label={act.kind === 'end' ? say('自此日起不再适用', 'No longer from') : say('自此日起', 'From')}
            value={from}
            onChange={setFrom}
            required
          />
          {act.kind === 'set' && (
            <DayBox label={say('至此日前（可不填）', 'Until before (optional)')} value={to} onChange={setTo} />
          )}
          <TextField
            label={say('理由', 'Reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            multiline
            minRows={2}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{say('取消', 'Cancel')}</Button>
        <Button variant="contained" disabled={busy || isMissing} onClick={() => void submit()}>
          {busy ? say('正在保存…', 'Saving…') : say('保存', 'Save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
