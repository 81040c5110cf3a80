import { Button, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { Link } from 'react-router-dom';
import { HeadRow } from '../layout/HeadRow.tsx';
import { api, sentenceOf } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { PlainPage } from './PlainPage.tsx';

interface Listed {
  id: string;
  rule: string;
  subjectId: string;
  occurrence: string;
  unitName: string;
  sentence: Text;
  at: string;
  findingId: string | null;
  healed: boolean;
}

/** 周清单: flaws beyond what a unit can answer in a day; a person takes up what matters. */
export function WeeklyPage() {
  const say = useSay();
  const may = useMay();
  const notify = useNotify();
  const queries = useQueryClient();
  const take = async ({ rule, subjectId, occurrence }: Listed) => {
    try {
      await api('/weekly/take', { method: 'POST', body: { rule, subjectId, occurrence } });
      notify(say('已转为疑似问题', 'Taken up'), { type: 'success' });
      await queries.invalidateQueries({ queryKey: ['/weekly'] });
    } catch (problem) {
      notify(sentenceOf(problem), { type: 'warning' });
    }
  };
  return (
    <PlainPage<Listed>
      path="/weekly"
      title={{ zh: '周清单', en: 'Weekly list' }}
      hint={{
        zh: '同一单位同一规则每日超出限额的执法瑕疵列入本清单，不逐条交办，可由案管转为疑似问题',
        en: 'Flaws over the daily cap of a rule and unit: no finding of their own unless somebody takes them up',
      }}
      nothing={{ zh: '本周没有超出日限额的瑕疵', en: 'Nothing over the daily cap' }}
    >
      {(rows) => (
        <Table size="small">
          <HeadRow
            labels={[
              ['时间', 'At'],
              ['规则', 'Rule'],
              ['单位', 'Unit'],
              ['情况', 'What'],
              ['', ''],
            ]}
          />
          <TableBody>
            {rows.map((one) => (
              <TableRow key={one.id}>
                <TableCell>{shortInstant(one.at)}</TableCell>
                <TableCell>{one.rule}</TableCell>
                <TableCell>{one.unitName}</TableCell>
                <TableCell sx={one.healed ? { textDecoration: 'line-through' } : {}}>{say(one.sentence)}</TableCell>
                <TableCell align="right">
                  {one.findingId ? (
                    <Link to={`/findings/${one.findingId}/show`}>{say('已转', 'Taken up')}</Link>
                  ) : one.healed ? (
                    say('已办结或更正', 'Done or corrected')
                  ) : (
                    may('weekly.take') && (
                      <Button onClick={() => void take(one)}>{say('转为疑似问题', 'Take up')}</Button>
                    )
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </PlainPage>
  );
}
