import { Box, Card, Link, MenuItem, Table, TableBody, TableCell, TableRow, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink, useNavigate } from 'react-router-dom';
import { HeadRow } from '../layout/HeadRow.tsx';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { TextBox } from '../lists/FilterBar.tsx';
import { api } from '../providers/http.ts';
import { StatusTag, severityOf } from '../subjects/Status.tsx';
import { useFindSubject, useVocabulary } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import type { Rule } from './rule.ts';
import { ruleStates } from './words.ts';

/** All rules with law and state; few enough to be read at once. */
export function RuleList() {
  const say = useSay();
  const find = useFindSubject();
  const navigate = useNavigate();
  const { subjects } = useVocabulary();
  const [q, setQ] = useState('');
  const [subject, setSubject] = useState('');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rules'],
    queryFn: () => api<Rule[]>(`/rules?range=${encodeURIComponent('[0,499]')}`),
  });
  const shown = (data ?? []).filter(
    (rule) =>
      (!subject || rule.subject === subject) &&
      (!q ||
        `${rule.code}${rule.title.zh}${rule.title.en}${rule.basis.map((one) => one.document + (one.article ?? '')).join()}`
          .toLowerCase()
          .includes(q.toLowerCase())),
  );
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
      />
      <Card>
        <Box sx={{ display: 'flex', gap: 1, p: 1.5, borderBottom: 1, borderColor: 'divider', flexWrap: 'wrap' }}>
          <TextBox value={q} onChange={setQ} hint={say('规则名称、法律依据', 'Title, law')} />
          <TextField
            select
            label={say('监督对象', 'Record')}
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
            sx={{ minWidth: 140 }}
          >
            <MenuItem value="">{say('全部', 'All')}</MenuItem>
            {subjects.map((one) => (
              <MenuItem key={one.name} value={one.name}>
                {say(one.label)}
              </MenuItem>
            ))}
          </TextField>
        </Box>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending ? (
          <Waiting rows={8} />
        ) : shown.length === 0 ? (
          <Nothing title={say('没有符合条件的规则', 'No rule matches')} />
        ) : (
          <Table size="small">
            <HeadRow
              labels={[
                ['规则', 'Rule'],
                ['监督对象', 'Record'],
                ['法律依据', 'Legal basis'],
                ['等级', 'Severity'],
                ['施行', 'In force'],
                ['状态', 'State'],
              ]}
            />
            <TableBody>
              {shown.map((rule) => {
                const on = find(rule.subject);
                const first = rule.basis[0];
                return (
                  <TableRow
                    key={`${rule.code}${rule.version}`}
                    hover
                    onClick={() => navigate(`/rules/${encodeURIComponent(rule.code)}/show`)}
                    sx={{ cursor: 'pointer' }}
                  >
                    <TableCell>
                      <Link
                        component={RouterLink}
                        to={`/rules/${encodeURIComponent(rule.code)}/show`}
                        sx={{ fontWeight: 600 }}
                        onClick={(event) => event.stopPropagation()}
                      >
                        {say(rule.title)}
                      </Link>
                      <Typography variant="caption" component="p" color="text.secondary">
                        {say('编号', 'No.')} {rule.code}
                      </Typography>
                    </TableCell>
                    <TableCell>{on ? say(on.label) : ''}</TableCell>
                    <TableCell sx={{ maxWidth: 380 }}>
                      {first ? `${first.document} ${first.article ?? ''}` : say('内部监测', 'Internal')}
                      {rule.basis.length > 1
                        ? say(` 等 ${rule.basis.length} 处`, ` and ${rule.basis.length - 1} more`)
                        : ''}
                    </TableCell>
                    <TableCell>
                      <StatusTag status={severityOf(rule.severity)} />
                    </TableCell>
                    <TableCell>{(rule.inForce?.from ?? '').slice(0, 10)}</TableCell>
                    <TableCell>
                      <StatusTag status={ruleStates[rule.state]} />
                    </TableCell>
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        )}
      </Card>
    </>
  );
}
