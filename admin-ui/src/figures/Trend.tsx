import { Box } from '@mui/material';
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { blue, grey } from '../theme/colours.ts';
import { useSay } from '../words/say.ts';
import { interval, monthOf, percent, type Rate } from './rates.ts';

interface Point {
  month: string;
  rate: number | null;
  band: [number, number] | null;
  owed: number;
}

/** Rate month by month with its interval: few cases make a wide band, and nobody reads noise as a trend. */
export function Trend({ months }: { months: Rate[] }) {
  const say = useSay();
  const points: Point[] = months.map((one) => ({
    month: monthOf(one.month ?? ''),
    rate: one.rate,
    band: interval(one.met, one.owed),
    owed: one.owed,
  }));
  const lowest = Math.min(...points.flatMap((one) => (one.band ? [one.band[0]] : [])));
  const floor = Number.isFinite(lowest) ? Math.max(0, Math.floor(lowest * 20) / 20) : 0;
  const step = 1 - floor > 0.4 ? 0.2 : 1 - floor > 0.2 ? 0.1 : 0.05;
  const ticks = Array.from(
    { length: Math.round((1 - floor) / step) + 1 },
    (_, index) => Math.round((1 - index * step) * 100) / 100,
  ).reverse();
  return (
    <Box
      role="img"
      aria-label={points.map((one) => `${one.month} ${percent(one.rate)}`).join(';')}
      sx={{ height: 260, mt: 1 }}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={points} margin={{ top: 12, right: 24, bottom: 0, left: 0 }}>
          <CartesianGrid stroke={grey.line} vertical={false} />
          <XAxis
            dataKey="month"
            tick={{ fontSize: 12, fill: grey.second }}
            tickLine={false}
            padding={{ left: 24, right: 24 }}
          />
          <YAxis
            domain={[floor, 1]}
            ticks={ticks}
            tickFormatter={(value: number) => `${Math.round(value * 100)}%`}
            tick={{ fontSize: 12, fill: grey.second }}
            axisLine={false}
            tickLine={false}
            width={52}
          />
          <Tooltip
            formatter={(value, name) =>
              name === 'band' && Array.isArray(value)
                ? [`${percent(Number(value[0]))}–${percent(Number(value[1]))}`, say('区间', 'Interval')]
                : [percent(Number(value)), say('按期办结率', 'Met in time')]
            }
            labelFormatter={(month) =>
              `${String(month)} ${say('应办', 'owed')} ${points.find((one) => one.month === month)?.owed ?? ''}`
            }
          />
          <Area
            dataKey="band"
            stroke="none"
            fill={blue.soft}
            fillOpacity={0.8}
            isAnimationActive={false}
            connectNulls
          />
          <Line
            dataKey="rate"
            stroke={blue.main}
            strokeWidth={2.5}
            dot={{ r: 4, fill: '#fff', strokeWidth: 2 }}
            isAnimationActive={false}
            connectNulls
          />
        </ComposedChart>
      </ResponsiveContainer>
    </Box>
  );
}
