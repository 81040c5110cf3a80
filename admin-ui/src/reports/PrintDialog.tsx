import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, sentenceOf } from '../providers/http.ts';
import { useSay } from '../words/say.ts';
import type { Paper } from './PrintButton.tsx';

interface Report {
  id: string;
  state: 'queued' | 'rendering' | 'done' | 'failed';
  progress?: number;
  number?: string | null;
  lastError?: string | null;
}

/** Asks for a paper, shows how far it is, opens it when it is there. A job makes it: the dialog may be closed meanwhile. */
export function PrintDialog({ paper, close }: { paper: Paper; close: () => void }) {
  const say = useSay();
  const [id, setId] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const asked = useRef(false);
  const opened = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    api<Report>('/reports', {
      method: 'POST',
      body: {
        kind: paper.kind,
        ...(paper.subjectId ? { subjectId: paper.subjectId } : {}),
        params: paper.params ?? {},
      },
    })
      .then((report) => setId(report.id))
      .catch((error: unknown) => setProblem(sentenceOf(error)));
  }, [paper]);
  const { data, error } = useQuery({
    queryKey: ['report', id],
    queryFn: () => api<Report>(`/reports/${id}`),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && ['done', 'failed'].includes(query.state.data.state) ? false : 700),
  });
  const done = data?.state === 'done';
  const address = `/api/reports/${id}/pdf`;
  useEffect(() => {
    if (!done || opened.current) return;
    opened.current = true;
    window.open(address, '_blank', 'noopener');
  }, [done, address]);
  const failed =
    problem ||
    (error ? sentenceOf(error) : '') ||
    (data?.state === 'failed'
      ? say(
          '文书未能生成，管理员已可在“后台任务”中看到原因。',
          'The paper could not be made; the administrator sees why.',
        )
      : '');
  const share = (data?.progress ?? 0) > 1 ? (data?.progress ?? 0) : (data?.progress ?? 0) * 100;
  return (
    <Dialog open onClose={close} fullWidth maxWidth="xs" aria-labelledby="print-title">
      <DialogTitle id="print-title">{say(paper.label)}</DialogTitle>
      <DialogContent>
        {failed ? (
          <Alert severity="warning">{failed}</Alert>
        ) : done ? (
          <Alert severity="success">
            {say('文书已生成', 'The paper is ready')}
            {data.number ? ` ${data.number}` : ''}
          </Alert>
        ) : (
          <>
            <Typography gutterBottom>
              {data?.state === 'rendering' ? say('正在生成…', 'Rendering…') : say('正在排队…', 'Waiting…')}
            </Typography>
            <LinearProgress
              variant={share > 0 ? 'determinate' : 'indeterminate'}
              value={share}
              aria-label={say('进度', 'Progress')}
            />
            <Typography variant="caption" color="text.secondary">
              {say('可关闭此窗口，生成后会收到消息', 'You may close this window; a notice tells when it is done')}
            </Typography>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{say('关闭', 'Close')}</Button>
        {done && (
          <Button variant="contained" component="a" href={address} target="_blank" rel="noopener">
            {say('打开文书', 'Open the paper')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
