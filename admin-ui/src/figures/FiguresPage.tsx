import { Box, Card, MenuItem, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { UnitFilter } from '../lists/FilterBar.tsx';
import { PrintButton } from '../reports/PrintButton.tsx';
import { useUnits } from '../subjects/pickers.tsx';
import { useSay } from '../words/say.ts';
import { dayOf, now, shortInstant } from '../words/time.ts';
import { Numbers } from './Numbers.tsx';
import { RateTable } from './RateTable.tsx';
import { monthsBack, type Span, useRates } from './rates.ts';
import { Trend } from './Trend.tsx';

/** The leader's page: rates month by month over what was owed, by unit and by rule. Every number opens its list. */
export function FiguresPage() {
  const say = useSay();
  const units = useUnits();
  const today = now();
  const to = dayOf(today).slice(0, 7);
  const [count, setCount] = useState(5);
  const [unit, setUnit] = useState<number | null>(null);
  const span: Span = { from: monthsBack(today, count), to, unit };
  const months = useRates(span, ['month']);
  const byUnit = useRates(span, ['unit']);
  const byRule = useRates(span, ['rule']);
  const name = units.find((one) => one.id === unit)?.name ?? say('全局', 'The whole bureau');
  return (
    <>
      <PageTitle
        title={say('执法质量', 'Quality of enforcement')}
        hint={say(
          `${name} · 数据截至 ${shortInstant(today)} · 试行，内部监测，不替代省厅考评`,
          `${name} · as of ${shortInstant(today)} · internal monitoring`,
        )}
      >
        <UnitFilter value={unit} onChange={setUnit} />
        <TextField
          select
          value={count}
          onChange={(event) => setCount(Number(event.target.value))}
          label={say('期间', 'Period')}
          sx={{ minWidth: 120 }}
        >
          {[2, 5, 11].map((one) => (
            <MenuItem key={one} value={one}>
              {say(`近 ${one + 1} 个月`, `${one + 1} months`)}
            </MenuItem>
          ))}
        </TextField>
        {unit && (
          <PrintButton
            papers={[
              {
                kind: 'unit-scorecard',
                label: { zh: '执法质量得分表', en: 'Unit scorecard' },
                params: { unitId: unit, month: to },
              },
            ]}
          />
        )}
      </PageTitle>
      {months.error ? (
        <Card>
          <Failure error={months.error} retry={() => void months.refetch()} />
        </Card>
      ) : months.isPending ? (
        <Waiting rows={3} height={96} />
      ) : months.data.length === 0 ? (
        <Card>
          <Nothing
            title={say('所选期间没有应办事项', 'No duties in this period')}
            hint={say('可放宽期间或单位', 'Try a longer period or another unit')}
          />
        </Card>
      ) : (
        <Box sx={{ display: 'grid', gap: 2 }}>
          <Numbers months={months.data} span={span} />
          <Card component="section" sx={{ p: 2 }}>
            <Typography variant="h3" component="h2">
              {say('按期办结率', 'Met in time')}
            </Typography>
            <Typography variant="caption" color="text.secondary">
              {say(
                '按期办结 ÷（按期办结 + 逾期办结 + 逾期未办）；阴影为 95% 置信区间',
                'met ÷ (met + late + overdue); the band is the 95 % interval',
              )}
            </Typography>
            <Trend months={months.data} />
          </Card>
          <RateTable
            title={say('按单位', 'By unit')}
            rates={byUnit.data}
            span={span}
            label={(rate) => units.find((one) => one.id === rate.unitId)?.name ?? rate.unit ?? say('其他', 'Other')}
            more={(rate) => ({ unit: rate.unitId })}
          />
          <RateTable
            title={say('按监督规则', 'By rule')}
            rates={byRule.data}
            span={span}
            label={(rate) => (rate.title ? say(rate.title) : (rate.rule ?? ''))}
            more={(rate) => ({ rule: rate.rule })}
          />
        </Box>
      )}
    </>
  );
}
