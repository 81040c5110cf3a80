import {
  Box,
  Button,
  Card,
  Collapse,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { StatusTag, severityOf, verdicts } from '../subjects/Status.tsx';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { BasisList } from './BasisList.tsx';
import type { Rule } from './rule.ts';
import { amountWords, givesWords, ruleStates } from './words.ts';

/** The card of a rule: law, what it measures, parameters with their dates, versions, examples, how it did. */
export function RuleShow() {
  const say = useSay();
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
        hint={`${say('编号', 'No.')} ${rule.code} · ${on ? say(on.label) : ''} · ${say(`第 ${rule.version} 版`, `version ${rule.version}`)}`}
      >
        <StatusTag status={severityOf(rule.severity)} />
        <StatusTag status={ruleStates[rule.state]} />
      </PageTitle>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) 400px' },
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
          <Section title={say('示例', 'Examples')}>
            <Rows
              head={[say('情形', 'Situation'), say('结果', 'Result')]}
              rows={(rule.examples ?? []).map((one) => [one.it, givesWords(one.gives, say)])}
            />
          </Section>
          {rule.text && (
            <Section title={say('规则原文', 'The rule as written')}>
              <Button onClick={() => setText(!text)} aria-expanded={text}>
                {text ? say('收起', 'Fold') : say('展开', 'Unfold')}
              </Button>
              <Collapse in={text}>
                <Box
                  component="pre"
                  sx={{
                    m: 0,
                    p: 1.5,
                    bgcolor: 'background.default',
                    borderRadius: 1,
                    fontSize: 12.5,
                    overflowX: 'auto',
                  }}
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
          <Section title={say('参数', 'Parameters')}>
            <Rows
              head={[say('适用', 'For'), say('数值', 'Value'), say('起始', 'From')]}
              rows={(rule.params ?? []).map((param) => [
                [param.unitName, param.key ? keyWords(param.key, on, say) : ''].filter(Boolean).join(' · ') ||
                  say('全部', 'All'),
                amountWords(param.amount, param.unit, say),
                param.fromOn && param.fromOn !== '-infinity' ? param.fromOn : '—',
              ])}
            />
          </Section>
          <Section title={say('版本', 'Versions')}>
            <Rows
              head={[say('版本', 'Version'), say('施行期间', 'In force'), say('状态', 'State')]}
              rows={(rule.versions ?? []).map((one) => [
                say(`第 ${one.version} 版`, `${one.version}`),
                `${(one.from ?? '').slice(0, 10)} ${say('起', '')}${one.to ? say(`至 ${one.to.slice(0, 10)}`, ` to ${one.to.slice(0, 10)}`) : ''}`,
                ruleStates[one.state] ? say(ruleStates[one.state]?.label ?? { zh: '', en: '' }) : '',
              ])}
            />
            <Typography variant="caption" color="text.secondary">
              {say('以应办事项产生时有效的版本为准。', 'The version in force when the duty opened decides.')}
              {rule.goLive ? say(` 起算日 ${rule.goLive}。`, ` Counted from ${rule.goLive}.`) : ''}
            </Typography>
          </Section>
        </Box>
      </Box>
    </>
  );
}

type Declared = ReturnType<ReturnType<typeof useFindSubject>>;

/** A key of a parameter is an option of one of the subject's facts (urban, phone …): its label, never its code. */
function keyWords(key: string, subject: Declared, say: ReturnType<typeof useSay>): string {
  const options = [...(subject?.facts ?? []), ...(subject?.parts ?? []).flatMap((part) => part.facts)].flatMap(
    (fact) => fact.options,
  );
  const option = options.find((one) => one.code === key);
  return option ? say(option.label) : key;
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Card component="section" sx={{ p: 2 }}>
      <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
        {title}
      </Typography>
      {children}
    </Card>
  );
}

function Rows({ head, rows }: { head: string[]; rows: string[][] }) {
  const say = useSay();
  if (rows.length === 0) return <Typography color="text.secondary">{say('无', 'None')}</Typography>;
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          {head.map((one) => (
            <TableCell key={one}>{one}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.join('|')}>
            {row.map((one, column) => (
              <TableCell key={head[column]}>{one}</TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
