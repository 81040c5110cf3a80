import { Box, ButtonBase, Card, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { recordPath } from '../layout/links.ts';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { PrintButton } from '../reports/PrintButton.tsx';
import { percentOf } from '../words/percent.ts';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { type Counter, findingPath, linkOf, type Today } from './today.ts';
import { Waits } from './Waits.tsx';

/** 本所今日: what the head of a station must know this morning; every number opens its list. */
export function TodayPage() {
  const say = useSay();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['today'],
    queryFn: () => api<Today>('/today'),
    refetchInterval: 60_000,
  });
  if (error)
    return (
      <Card>
        <Failure error={error} retry={() => void refetch()} />
      </Card>
    );
  if (isPending) return <Waiting rows={4} height={88} />;
  const month = data.at.slice(0, 7);
  const share = data.rate?.rate === null || data.rate?.rate === undefined ? '–' : percentOf(data.rate.rate);
  return (
    <>
      <PageTitle
        title={say('本所今日', 'My unit today')}
        hint={`${data.unit.name} · ${say('数据截至', 'as of')} ${shortInstant(data.at)}`}
      >
        <PrintButton
          papers={[
            {
              kind: 'unit-scorecard',
              label: { zh: '执法质量得分表', en: 'Unit scorecard' },
              hint: { zh: '试行，内部监测', en: 'Internal monitoring' },
              params: { unitId: data.unit.id, month },
            },
          ]}
        />
      </PageTitle>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'repeat(2, 1fr)', sm: 'repeat(auto-fill, minmax(168px, 1fr))' },
          gap: 1.5,
          mb: 2,
        }}
      >
        {data.counters.map((counter) => (
          <Tile key={counter.key} counter={counter} />
        ))}
      </Box>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) minmax(0,1fr)' },
          alignItems: 'start',
        }}
      >
        <Waits
          title={say('待我审签', 'To sign off')}
          nothing={say('没有待审签的说明', 'Nothing to sign off')}
          rows={data.toSignOff.map((one) => ({
            key: one.id,
            to: findingPath(one.id),
            title: one.title,
            sub: [one.number, one.person].filter(Boolean).join(' · '),
            due: one.dueAt,
          }))}
        />
        <Waits
          title={say('可自查自纠', 'Self-correctable')}
          hint={say('期限内纠正的瑕疵不计入本单位', 'A flaw corrected in time does not count')}
          nothing={say('没有可自查自纠的瑕疵', 'No flaw to correct')}
          rows={data.selfCorrectable.map((one) => ({
            key: one.id,
            to: findingPath(one.id),
            title: one.title,
            sub: one.sentence,
            due: one.until,
          }))}
        />
        <Waits
          title={say('今日到期与逾期未办', 'Due today and overdue')}
          nothing={say('今日没有到期事项', 'Nothing is due today')}
          rows={data.duties.map((one) => ({
            key: `${one.rule}${one.id}${one.dueAt}`,
            to: recordPath(one.plural, one.id),
            title: say(one.title),
            sub: one.person ?? '',
            due: one.dueAt,
          }))}
        />
        <Card component="section" sx={{ p: 2 }}>
          <Typography variant="h3" component="h2">
            {say('本月按期办结率', 'Met in time this month')}
          </Typography>
          <Typography sx={{ fontSize: 32, fontWeight: 600 }}>{share}</Typography>
          {data.rate && (
            <Typography color="text.secondary" variant="body2">
              {say(
                `应办 ${data.rate.owed} 项：按期 ${data.rate.met}、逾期办结 ${data.rate.late}、逾期未办 ${data.rate.overdue}`,
                `${data.rate.owed} owed: ${data.rate.met} in time, ${data.rate.late} late, ${data.rate.overdue} overdue`,
              )}
            </Typography>
          )}
          <Typography variant="h4" component="h3" sx={{ mt: 2 }}>
            {say('办理以下事项可改善', 'What would move it')}
          </Typography>
          {data.moves.length === 0 ? (
            <Nothing title={say('没有逾期未办', 'Nothing is overdue')} />
          ) : (
            data.moves.map((move) => (
              <Box key={move.rule} sx={{ display: 'flex', py: 0.75, borderBottom: 1, borderColor: 'divider' }}>
                <Typography sx={{ flex: 1 }}>{say(move.title)}</Typography>
                <Typography sx={{ fontWeight: 600 }}>{say(`${move.overdue} 项`, `${move.overdue}`)}</Typography>
              </Box>
            ))
          )}
        </Card>
      </Box>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ mt: 2 }}>
        {say(
          '疑似问题仅本人、本单位负责人和法制员以及案管、法制、督察可见；误报和不成立的不计入单位和个人。',
          'Suspected issues are seen by the officer, his chain and the supervising offices only; false alarms and unconfirmed issues count against nobody.',
        )}
      </Typography>
    </>
  );
}

function Tile({ counter }: { counter: Counter }) {
  const say = useSay();
  const pressing = counter.overdue > 0;
  return (
    <ButtonBase
      component={Link}
      to={linkOf(counter)}
      sx={{
        display: 'block',
        textAlign: 'left',
        px: 2,
        py: 1.5,
        borderRadius: 1,
        border: '1px solid',
        borderColor: 'divider',
        bgcolor: 'background.paper',
        boxShadow: (theme) => `inset 0 3px 0 ${pressing ? theme.palette.error.main : theme.palette.primary.main}`,
        '&:hover': { bgcolor: '#f3f7fc' },
      }}
    >
      <Typography variant="body2" color="text.secondary">
        {say(counter.label)}
      </Typography>
      <Typography sx={{ fontSize: 28, fontWeight: 600, lineHeight: 1.3 }}>{counter.count}</Typography>
      <Typography variant="caption" sx={{ color: pressing ? 'error.main' : 'text.secondary' }}>
        {pressing ? say(`其中 ${counter.overdue} 项已超期`, `${counter.overdue} over`) : '\u00a0'}
      </Typography>
    </ButtonBase>
  );
}
