import { Alert, Box, Button, Collapse, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNotify } from 'react-admin';
import { Link as RouterLink, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { PageTitle } from '../../layout/PageTitle.tsx';
import { Failure, Waiting } from '../../layout/states.tsx';
import { api, sentenceOf } from '../../providers/http.ts';
import { useMay } from '../../providers/session.ts';
import { useSay } from '../../words/say.ts';
import type { Rule, RuleVersion } from '../rule.ts';
import { Section } from '../Section.tsx';
import { versionWords } from '../version-words.ts';
import { CodeBox } from './CodeBox.tsx';
import { useCheck } from './check.ts';
import type { Words } from './completion.ts';
import { Mistakes, mended } from './Mistakes.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { template } from './template.ts';

/** Where the text comes from: a draft that is there, a rule to be amended, or nothing yet. */
function useSource(): { start: string | undefined; draft: RuleVersion | undefined; error: unknown } {
  const { code = '', version = '' } = useParams();
  const [search] = useSearchParams();
  const from = search.get('from') ?? '';
  const path = version
    ? `/rules/${encodeURIComponent(code)}/versions/${version}`
    : `/rules/${encodeURIComponent(from)}`;
  const { data, error } = useQuery({
    queryKey: ['rule source', path],
    queryFn: () => api<RuleVersion | Rule>(path),
    enabled: Boolean(version || from),
    staleTime: 0,
    gcTime: 0,
  });
  if (!version && !from) return { start: template, draft: undefined, error: null };
  return { start: data?.text, draft: version ? (data as RuleVersion | undefined) : undefined, error };
}

/** Writes a rule: live check, words while typing, what it says of a record, and the SQL that would judge. */
export function RuleEditor() {
  const say = useSay();
  const { start, draft, error } = useSource();
  if (error) return <Failure error={error} />;
  if (start === undefined) return <Waiting rows={6} height={64} />;
  return (
    <Editor key={draft ? draft.version : 'new'} start={start} draft={draft} title={say('编写规则', 'Write a rule')} />
  );
}

function Editor({ start, draft, title }: { start: string; draft: RuleVersion | undefined; title: string }) {
  const say = useSay();
  const may = useMay();
  const notify = useNotify();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { code = '' } = useParams();
  const [text, setText] = useState(start);
  const [kept, setKept] = useState({ text: draft ? start : '', revision: draft?.revision ?? 0 });
  const [problem, setProblem] = useState('');
  const [sql, setSql] = useState(false);
  const { checked, isBusy } = useCheck(text);
  const { data: words } = useQuery({
    queryKey: ['rule words'],
    queryFn: () => api<Words>('/rules/vocabulary'),
    staleTime: 600_000,
  });
  const isChanged = text !== kept.text;
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => isChanged && draft && event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isChanged, draft]);
  const save = async () => {
    setProblem('');
    try {
      const saved = draft
        ? await api<RuleVersion & { text: string }>(`/rules/${encodeURIComponent(code)}/versions/${draft.version}`, {
            method: 'PUT',
            body: { text, revision: kept.revision },
          })
        : await api<RuleVersion & { text: string; code: string }>('/rules/drafts', { method: 'POST', body: { text } });
      notify(say('草稿已保存', 'Draft kept'), { type: 'success' });
      setKept({ text: saved.text, revision: saved.revision });
      setText(saved.text);
      await queries.invalidateQueries({ queryKey: ['rules'] });
      if (!draft && 'code' in saved)
        navigate(`/rule-editor/${encodeURIComponent(String(saved.code))}/${saved.version}`, { replace: true });
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  };
  const wrong = new Map((checked?.errors ?? []).map((one) => [one.line, say(one)]));
  return (
    <>
      <PageTitle
        title={title}
        hint={
          draft
            ? `${code} ${versionWords(draft.version, say)} · ${isChanged ? say('有未保存的改动', 'not kept yet') : say('已保存', 'kept')}`
            : say(
                '保存后成为草稿，由另一人审签、第三人启用。',
                'Kept as a draft; another person signs, a third enacts.',
              )
        }
      >
        <Button component={RouterLink} to="/rule-words" target="_blank">
          {say('词汇表', 'Vocabulary')}
        </Button>
        {draft && (
          <Button component={RouterLink} to={`/rules/${encodeURIComponent(code)}/show`}>
            {say('规则卡片', 'Card')}
          </Button>
        )}
        {may('rule.backtest') && (
          <Button component={RouterLink} to="/backtests" state={{ text }}>
            {say('历史回测', 'Back-test')}
          </Button>
        )}
        <Button variant="contained" disabled={Boolean(draft) && !isChanged} onClick={() => void save()}>
          {say('保存草稿', 'Keep the draft')}
        </Button>
      </PageTitle>
      {problem && (
        <Alert severity="warning" role="alert" sx={{ mb: 2 }}>
          {problem}
        </Alert>
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,3fr) minmax(0,2fr)' },
          alignItems: 'start',
        }}
      >
        <CodeBox text={text} onChange={setText} wrong={wrong} words={words} />
        <Box sx={{ display: 'grid', gap: 2 }}>
          <Section title={say('检查', 'Check')}>
            <Box aria-live="polite" aria-busy={isBusy}>
              <Mistakes checked={checked} fix={(one) => setText(mended(text, one))} />
            </Box>
          </Section>
          <Section title={say('试算', 'Preview')}>
            <PreviewPanel text={text} subject={checked?.rule?.subject} />
          </Section>
          {checked?.rule && (
            <Section title={say('编译结果', 'Compiled')}>
              <Button onClick={() => setSql(!sql)} aria-expanded={sql}>
                {sql ? say('收起', 'Fold') : say('查看数据库语句', 'Show the SQL')}
              </Button>
              <Collapse in={sql}>
                <Typography
                  component="pre"
                  sx={{
                    m: 0,
                    p: 1.5,
                    bgcolor: 'background.default',
                    fontSize: 12,
                    overflow: 'auto',
                    maxHeight: 420,
                    fontFamily: 'monospace',
                  }}
                >
                  {checked.rule.sql}
                </Typography>
              </Collapse>
            </Section>
          )}
        </Box>
      </Box>
    </>
  );
}
