import { Box, Button, Collapse, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink, useParams } from 'react-router-dom';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { ScoreMark } from '../scores/ScoreMark.tsx';
import { StatusTag, severityOf, verdicts } from '../subjects/Status.tsx';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { BasisList } from './BasisList.tsx';
import { GoLive } from './GoLive.tsx';
import { Parameters } from './Parameters.tsx';
import { Runs } from './Runs.tsx';
import type { Rule } from './rule.ts';
import { Rows, Section } from './Section.tsx';
import { VersionTimeline } from './VersionTimeline.tsx';
import { versionWords } from './version-words.ts';
import { givesWords, ruleStates } from './words.ts';

/** The card of a rule: law, what it measures, parameters with their dates, versions and their life, how it did. */
export function RuleShow() {
  const say = useSay();
  const may = useMay();
  const find = useFindSubject();
  const { id = '' } = useParams();
  const [text, setText] = useState(false);
  const {
    data: rule,
    error,
    isPending,
    refetch,
  } = useQuery({ queryKey: ['rules', id], queryFn: () => api<Rule>(`/rules/${encodeURIComponent(id)}`) });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={5} height={64} />;
  const on = find(rule.subject);
  return (
    <>
      <PageTitle
        title={say(rule.title)}
        hint={`${say('编号', 'No.')} ${rule.code} · ${on ? say(on.label) : ''} · ${versionWords(rule.version, say)}`}
      >
        <StatusTag status={severityOf(rule.severity)} />
        <StatusTag status={ruleStates[rule.state]} />
        <ScoreMark code={rule.code} />
        {may('rule.draft') && (
          <Button component={RouterLink} to={`/rule-editor?from=${encodeURIComponent(rule.code)}`} variant="outlined">
            {say('起草新版本', 'Draft a new version')}
          </Button>
        )}
        {may('rule.backtest') && (
          <Button
            variant="outlined"
            component={RouterLink}
            to={`/backtests?rule=${encodeURIComponent(rule.code)}&version=${rule.version}`}
          >
            {say('历史回测', 'Back-test')}
          </Button>
        )}
      </PageTitle>
      <Runs />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) 440px' },
          alignItems: 'start',
        }}
      >
        <Box sx={{ display: 'grid', gap: 2 }}>
          <Section title={say('法律依据', 'Legal basis')}>
            <BasisList basis={rule.basis} />
          </Section>
          {(rule.says || rule.note) && (
            <Section title={say('认定表述', 'How it is put')}>
              {rule.says && <Typography>{say(rule.says).replace(/(?:\{[^}]*\}[\s，、]*)+/g, '……')}</Typography>}
              {rule.note && (
                <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
                  {rule.note}
                </Typography>
              )}
            </Section>
          )}
          {rule.examples && (
            <Section title={say('示例', 'Examples')}>
              <Rows
                head={[say('情形', 'Situation'), say('结果', 'Result')]}
                rows={rule.examples.map((one) => [one.it, givesWords(one.gives, say)])}
              />
            </Section>
          )}
          {rule.text && (
            <Section title={say('规则原文', 'The rule as written')}>
              <Button onClick={() => setText(!text)} aria-expanded={text}>
                {text ? say('收起', 'Fold') : say('展开', 'Unfold')}
              </Button>
              <Collapse in={text}>
                <Box
                  component="pre"
                  sx={{ m: 0, p: 1.5, bgcolor: 'background.default', fontSize: 12.5, overflowX: 'auto' }}
                >
                  {rule.text}
                </Box>
              </Collapse>
            </Section>
          )}
        </Box>
        <Box sx={{ display: 'grid', gap: 2 }}>
          {rule.counts && (
            <Section title={say('应办情况', 'How duties came out')}>
              <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 1 }}>
                {Object.entries(verdicts).map(([name, one]) => (
                  <Box key={name}>
                    <Typography sx={{ fontSize: 20, fontWeight: 600 }}>{rule.counts?.[name] ?? 0}</Typography>
                    <Typography variant="caption" color="text.secondary">
                      {say(one.label)}
                    </Typography>
                  </Box>
                ))}
              </Box>
            </Section>
          )}
          <Section title={say('版本', 'Versions')}>
            <VersionTimeline code={rule.code} versions={rule.versions ?? []} />
            <Typography variant="caption" component="p" color="text.secondary" sx={{ mt: 1.5 }}>
              {say(
                '以应办事项产生时有效的版本为准。起草、审签、启用由不同的人办理，均记入防篡改日志。',
                'The version in force when the duty opened decides. Drafting, signing and enacting are done by different people.',
              )}
            </Typography>
          </Section>
          <Parameters rule={rule} />
          <GoLive code={rule.code} goLive={rule.goLive ?? null} />
        </Box>
      </Box>
    </>
  );
}
