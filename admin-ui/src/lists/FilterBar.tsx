import SearchIcon from '@mui/icons-material/Search';
import { Autocomplete, Box, Button, InputAdornment, MenuItem, TextField } from '@mui/material';
import { useEffect, useState } from 'react';
import { useListContext } from 'react-admin';
import { useUnits } from '../subjects/pickers.tsx';
import { DayBox } from '../subjects/TimeBox.tsx';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import { dayEnd, dayOf, dayStart, now } from '../words/time.ts';
import { usePhone } from './PhoneRows.tsx';

interface Props {
  facts: Fact[];
  /** The instant whose days can be bounded. */
  dated?: Fact | undefined;
  hint?: string;
  units?: boolean;
}

type Filter = Record<string, unknown>;

/** Search in Chinese, choices, unit and days, in one line; the address bar holds them, so a list can be sent to a colleague. */
export function FilterBar({ facts, dated, hint, units = true }: Props) {
  const say = useSay();
  const { filterValues, setFilters } = useListContext();
  const filter = filterValues as Filter;
  const set = (changes: Filter) => {
    const next = { ...filter, ...changes };
    setFilters(
      Object.fromEntries(
        Object.entries(next).filter(([, value]) => value !== null && value !== '' && value !== undefined),
      ),
    );
  };
  const phone = usePhone();
  const [more, setMore] = useState(false);
  const all = !phone || more;
  return (
    <Box
      component="section"
      aria-label={say('筛选', 'Filters')}
      className="no-print"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        p: 1.5,
        borderBottom: 1,
        borderColor: 'divider',
        alignItems: 'center',
      }}
    >
      <TextBox
        value={String(filter.q ?? '')}
        onChange={(q) => set({ q })}
        hint={hint ?? say('查编号、内容', 'Search')}
      />
      {phone && (
        <Button aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? say('收起筛选', 'Fewer filters') : say('更多筛选', 'More filters')}
        </Button>
      )}
      {all &&
        facts.map((fact) => (
          <FactFilter
            key={fact.name}
            fact={fact}
            value={filter[fact.name]}
            onChange={(value) => set({ [fact.name]: value })}
          />
        ))}
      {all && units && <UnitFilter value={filter.unitId} onChange={(unitId) => set({ unitId })} />}
      {all && dated && <DayFilter fact={dated} filter={filter} set={set} />}
      {Object.keys(filter).length > 0 && <Button onClick={() => setFilters({})}>{say('清空', 'Clear')}</Button>}
    </Box>
  );
}

export function TextBox({ value, onChange, hint }: { value: string; onChange: (q: string) => void; hint: string }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 350);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && onChange(text)}
      placeholder={hint}
      sx={{ width: { xs: '100%', sm: 240 } }}
      slotProps={{
        htmlInput: { 'aria-label': hint, maxLength: 100 },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        },
      }}
    />
  );
}

function FactFilter({ fact, value, onChange }: { fact: Fact; value: unknown; onChange: (value: unknown) => void }) {
  const say = useSay();
  const options =
    fact.kind === 'flag'
      ? [
          { code: 'true', label: { zh: '是', en: 'Yes' } },
          { code: 'false', label: { zh: '否', en: 'No' } },
        ]
      : fact.options;
  const shown = value === undefined ? '' : String(value);
  return (
    <TextField
      select
      label={say(fact.label)}
      value={shown}
      sx={{ minWidth: 132 }}
      onChange={(event) =>
        onChange(
          fact.kind === 'flag'
            ? event.target.value === ''
              ? null
              : event.target.value === 'true'
            : event.target.value,
        )
      }
    >
      <MenuItem value="">{say('全部', 'All')}</MenuItem>
      {options.map((option) => (
        <MenuItem key={option.code} value={option.code}>
          {say(option.label)}
        </MenuItem>
      ))}
    </TextField>
  );
}

export function UnitFilter({ value, onChange }: { value: unknown; onChange: (id: number | null) => void }) {
  const say = useSay();
  const units = useUnits();
  if (units.length < 2) return null;
  return (
    <Autocomplete
      options={units}
      value={units.find((unit) => unit.id === Number(value)) ?? null}
      onChange={(_, unit) => onChange(unit?.id ?? null)}
      getOptionLabel={(unit) => unit.name}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      noOptionsText={say('没有找到', 'Nothing found')}
      openText={say('展开', 'Open')}
      clearText={say('清除', 'Clear')}
      closeText={say('收起', 'Close')}
      sx={{ width: 200 }}
      renderOption={({ key: _, ...props }, unit) => (
        <li {...props} key={unit.id} style={{ paddingLeft: 8 + 16 * Math.max(0, (unit.path?.length ?? 1) - 1) }}>
          {unit.name}
        </li>
      )}
      renderInput={(props) => <TextField {...props} label={say('单位', 'Unit')} />}
    />
  );
}

const periods = ['today', 'yesterday', 'week', 'month'] as const;
type Period = (typeof periods)[number];

/** First and last day of a period, in the bureau's zone. */
function daysOf(period: Period): [string, string] {
  const back = (days: number) => dayOf(new Date(now().getTime() - days * 86_400_000));
  const first = { today: back(0), yesterday: back(1), week: back(6), month: back(29) }[period];
  return [first, period === 'yesterday' ? first : back(0)];
}

/** Days as people say them, or two days of one's own. */
function DayFilter({ fact, filter, set }: { fact: Fact; filter: Filter; set: (changes: Filter) => void }) {
  const say = useSay();
  const [own, setOwn] = useState(false);
  const [from, to] = [`${fact.name}_gte`, `${fact.name}_lte`];
  const day = (name: string) => (filter[name] ? dayOf(String(filter[name])) : null);
  const known = periods.find((period) => daysOf(period)[0] === day(from) && daysOf(period)[1] === day(to));
  const isOwn = own || (!known && Boolean(filter[from] ?? filter[to]));
  const names: Record<Period, string> = {
    today: say('今日', 'Today'),
    yesterday: say('昨日', 'Yesterday'),
    week: say('近 7 日', '7 days'),
    month: say('近 30 日', '30 days'),
  };
  const choose = (value: string) => {
    setOwn(value === 'own');
    const period = periods.find((one) => one === value);
    if (period) set({ [from]: dayStart(daysOf(period)[0]), [to]: dayEnd(daysOf(period)[1]) });
    else if (value === '') set({ [from]: null, [to]: null });
  };
  return (
    <>
      <TextField
        select
        label={say(fact.label)}
        value={isOwn ? 'own' : (known ?? '')}
        onChange={(event) => choose(event.target.value)}
        sx={{ minWidth: 132 }}
      >
        <MenuItem value="">{say('全部', 'All')}</MenuItem>
        {periods.map((period) => (
          <MenuItem key={period} value={period}>
            {names[period]}
          </MenuItem>
        ))}
        <MenuItem value="own">{say('指定日期…', 'Dates…')}</MenuItem>
      </TextField>
      {isOwn && (
        <DayBox
          width={176}
          label={say('从', 'From')}
          value={day(from)}
          onChange={(value) => set({ [from]: value ? dayStart(value) : null })}
        />
      )}
      {isOwn && (
        <DayBox
          width={176}
          label={say('至', 'To')}
          value={day(to)}
          onChange={(value) => set({ [to]: value ? dayEnd(value) : null })}
        />
      )}
    </>
  );
}
