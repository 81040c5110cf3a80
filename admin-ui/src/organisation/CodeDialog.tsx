import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useSay } from '../words/say.ts';

/** What is told once: a one-time password as a whole, or the half of a code that another administrator completes. */
export interface Told {
  code: string;
  part: 'whole' | 'first' | 'second';
}

/** Shows a code once, to be handed over in person. */
export function CodeDialog({ told, close }: { told: Told; close: () => void }) {
  const say = useSay();
  const titles = {
    whole: say('一次性密码', 'One-time password'),
    first: say('重置码前半', 'First half of the code'),
    second: say('重置码后半', 'Second half of the code'),
  };
  const hints = {
    whole: say('请当面交给本人。关闭后不再显示。', 'Hand it over in person. It is not shown again.'),
    first: say(
      '请当面交给本人。待另一名管理员放行后，本人以“前半-后半”登录并设置新密码。关闭后不再显示。',
      'Hand it to the owner in person. Once another administrator has released it, he signs in with both halves and sets a password. It is not shown again.',
    ),
    second: say(
      '请当面交给本人，本人以“前半-后半”登录并设置新密码，72 小时内有效。关闭后不再显示。',
      'Hand it to the owner in person: he signs in with both halves within 72 hours and sets a password. It is not shown again.',
    ),
  };
  return (
    <Dialog open onClose={close} aria-labelledby="code-title">
      <DialogTitle id="code-title">{titles[told.part]}</DialogTitle>
      <DialogContent>
        <Typography gutterBottom>{hints[told.part]}</Typography>
        <Box
          sx={{
            fontFamily: 'ui-monospace, monospace',
            fontSize: 22,
            letterSpacing: 1,
            p: 2,
            bgcolor: 'background.default',
            borderRadius: 1,
            userSelect: 'all',
          }}
        >
          {told.code}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={close}>
          {say('已交给本人', 'Handed over')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
