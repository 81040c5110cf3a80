import {
  Box,
  Card,
  Link,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  TableSortLabel,
  Tooltip,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { ruleStates } from '../rules/words.ts';
import { StatusTag, Tag } from '../subjects/Status.tsx';
import { percentOf } from '../words/percent.ts';
import { useSay } from '../words/say.ts';
import { BudgetForm } from './BudgetForm.tsx';
import { columns, findingsLink, type RuleScore, type ScoreKey, useBudget } from './scores.ts';

/** 规则评分: what people said of what each rule raised. Every number opens its list. */
export function ScoresPage() {
  const say = useSay();
  const [sort, setSort] = useState<{ key: ScoreKey; up: boolean }>({ key: 'fired30', up: false });
  const budget = useBudget();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rules', 'scoreboard'],
    queryFn: () => api<RuleScore[]>('/rules/scoreboard'),
  });
  const rows = [...(data ?? [])]
    .filter((one) => one.title)
    .sort((a, b) => ((a[sort.key] ?? -1) - (b[sort.key] ?? -1)) * (sort.up ? 1 : -1) || (a.rule < b.rule ? -1 : 1));
  return (
    <>
      <PageTitle
        title={say('规则评分', 'Scores of rules')}
        hint={say(
          `误报算规则的，不算民警的；准确率低于 ${percent(budget.share)}（至少判定 ${budget.judged} 项）的，建议转为试运行，由法制部门负责人决定。`,
          `A false alarm counts against the rule, never against an officer. Below ${percent(budget.share)} of at least ${budget.judged} verdicts a trial is proposed; the legal head decides.`,
        )}
      >
        <BudgetForm budget={budget} />
      </PageTitle>
      <Card>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending ? (
          <Waiting rows={8} />
        ) : rows.length === 0 ? (
          <Nothing title={say('还没有规则发现过疑似问题', 'No rule has raised anything yet')} />
        ) : (
          <Box sx={{ overflowX: 'auto' }}>
            <Table size="small">
              <TableHead>
                <TableRow>
                  <TableCell>{say('监督规则', 'Rule')}</TableCell>
                  {columns.map(({ key, label, meaning }) => (
                    <TableCell key={key} align="right">
                      <Tooltip title={say(meaning)} describeChild>
                        <TableSortLabel
                          active={sort.key === key}
                          direction={sort.up ? 'asc' : 'desc'}
                          onClick={() => setSort({ key, up: sort.key === key ? !sort.up : false })}
                        >
                          {say(label)}
                        </TableSortLabel>
                      </Tooltip>
                    </TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {rows.map((row) => (
                  <Row key={row.rule} row={row} />
                ))}
              </TableBody>
            </Table>
          </Box>
        )}
      </Card>
      <Meanings />
    </>
  );
}

const percent = (share: number): string => percentOf(share, 0);

function Row({ row }: { row: RuleScore }) {
  const say = useSay();
  return (
    <TableRow hover>
      <TableCell sx={{ minWidth: 260 }}>
        <Link component={RouterLink} to={`/rules/${encodeURIComponent(row.rule)}/show`}>
          {row.title ? say(row.title) : row.rule}
        </Link>
        <Box sx={{ display: 'inline-flex', gap: 0.5, ml: 1, verticalAlign: 'middle' }}>
          {row.state !== 'enacted' && <StatusTag status={ruleStates[row.state ?? '']} />}
          {row.proposed && (
            <Tag
              tone="warn"
              title={say(
                `全局判定 ${row.overall.judged} 项，准确率 ${percent(row.overall.precision ?? 0)}`,
                `${percent(row.overall.precision ?? 0)} of ${row.overall.judged}, over all units`,
              )}
            >
              {say('建议转为试运行', 'Trial proposed')}
            </Tag>
          )}
        </Box>
      </TableCell>
      {columns.map(({ key, filter }) => {
        const value = row[key];
        const text =
          key === 'precision'
            ? value === null
              ? '—'
              : percent(value)
            : key === 'medianHours'
              ? (value ?? '—')
              : value;
        const to =
          key === 'excused'
            ? `/figures/duties?rule=${encodeURIComponent(row.rule)}&verdict=excused`
            : filter && findingsLink(row.rule, filter);
        return (
          <TableCell key={key} align="right" sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {to && value ? (
              <Link component={RouterLink} to={to}>
                {text}
              </Link>
            ) : key === 'precision' && value !== null ? (
              <Tooltip title={say(`判定 ${row.judged} 项`, `of ${row.judged} verdicts`)}>
                <Box component="span" sx={{ fontWeight: 600, color: row.belowBudget ? 'warning.dark' : undefined }}>
                  {text}
                </Box>
              </Tooltip>
            ) : (
              text
            )}
          </TableCell>
        );
      })}
    </TableRow>
  );
}

/** What each number is, written out: nobody should have to guess. */
function Meanings() {
  const say = useSay();
  return (
    <Card component="section" aria-label={say('指标说明', 'What the numbers are')} sx={{ p: 2, mt: 2 }}>
      <Box
        component="dl"
        sx={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 2, rowGap: 0.5, m: 0, fontSize: 13 }}
      >
        {columns.map(({ key, label, meaning }) => (
          <Box key={key} sx={{ display: 'contents' }}>
            <Box component="dt" sx={{ fontWeight: 600 }}>
              {say(label)}
            </Box>
            <Box component="dd" sx={{ m: 0, color: 'text.secondary' }}>
              {say(meaning)}
            </Box>
          </Box>
        ))}
      </Box>
    </Card>
  );
}
