import { Box, Card, Typography } from '@mui/material';
import { BarChart, Bar as BarOf, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { grey, tones } from '../theme/colours.ts';
import { useSay } from '../words/say.ts';
import { type Backtest, type Bar, broken } from './backtest.ts';

/** Suspected issues by month of the opening and by unit, as tried beside what is in force. */
export function Charts({ run }: { run: Backtest }) {
  const say = useSay();
  const units = [...run.units].sort((a, b) => broken(b.tried) - broken(a.tried)).slice(0, 15);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'repeat(2, minmax(0,1fr))' } }}>
      <Chart
        title={say('按月', 'By month')}
        bars={run.months}
        name={(bar) => bar.month ?? ''}
        compared={run.compared}
      />
      <Chart
        title={say('按单位', 'By unit')}
        bars={units}
        name={(bar) => bar.unit || say('其他', 'Other')}
        compared={run.compared}
        lying
      />
    </Box>
  );
}

interface Props {
  title: string;
  bars: Bar[];
  name: (bar: Bar) => string;
  compared: boolean;
  lying?: boolean;
}

function Chart({ title, bars, name, compared, lying = false }: Props) {
  const say = useSay();
  const points = bars.map((bar) => ({
    name: name(bar),
    late: bar.tried.late,
    overdue: bar.tried.overdue,
    inForce: broken(bar.inForce),
    opened: bar.tried.opened,
  }));
  const names: Record<string, string> = {
    late: say('逾期办结', 'Done late'),
    overdue: say('逾期未办', 'Overdue'),
    inForce: say('现行规则', 'In force'),
  };
  const label = points.map((one) => `${one.name} ${one.late + one.overdue}/${one.opened}`).join('；');
  const text = { fontSize: 12, fill: grey.second };
  return (
    <Card component="section" sx={{ p: 2 }}>
      <Typography variant="h3" component="h2">
        {title}
      </Typography>
      <Typography variant="caption" color="text.secondary">
        {say('疑似问题（逾期办结与逾期未办）', 'Suspected issues: done late or overdue')}
      </Typography>
      <Box role="img" aria-label={label} sx={{ height: lying ? Math.max(220, points.length * 34 + 60) : 280, mt: 1 }}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={points}
            layout={lying ? 'vertical' : 'horizontal'}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
          >
            <CartesianGrid stroke={grey.line} vertical={lying} horizontal={!lying} />
            {lying ? (
              <>
                <XAxis type="number" allowDecimals={false} tick={text} tickLine={false} />
                <YAxis type="category" dataKey="name" width={104} tick={text} tickLine={false} interval={0} />
              </>
            ) : (
              <>
                <XAxis dataKey="name" tick={text} tickLine={false} />
                <YAxis allowDecimals={false} tick={text} tickLine={false} axisLine={false} width={44} />
              </>
            )}
            <Tooltip formatter={(value, key) => [String(value), names[String(key)] ?? String(key)]} />
            <Legend
              formatter={(key) => <span style={{ color: grey.second }}>{names[String(key)] ?? String(key)}</span>}
              wrapperStyle={{ fontSize: 12 }}
            />
            <BarOf dataKey="late" stackId="tried" fill={tones.warn.line} isAnimationActive={false} maxBarSize={36} />
            <BarOf dataKey="overdue" stackId="tried" fill={tones.bad.ink} isAnimationActive={false} maxBarSize={36} />
            {compared && <BarOf dataKey="inForce" fill={tones.calm.line} isAnimationActive={false} maxBarSize={36} />}
          </BarChart>
        </ResponsiveContainer>
      </Box>
    </Card>
  );
}
