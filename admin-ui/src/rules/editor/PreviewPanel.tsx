import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { ExplanationView } from '../../explain/ExplanationView.tsx';
import type { Explanation } from '../../explain/explanation.ts';
import { api, sentenceOf } from '../../providers/http.ts';
import { useFindSubject } from '../../vocabulary/Vocabulary.tsx';
import { useSay } from '../../words/say.ts';

interface Told {
  subject?: { number: string | null };
  told?: Explanation[];
}

/** 试算: what the text on the screen says of one record, by its number; nothing is stored. */
export function PreviewPanel({ text, subject }: { text: string; subject: string | undefined }) {
  const say = useSay();
  const type = useFindSubject()(subject ?? '');
  const [number, setNumber] = useState('');
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState('');
  const run = async () => {
    setProblem('');
    try {
      setTold(await api<Told>('/rules/preview', { method: 'POST', body: { text, subject: number.trim() } }));
    } catch (error) {
      setTold(null);
      setProblem(sentenceOf(error));
    }
  };
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Box
        component="form"
        sx={{ display: 'flex', gap: 1 }}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <TextField
          label={say(
            `${type ? type.label.zh : '记录'}编号`,
            `Number of the ${type ? type.label.en.toLowerCase() : 'record'}`,
          )}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          sx={{ flex: 1 }}
        />
        <Button type="submit" variant="outlined" disabled={!subject || !number.trim()}>
          {say('试算', 'Preview')}
        </Button>
      </Box>
      {problem && <Alert severity="warning">{problem}</Alert>}
      {told?.told?.map((one) => (
        <ExplanationView key={one.occurrence} told={one} />
      ))}
      {!told && !problem && (
        <Typography variant="body2" color="text.secondary">
          {say(
            '填一条现有记录的编号，看这段文本怎样判定、为什么。试算不限施行期间，不保存任何结果。',
            'Name a record and see how this text judges it, and why, whenever it is to be in force. Nothing is stored.',
          )}
        </Typography>
      )}
    </Box>
  );
}
