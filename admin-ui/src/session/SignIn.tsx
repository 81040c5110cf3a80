import HideIcon from '@mui/icons-material/VisibilityOffOutlined';
import ShowIcon from '@mui/icons-material/VisibilityOutlined';
import { Alert, Button, Card, IconButton, InputAdornment, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useLogin } from 'react-admin';
import { LanguageSwitch } from '../layout/LanguageSwitch.tsx';
import { sentenceOf } from '../providers/http.ts';
import { useSay } from '../words/say.ts';
import { DemoAccounts } from './DemoAccounts.tsx';
import { SessionFrame } from './frame.tsx';

/** Sign-in; a demonstration shows its accounts by role below. */
export function SignIn() {
  const say = useSay();
  const login = useLogin();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  const enter = async (account: { login: string; password: string }) => {
    setBusy(true);
    setProblem('');
    try {
      await login(account, '/');
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter({ login: name.trim(), password });
  };

  return (
    <SessionFrame
      aside={
        <DemoAccounts
          busy={busy}
          pick={(account) => {
            setName(account.login);
            setPassword(account.password);
            void enter(account);
          }}
        />
      }
    >
      <Card sx={{ p: { xs: 2.5, sm: 4 } }}>
        <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', mb: 2 }}>
          <Typography variant="h2">{say('登录', 'Sign in')}</Typography>
          <LanguageSwitch />
        </Stack>
        <Stack component="form" spacing={2} onSubmit={submit} noValidate>
          {problem && (
            <Alert severity="warning" role="alert">
              {problem}
            </Alert>
          )}
          <TextField
            label={say('账号', 'Account')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="username"
            autoFocus
            fullWidth
            size="medium"
          />
          <TextField
            label={say('密码', 'Password')}
            type={shown ? 'text' : 'password'}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
            fullWidth
            size="medium"
            slotProps={{
              input: {
                endAdornment: (
                  <InputAdornment position="end">
                    <IconButton
                      edge="end"
                      onClick={() => setShown(!shown)}
                      aria-label={shown ? say('隐藏密码', 'Hide the password') : say('显示密码', 'Show the password')}
                    >
                      {shown ? <HideIcon /> : <ShowIcon />}
                    </IconButton>
                  </InputAdornment>
                ),
              },
            }}
          />
          <Button type="submit" variant="contained" size="large" disabled={busy || !name || !password}>
            {busy ? say('正在登录…', 'Signing in…') : say('登录', 'Sign in')}
          </Button>
          <Typography variant="caption" color="text.secondary">
            {say(
              '本系统记录每次登录与操作。连续输错密码，账号将暂时锁定。',
              'Every sign-in and act is recorded. Repeated wrong passwords lock the account for a while.',
            )}
          </Typography>
        </Stack>
      </Card>
    </SessionFrame>
  );
}
