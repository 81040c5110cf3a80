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
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { Waiting } from '../layout/states.tsx';
import { blue } from '../theme/colours.ts';
import { useSay } from '../words/say.ts';
import { dutiesLink, interval, owedVerdicts, percent, type Rate, type Span, tiny } from './rates.ts';

type Key = 'rate' | 'owed' | 'late' | 'overdue' | 'excused' | 'unknown';

interface Props {
  title: string;
  rates: Rate[] | undefined;
  span: Span;
  label: (rate: Rate) => string;
  more: (rate: Rate) => { unit?: number | null; rule?: string | null };
}

/** One row for each unit or rule: rate with its interval on a scale, then the counts, each a link to its list. Few cases stand grey and last. */
export function RateTable({ title, rates, span, label, more }: Props) {
  const say = useSay();
  const [sort, setSort] = useState<{ key: Key; up: boolean } | null>(null);
  const lowest = Math.min(
    ...(rates ?? []).flatMap((rate) => (rate.owed >= tiny ? [interval(rate.met, rate.owed)?.[0] ?? 1] : [])),
  );
  const floor = Number.isFinite(lowest) ? Math.max(0, Math.floor(lowest * 20) / 20 - 0.05) : 0.5;
  const heads: [Key, string][] = [
    ['owed', say('应办', 'Owed')],
    ['late', say('逾期办结', 'Late')],
    ['overdue', say('逾期未办', 'Overdue')],
    ['excused', say('核准例外', 'Excused')],
    ['unknown', say('暂无法判定', 'Unknown')],
  ];
  const rows = [...(rates ?? [])].sort((a, b) => {
    const few = Number(a.owed < tiny) - Number(b.owed < tiny);
    return few !== 0 ? few : sort ? ((a[sort.key] ?? 0) - (b[sort.key] ?? 0)) * (sort.up ? 1 : -1) : 0;
  });
  const by = (key: Key) => () => setSort((old) => ({ key, up: old?.key === key ? !old.up : key === 'rate' }));
  const head = (key: Key, text: string) => (
    <TableSortLabel active={sort?.key === key} direction={sort?.up ? 'asc' : 'desc'} onClick={by(key)}>
      {text}
    </TableSortLabel>
  );
  return (
    <Card component="section">
      <Typography variant="h3" component="h2" sx={{ p: 2, pb: 1 }}>
        {title}
      </Typography>
      {!rates ? (
        <Waiting rows={5} height={28} />
      ) : (
        <Box sx={{ overflowX: 'auto' }}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{say('名称', 'Name')}</TableCell>
                <TableCell sx={{ width: '34%', minWidth: 240 }}>
                  {head('rate', say('按期办结率与区间', 'Rate with interval'))}
                  <Typography component="span" variant="caption" color="text.secondary">
                    {say(`（刻度 ${percent(floor)}–100%）`, ` (scale ${percent(floor)}–100%)`)}
                  </Typography>
                </TableCell>
                {heads.map(([key, text]) => (
                  <TableCell key={key} align="right">
                    {head(key, text)}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map((rate) => {
                const few = rate.owed < tiny;
                return (
                  <TableRow
                    key={`${rate.unitId}${rate.rule}`}
                    hover
                    sx={few ? { '& .MuiTableCell-root': { color: 'text.secondary' } } : {}}
                  >
                    <TableCell>
                      {label(rate)}
                      {few && (
                        <Typography variant="caption" component="span" color="text.secondary">
                          {' '}
                          {say('样本少，不比较', 'few cases, not compared')}
                        </Typography>
                      )}
                    </TableCell>
                    <TableCell>
                      <Scale rate={rate} few={few} floor={floor} />
                    </TableCell>
                    {heads.map(([key]) => (
                      <TableCell key={key} align="right">
                        {Number(rate[key]) > 0 ? (
                          <Link
                            component={RouterLink}
                            to={dutiesLink(span, { ...more(rate), verdict: key === 'owed' ? owedVerdicts : key })}
                          >
                            {rate[key]}
                          </Link>
                        ) : (
                          0
                        )}
                      </TableCell>
                    ))}
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        </Box>
      )}
    </Card>
  );
}

/** The share as a dot, its interval as a line, on the scale of the table. */
function Scale({ rate, few, floor }: { rate: Rate; few: boolean; floor: number }) {
  const range = interval(rate.met, rate.owed);
  if (!range || rate.rate === null) return <>–</>;
  const place = (share: number) => `${Math.max(0, ((share - floor) / (1 - floor)) * 100)}%`;
  const colour = few ? '#9aa6b2' : blue.main;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
      <Typography sx={{ width: 56, fontWeight: few ? 400 : 600, fontSize: 14 }}>{percent(rate.rate)}</Typography>
      <Box
        title={`${percent(range[0])}–${percent(range[1])}`}
        sx={{ position: 'relative', flex: 1, height: 16, borderRadius: 1, bgcolor: '#f0f3f7' }}
      >
        <Box
          sx={{
            position: 'absolute',
            left: place(range[0]),
            right: `calc(100% - ${place(range[1])})`,
            top: 6,
            height: 4,
            borderRadius: 2,
            bgcolor: few ? '#cdd5de' : blue.soft,
          }}
        />
        <Box
          sx={{
            position: 'absolute',
            left: `calc(${place(rate.rate)} - 5px)`,
            top: 3,
            width: 10,
            height: 10,
            borderRadius: '50%',
            bgcolor: colour,
          }}
        />
      </Box>
    </Box>
  );
}
