import { Box, Button, Card, Link, MenuItem, Table, TableBody, TableCell, TableRow, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink, useSearchParams } from 'react-router-dom';
import { HeadRow } from '../layout/HeadRow.tsx';
import { recordPath } from '../layout/links.ts';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { UnitFilter } from '../lists/FilterBar.tsx';
import { StatusTag, severityOf, VerdictTag, verdicts } from '../subjects/Status.tsx';
import { TimeLeft } from '../subjects/TimeLeft.tsx';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { readDuties } from './duties.ts';
import { owedVerdicts } from './rates.ts';

const perPage = 50;

/** The duties behind a number, with the filter it was counted by. */
export function DutiesPage() {
  const say = useSay();
  const find = useFindSubject();
  const [params, setParams] = useSearchParams();
  const page = Number(params.get('page') ?? 0);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['duties', params.toString()],
    queryFn: () => readDuties(params, page, perPage),
  });
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    if (name !== 'page') next.delete('page');
    setParams(next);
  };
  const period = [params.get('from'), params.get('to')].filter(Boolean).join(' – ');
  return (
    <>
      <PageTitle
        title={say('应办事项', 'Duties')}
        hint={[period, data ? say(`共 ${data.total} 项`, `${data.total} duties`) : ''].filter(Boolean).join(' · ')}
      >
        <Button component={RouterLink} to="/figures">
          {say('返回执法质量', 'Back')}
        </Button>
      </PageTitle>
      <Card>
        <Box sx={{ display: 'flex', gap: 1, p: 1.5, borderBottom: 1, borderColor: 'divider', flexWrap: 'wrap' }}>
          <TextField
            select
            label={say('结果', 'Verdict')}
            value={params.get('verdict') ?? ''}
            onChange={(event) => set('verdict', event.target.value)}
            sx={{ minWidth: 150 }}
          >
            <MenuItem value="">{say('全部', 'All')}</MenuItem>
            <MenuItem value={owedVerdicts}>{say('应办（计入比率）', 'Owed (counts in the rate)')}</MenuItem>
            {Object.entries(verdicts).map(([name, one]) => (
              <MenuItem key={name} value={name}>
                {say(one.label)}
              </MenuItem>
            ))}
          </TextField>
          <UnitFilter value={params.get('unit')} onChange={(id) => set('unit', id === null ? null : String(id))} />
        </Box>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending ? (
          <Waiting rows={8} />
        ) : data.rows.length === 0 ? (
          <Nothing title={say('没有符合条件的应办事项', 'No duty matches')} />
        ) : (
          <Box sx={{ overflowX: 'auto' }}>
            <Table size="small">
              <HeadRow
                labels={[
                  ['应办事项', 'Duty'],
                  ['对象', 'Record'],
                  ['单位', 'Unit'],
                  ['人员', 'Person'],
                  ['起算', 'Opened'],
                  ['期限', 'Due'],
                  ['办结', 'Met'],
                  ['结果', 'Verdict'],
                ]}
              />
              <TableBody>
                {data.rows.map((duty) => {
                  const type = find(duty.type);
                  return (
                    <TableRow key={`${duty.rule}${duty.id}${duty.occurrence ?? ''}`} hover>
                      <TableCell>
                        <Link component={RouterLink} to={`/rules/${encodeURIComponent(duty.rule)}/show`}>
                          {say(duty.title)}
                        </Link>
                      </TableCell>
                      <TableCell>
                        {type ? (
                          <Link component={RouterLink} to={recordPath(type.plural, duty.id)}>
                            {duty.number ?? say(type.label)}
                          </Link>
                        ) : (
                          duty.number
                        )}
                      </TableCell>
                      <TableCell>{duty.unit}</TableCell>
                      <TableCell>{duty.person}</TableCell>
                      <TableCell>{shortInstant(duty.openedAt)}</TableCell>
                      <TableCell>{shortInstant(duty.dueAt)}</TableCell>
                      <TableCell>
                        {duty.metAt ? (
                          shortInstant(duty.metAt)
                        ) : ['pending', 'overdue'].includes(duty.verdict) ? (
                          <TimeLeft due={duty.dueAt} />
                        ) : (
                          '—'
                        )}
                      </TableCell>
                      <TableCell>
                        <Box sx={{ display: 'flex', gap: 0.5 }}>
                          <VerdictTag verdict={duty.verdict} />
                          {['late', 'overdue'].includes(duty.verdict) && (
                            <StatusTag status={severityOf(duty.severity)} />
                          )}
                        </Box>
                      </TableCell>
                    </TableRow>
                  );
                })}
              </TableBody>
            </Table>
            <Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 1, p: 1.5 }}>
              <Button disabled={page === 0} onClick={() => set('page', String(page - 1))}>
                {say('上一页', 'Previous')}
              </Button>
              <Button disabled={(page + 1) * perPage >= data.total} onClick={() => set('page', String(page + 1))}>
                {say('下一页', 'Next')}
              </Button>
            </Box>
          </Box>
        )}
      </Card>
    </>
  );
}
