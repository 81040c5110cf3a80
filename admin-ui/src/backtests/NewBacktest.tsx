import { Alert, Autocomplete, Box, Button, Card, TextField, Typography } from '@mui/material';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';
import { UnitFilter } from '../lists/FilterBar.tsx';
import { api, problemOf } from '../providers/http.ts';
import type { Rule } from '../rules/rule.ts';
import { useSay } from '../words/say.ts';
import { dayOf, now } from '../words/time.ts';
import type { Summary } from './backtest.ts';

const daysBack = (days: number): string => dayOf(new Date(now().getTime() - days * 86_400_000));

/** The form: a stored rule by its name, or the text that the editor handed over (`state.text`). */
export function NewBacktest() {
  const say = useSay();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const handed = (useLocation().state as { text?: string } | null)?.text;
  const [code, setCode] = useState(params.get('rule') ?? '');
  const [text, setText] = useState(handed ?? '');
  const [from, setFrom] = useState(daysBack(90));
  const [to, setTo] = useState(daysBack(0));
  const [unit, setUnit] = useState<number | null>(null);
  const version = Number(params.get('version')) || undefined;
  const { data: rules } = useQuery({
    queryKey: ['rules'],
    queryFn: () => api<Rule[]>(`/rules?range=${encodeURIComponent('[0,499]')}`),
  });
  const start = useMutation({
    mutationFn: () =>
      api<Summary>('/backtests', {
        method: 'POST',
        body: {
          ...(text ? { text } : { code, ...(version && code === params.get('rule') ? { version } : {}) }),
          from,
          to,
          ...(unit ? { units: [unit] } : {}),
        },
      }),
    onSuccess: ({ id }) => navigate(`/backtests/${id}`),
  });
  const problem = problemOf(start.error);
  return (
    <Card component="section" sx={{ p: 2 }}>
      <Typography variant="h3" component="h2" sx={{ mb: 1.5 }}>
        {say('新的历史回测', 'A new back-test')}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
        {text ? (
          <TextField
            label={say('规则原文', 'Text of the rule')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            multiline
            maxRows={12}
            fullWidth
            slotProps={{ htmlInput: { style: { fontFamily: 'monospace', fontSize: 12.5 } } }}
          />
        ) : (
          <Autocomplete
            options={rules ?? []}
            value={(rules ?? []).find((rule) => rule.code === code) ?? null}
            onChange={(_, rule) => setCode(rule?.code ?? '')}
            getOptionLabel={(rule) => `${say(rule.title)}（${rule.code}）`}
            isOptionEqualToValue={(a, b) => a.code === b.code}
            noOptionsText={say('没有找到', 'Nothing found')}
            sx={{ width: 340 }}
            renderInput={(props) => <TextField {...props} label={say('监督规则', 'Rule')} />}
          />
        )}
        {text && <Button onClick={() => setText('')}>{say('改选现有规则', 'Choose a stored rule instead')}</Button>}
        <Day label={say('起算自', 'Opened from')} value={from} onChange={setFrom} />
        <Day label={say('至', 'to')} value={to} onChange={setTo} />
        <UnitFilter value={unit} onChange={setUnit} />
        <Button
          variant="contained"
          disabled={start.isPending || !(text || code) || !from || !to}
          onClick={() => start.mutate()}
        >
          {say('开始回测', 'Start')}
        </Button>
      </Box>
      <Typography variant="caption" color="text.secondary" sx={{ display: 'block', mt: 1 }}>
        {say(
          '对所选期间内起算的事项试算，不产生疑似问题，不影响现有应办事项；每次回测写入防篡改日志。',
          'Judges what opened in the period; it raises nothing, touches no live duty, and is told in the log.',
        )}
      </Typography>
      {problem && (
        <Alert severity="error" sx={{ mt: 1.5 }}>
          {problem.detail}
          {problem.fields?.map((field) => (
            <Box key={field.message ?? field.zh} sx={{ fontSize: 13 }}>
              {field.message ?? field.detail ?? say(field.zh ?? '', field.en ?? '')}
            </Box>
          ))}
        </Alert>
      )}
    </Card>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <TextField
      type="date"
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={{ width: 160 }}
    />
  );
}
