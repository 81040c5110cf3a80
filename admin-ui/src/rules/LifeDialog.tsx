import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNotify } from 'react-admin';
import { api, newKey, sentenceOf } from '../providers/http.ts';
import { DayBox } from '../subjects/TimeBox.tsx';
import { type Text, useSay } from '../words/say.ts';
import { dayOf, now } from '../words/time.ts';
import { versionWords } from './version-words.ts';

interface Wanted {
  label: Text;
  hint: Text;
  remark: Text;
  required: boolean;
  tone?: 'error';
}

const threePeople: Text = {
  zh: '规则退出施行须经三人：提请、法制审签、第三人办理。办理之前规则照常判定。',
  en: 'Taking a rule out of force takes three people: proposed, signed, done. Until then it judges as before.',
};

/** What each act asks for, and what it brings about. */
export const lifeActs: Record<string, Wanted> = {
  try: {
    label: { zh: '试运行', en: 'Try' },
    hint: {
      zh: '对现有和新增记录试判，仅法制可见，不产生疑似问题，不计入考评。已有版本施行的，两版并行互不影响。',
      en: 'Judged and seen by the legal office alone; raises nothing. Beside a version in force neither hides the other.',
    },
    remark: { zh: '说明', en: 'Remark' },
    required: false,
  },
  stop: {
    label: { zh: '退回草稿', en: 'Back to draft' },
    hint: { zh: '结束试运行，退回后可以修改。', en: 'Ends the trial: the text can be changed again.' },
    remark: { zh: '理由', en: 'Reason' },
    required: true,
  },
  sign: {
    label: { zh: '审签', en: 'Sign' },
    hint: {
      zh: '审签人对本版文本与法律依据的一致性负责，姓名和时间记入日志；文本改动后须重新审签。',
      en: 'Your name stands for this very text; a changed text is signed anew.',
    },
    remark: { zh: '审签意见', en: 'Opinion' },
    required: true,
  },
  enact: {
    label: { zh: '启用', en: 'Enact' },
    hint: {
      zh: '启用后，自起算日起产生的应办事项计入考评，超期的产生疑似问题；起算日之前的只作试判。',
      en: 'Duties that open from the go-live date on count; what opened before is judged as on trial.',
    },
    remark: { zh: '说明', en: 'Remark' },
    required: false,
  },
  propose_trial: {
    label: { zh: '提请转试运行', en: 'Propose a trial' },
    hint: threePeople,
    remark: { zh: '提请理由', en: 'Reason' },
    required: true,
  },
  propose_repeal: {
    label: { zh: '提请停用', en: 'Propose a repeal' },
    hint: threePeople,
    remark: { zh: '提请理由', en: 'Reason' },
    required: true,
  },
  suspend: {
    label: { zh: '转试运行', en: 'Back to trial' },
    hint: {
      zh: '转试运行后不再产生疑似问题，不计入考评，仅法制可见。',
      en: 'It raises nothing any more and counts in no rate; the legal office alone sees what it says.',
    },
    remark: { zh: '理由', en: 'Reason' },
    required: true,
    tone: 'error',
  },
  repeal: {
    label: { zh: '停用', en: 'Repeal' },
    hint: {
      zh: '停用后不再判定；已判定的应办事项和问题保持原样。',
      en: 'Nothing more is judged by it; what was judged stays.',
    },
    remark: { zh: '停用理由', en: 'Reason' },
    required: true,
    tone: 'error',
  },
};

/** One act in the life of a version, with what it brings about said before. */
export function LifeDialog({
  code,
  version,
  act,
  close,
}: {
  code: string;
  version: number;
  act: string;
  close: () => void;
}) {
  const say = useSay();
  const notify = useNotify();
  const queries = useQueryClient();
  const key = useRef(newKey());
  const [remark, setRemark] = useState('');
  const [goLive, setGoLive] = useState<string | null>(dayOf(now()));
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const wanted = lifeActs[act];
  if (!wanted) return null;
  const isMissing = (wanted.required && !remark.trim()) || (act === 'enact' && !goLive);
  const submit = async () => {
    setBusy(true);
    setProblem('');
    try {
      await api(`/rules/${encodeURIComponent(code)}/versions/${version}/${act}`, {
        method: 'POST',
        key: key.current,
        body: { remark: remark.trim() || null, ...(act === 'enact' && { goLive }) },
      });
      await queries.invalidateQueries();
      const told = act.startsWith('propose')
        ? say('已提请，待审签', 'Proposed: it waits for a signature')
        : act === 'sign'
          ? say('已审签', 'Signed')
          : say('已办理，正在重新评判', 'Done; records are judged anew');
      notify(told, { type: 'success' });
      close();
    } catch (error) {
      key.current = newKey();
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-labelledby="life-title">
      <DialogTitle id="life-title">{`${say(wanted.label)}：${code} ${versionWords(version, say)}`}</DialogTitle>
      <DialogContent dividers>
        <Stack spacing={2}>
          {problem && (
            <Alert severity="warning" role="alert">
              {problem}
            </Alert>
          )}
          <Alert severity="info">{say(wanted.hint)}</Alert>
          {act === 'enact' && (
            <DayBox label={say('起算日', 'Go-live date')} value={goLive} onChange={setGoLive} required />
          )}
          <TextField
            label={say(wanted.remark)}
            value={remark}
            onChange={(event) => setRemark(event.target.value)}
            required={wanted.required}
            multiline
            minRows={2}
            slotProps={{ htmlInput: { maxLength: 1000 } }}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{say('取消', 'Cancel')}</Button>
        <Button
          variant="contained"
          color={wanted.tone ?? 'primary'}
          disabled={busy || isMissing}
          onClick={() => void submit()}
        >
          {busy ? say('正在办理…', 'Working…') : say(wanted.label)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
