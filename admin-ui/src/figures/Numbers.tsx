import { Box, ButtonBase, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { useSay } from '../words/say.ts';
import { dutiesLink, interval, owedVerdicts, percent, type Rate, type Span } from './rates.ts';

const keys = ['met', 'late', 'overdue', 'pending', 'excused', 'unknown', 'owed'] as const;
type Sums = Record<(typeof keys)[number], number>;

const sum = (rates: Rate[]): Sums =>
  Object.fromEntries(keys.map((key) => [key, rates.reduce((all, rate) => all + rate[key], 0)])) as Sums;
const share = (sums: Sums): number | null => (sums.owed === 0 ? null : sums.met / sums.owed);

/** Six numbers with their denominators; the arrow compares the last whole month with the one before. */
export function Numbers({ months, span }: { months: Rate[]; span: Span }) {
  const say = useSay();
  const all = sum(months);
  const range = interval(all.met, all.owed);
  const whole = months.slice(0, -1);
  const [before, last] = [whole.at(-2), whole.at(-1)];
  const change =
    before?.rate !== null && before?.rate !== undefined && last?.rate !== null && last?.rate !== undefined
      ? last.rate - before.rate
      : null;
  const cards = [
    {
      key: 'owed',
      label: say('应办数', 'Owed'),
      value: all.owed.toLocaleString('zh-CN'),
      hint: say(`另有未到期 ${all.pending}`, `${all.pending} pending beside`),
      to: dutiesLink(span, { verdict: owedVerdicts }),
    },
    {
      key: 'rate',
      label: say('按期办结率', 'Met in time'),
      value: percent(share(all)),
      hint: range
        ? say(`区间 ${percent(range[0])}–${percent(range[1])}`, `${percent(range[0])}–${percent(range[1])}`)
        : '',
      to: dutiesLink(span, { verdict: 'met' }),
      arrow: change,
    },
    {
      key: 'late',
      label: say('逾期办结', 'Done late'),
      value: all.late,
      hint: of(all.late, all.owed, say),
      to: dutiesLink(span, { verdict: 'late' }),
    },
    {
      key: 'overdue',
      label: say('逾期未办', 'Overdue'),
      value: all.overdue,
      hint: of(all.overdue, all.owed, say),
      to: dutiesLink(span, { verdict: 'overdue' }),
    },
    {
      key: 'excused',
      label: say('核准例外', 'Excused'),
      value: all.excused,
      hint: say('不计入比率', 'in no rate'),
      to: dutiesLink(span, { verdict: 'excused' }),
    },
    {
      key: 'unknown',
      label: say('暂无法判定', 'Cannot be judged'),
      value: all.unknown,
      hint: say('数据不足，不计入比率', 'data missing, in no rate'),
      to: dutiesLink(span, { verdict: 'unknown' }),
    },
  ];
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'repeat(2, 1fr)', md: 'repeat(6, 1fr)' }, gap: 1.5 }}>
      {cards.map((card) => (
        <ButtonBase
          key={card.key}
          component={Link}
          to={card.to}
          sx={{
            display: 'block',
            textAlign: 'left',
            p: 2,
            borderRadius: 1,
            border: '1px solid',
            borderColor: 'divider',
            bgcolor: 'background.paper',
            '&:hover': { bgcolor: '#f3f7fc' },
          }}
        >
          <Typography variant="body2" color="text.secondary">
            {card.label}
          </Typography>
          <Typography sx={{ fontSize: 26, fontWeight: 600, lineHeight: 1.35 }}>
            {card.value}
            {card.arrow !== undefined && card.arrow !== null && (
              <Typography
                component="span"
                title={say('上一整月与前一月相比，百分点', 'The last whole month against the one before, in points')}
                sx={{ fontSize: 13, ml: 1, color: card.arrow >= 0 ? 'success.main' : 'warning.main' }}
              >
                {card.arrow >= 0 ? '↑' : '↓'} {(Math.abs(card.arrow) * 100).toFixed(1)}
              </Typography>
            )}
          </Typography>
          <Typography variant="caption" color="text.secondary">
            {card.hint || '\u00a0'}
          </Typography>
        </ButtonBase>
      ))}
    </Box>
  );
}

const of = (part: number, all: number, say: ReturnType<typeof useSay>): string =>
  all === 0 ? '' : say(`占应办 ${percent(part / all)}`, `${percent(part / all)} of owed`);
