import { Box, Button, Card, MenuItem, Table, TableBody, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { HeadRow } from '../layout/HeadRow.tsx';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { TextBox } from '../lists/FilterBar.tsx';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { severities } from '../subjects/Status.tsx';
import { useVocabulary } from '../vocabulary/Vocabulary.tsx';
import { type Text, useSay } from '../words/say.ts';
import { RuleRow } from './RuleRow.tsx';
import { Runs } from './Runs.tsx';
import type { Rule } from './rule.ts';
import { useScores } from './scores.ts';
import { ruleStates } from './words.ts';

/** All rules with law, state and how they did; few enough to be read at once. */
export function RuleList() {
  const say = useSay();
  const may = useMay();
  const { subjects } = useVocabulary();
  const [filter, setFilter] = useState({ q: '', subject: '', state: '', severity: '' });
  const set = (changes: Partial<typeof filter>) => setFilter({ ...filter, ...changes });
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rules'],
    queryFn: () => api<Rule[]>(`/rules?range=${encodeURIComponent('[0,499]')}`),
  });
  const scores = useScores();
  const shown = (data ?? []).filter(
    (rule) =>
      (!filter.subject || rule.subject === filter.subject) &&
      (!filter.state || rule.state === filter.state || rule.drafts?.some((one) => one.state === filter.state)) &&
      (!filter.severity || rule.severity === filter.severity) &&
      isNamed(rule, filter.q),
  );
  const boxes: { key: 'subject' | 'state' | 'severity'; label: Text; options: [string, Text][] }[] = [
    {
      key: 'subject',
      label: { zh: '监督对象', en: 'Record' },
      options: subjects.map((one): [string, Text] => [one.name, one.label]),
    },
    { key: 'state', label: { zh: '状态', en: 'State' }, options: optionsOf(ruleStates) },
    { key: 'severity', label: { zh: '等级', en: 'Severity' }, options: optionsOf(severities) },
  ];
  return (
    <>
      <PageTitle
        title={say('监督规则', 'Supervision rules')}
        hint={
          data
            ? say(
                `共 ${shown.length} 条。每条规则都写明依据、时限和示例；未满期限、数据不足的不作为问题。`,
                `${shown.length} rules, each with its article, limit and examples.`,
              )
            : ' '
        }
      >
        <Button component={RouterLink} to="/rule-words">
          {say('词汇表', 'Vocabulary')}
        </Button>
        {may('rule.draft') && (
          <Button component={RouterLink} to="/rule-editor" variant="contained">
            {say('起草规则', 'Draft a rule')}
          </Button>
        )}
      </PageTitle>
      <Runs />
      <Card>
        <Box sx={{ display: 'flex', gap: 1, p: 1.5, borderBottom: 1, borderColor: 'divider', flexWrap: 'wrap' }}>
          <TextBox value={filter.q} onChange={(q) => set({ q })} hint={say('规则名称、法律依据', 'Title, law')} />
          {boxes.map((box) => (
            <TextField
              key={box.key}
              select
              label={say(box.label)}
              value={filter[box.key]}
              onChange={(event) => set({ [box.key]: event.target.value })}
              sx={{ minWidth: 140 }}
            >
              <MenuItem value="">{say('全部', 'All')}</MenuItem>
              {box.options.map(([name, label]) => (
                <MenuItem key={name} value={name}>
                  {say(label)}
                </MenuItem>
              ))}
            </TextField>
          ))}
        </Box>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending ? (
          <Waiting rows={8} />
        ) : shown.length === 0 ? (
          <Nothing title={say('没有符合条件的规则', 'No rule matches')} />
        ) : (
          <Box sx={{ overflowX: 'auto' }}>
            <Table size="small">
              <HeadRow
                labels={[
                  ['规则', 'Rule'],
                  ['监督对象', 'Record'],
                  ['法律依据', 'Legal basis'],
                  ['等级', 'Severity'],
                  ['施行', 'In force'],
                  ['近 30 日发现', 'Fired in 30 days'],
                  ['准确率', 'Precision'],
                  ['状态', 'State'],
                ]}
              />
              <TableBody>
                {shown.map((rule) => (
                  <RuleRow key={rule.code} rule={rule} score={scores.get(rule.code)} />
                ))}
              </TableBody>
            </Table>
          </Box>
        )}
      </Card>
    </>
  );
}

const optionsOf = (statuses: Record<string, { label: Text }>): [string, Text][] =>
  Object.entries(statuses).map(([name, { label }]) => [name, label]);

const isNamed = (rule: Rule, q: string): boolean =>
  !q ||
  `${rule.code}${rule.title.zh}${rule.title.en}${rule.basis.map((one) => one.document + (one.article ?? '')).join()}`
    .toLowerCase()
    .includes(q.toLowerCase());
