import { Alert, Button, Card, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useLogout, useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { api, sentenceOf } from '../providers/http.ts';
import { currentSession, type Session, setSession } from '../providers/session.ts';
import { useSay } from '../words/say.ts';
import { SessionFrame } from './frame.tsx';

/** Change of password: by will, or forced at the first sign-in with a one-time password. */
export function ChangePassword({ forced = false }: { forced?: boolean }) {
  const say = useSay();
  const notify = useNotify();
  const logout = useLogout();
  const navigate = useNavigate();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState('');
  const differs = again !== '' && again !== next;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const answer = await api<Partial<Session> | undefined>('/session/password', {
        method: 'POST',
        body: { current, next },
      });
      const known = currentSession();
      if (known) setSession({ ...known, ...answer, mustChangePassword: false });
      notify(say('密码已修改', 'The password is changed'), { type: 'success' });
      navigate('/');
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  const box = (label: string, value: string, set: (value: string) => void, auto: string) => (
    <TextField
      label={label}
      type="password"
      value={value}
      onChange={(event) => set(event.target.value)}
      autoComplete={auto}
      size="medium"
      fullWidth
    />
  );
  const form = (
    <Card sx={{ p: { xs: 2.5, sm: 4 }, maxWidth: 520 }}>
      <Typography variant="h2" sx={{ mb: 1 }}>
        {say('修改密码', 'Change password')}
      </Typography>
      {forced && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {say('首次登录请先设置自己的密码。', 'Please set a password of your own first.')}
        </Alert>
      )}
      <Stack component="form" spacing={2} onSubmit={submit} noValidate>
        {problem && (
          <Alert severity="warning" role="alert">
            {problem}
          </Alert>
        )}
        {box(say('当前密码', 'Current password'), current, setCurrent, 'current-password')}
        {box(say('新密码（至少 12 位）', 'New password (12 characters or more)'), next, setNext, 'new-password')}
        {box(say('再次输入新密码', 'New password again'), again, setAgain, 'new-password')}
        {differs && (
          <Typography color="warning.main" variant="caption" role="alert">
            {say('两次输入不一致', 'The two entries differ')}
          </Typography>
        )}
        <Stack direction="row" spacing={1}>
          <Button type="submit" variant="contained" disabled={!current || next.length < 12 || next !== again}>
            {say('确定修改', 'Change it')}
          </Button>
          <Button onClick={() => (forced ? void logout() : navigate(-1))}>
            {forced ? say('退出登录', 'Sign out') : say('取消', 'Cancel')}
          </Button>
        </Stack>
      </Stack>
    </Card>
  );
  return forced ? <SessionFrame>{form}</SessionFrame> : form;
}
