import { Box, Card, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HeadRow } from '../layout/HeadRow.tsx';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { TextBox } from '../lists/FilterBar.tsx';
import { api } from '../providers/http.ts';
import { useSay } from '../words/say.ts';
import type { Words } from './editor/completion.ts';

/** Every word that a rule may use: functions, then the facts of each record; the same data as audit-rules/vocabulary.md. */
export function WordsPage() {
  const say = useSay();
  const [q, setQ] = useState('');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rule words'],
    queryFn: () => api<Words>('/rules/vocabulary'),
    staleTime: 600_000,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={8} />;
  const fits = (...texts: string[]) => !q || texts.join(' ').toLowerCase().includes(q.toLowerCase());
  const functions = data.functions.filter((one) => fits(one.written, one.meaning));
  const tables = data.tables
    .map((one) => ({
      ...one,
      words: one.words.filter((word) =>
        fits(word.name, word.label.zh, word.label.en, word.values, one.label.zh, one.path),
      ),
    }))
    .filter((one) => one.words.length > 0);
  return (
    <>
      <PageTitle
        title={say('规则词汇表', 'Vocabulary of the rules')}
        hint={say(
          '规则中可用的函数和事实；没有登记的事实按“没有办”理解。',
          'Functions and facts of rules. What is not recorded counts as not done.',
        )}
      />
      <Card sx={{ p: 1.5, mb: 2 }}>
        <TextBox value={q} onChange={setQ} hint={say('查词语、名称、取值', 'Word, name, value')} />
      </Card>
      {functions.length + tables.length === 0 && <Nothing title={say('没有这个词', 'No such word')} />}
      {functions.length > 0 && (
        <Card component="section" sx={{ p: 2, mb: 2 }}>
          <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
            {say('函数与运算', 'Functions')}
          </Typography>
          <Table size="small">
            <HeadRow
              labels={[
                ['写法', 'Written'],
                ['含义', 'Meaning'],
              ]}
            />
            <TableBody>
              {functions.map((one) => (
                <TableRow key={one.written}>
                  <TableCell sx={{ width: '40%' }}>
                    <code>{one.written}</code>
                  </TableCell>
                  <TableCell>{one.meaning}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Card>
      )}
      {tables.map((table) => (
        <Card component="section" key={table.path} sx={{ p: 2, mb: 2 }}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline', mb: 1 }}>
            <Typography variant="h3" component="h2">
              {say(table.label)}
            </Typography>
            <code>{table.path}</code>
          </Box>
          <Table size="small">
            <HeadRow
              labels={[
                ['词', 'Word'],
                ['名称', 'Name'],
                ['类型', 'Type'],
                ['取值', 'Values'],
              ]}
            />
            <TableBody>
              {table.words.map((word) => (
                <TableRow key={word.name}>
                  <TableCell sx={{ width: '22%' }}>
                    <code>{word.name}</code>
                  </TableCell>
                  <TableCell sx={{ width: '22%' }}>{say(word.label)}</TableCell>
                  <TableCell sx={{ width: '14%' }}>{word.kind}</TableCell>
                  <TableCell>{word.values}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Card>
      ))}
    </>
  );
}
