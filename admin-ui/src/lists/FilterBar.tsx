import { Autocomplete, Box, Button, InputAdornment, MenuItem, TextField } from '@mui/material';
import SearchIcon from '@mui/icons-material/Search';
import { useEffect, useState } from 'react';
import { useListContext } from 'react-admin';
import { useUnits } from '../subjects/pickers.tsx';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import { dayEnd, dayOf, dayStart } from '../words/time.ts';

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
    setFilters(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null && value !== '' && value !== undefined)));
  };
  return (
    <Box component="section" aria-label={say('筛选', 'Filters')} className="no-print" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, p: 1.5, borderBottom: 1, borderColor: 'divider', alignItems: 'center' }}>
      <TextBox value={String(filter.q ?? '')} onChange={(q) => set({ q })} hint={hint ?? say('查编号、内容', 'Search')} />
      {facts.map((fact) => <FactFilter key={fact.name} fact={fact} value={filter[fact.name]} onChange={(value) => set({ [fact.name]: value })} />)}
      {units && <UnitFilter value={filter.unitId} onChange={(unitId) => set({ unitId })} />}
      {dated && <DayFilter fact={dated} filter={filter} set={set} />}
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
    <TextField value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && onChange(text)} placeholder={hint} sx={{ width: { xs: '100%', sm: 240 } }}
      slotProps={{ htmlInput: { 'aria-label': hint, maxLength: 100 }, input: { startAdornment: <InputAdornment position="start"><SearchIcon fontSize="small" /></InputAdornment> } }} />
  );
}

function FactFilter({ fact, value, onChange }: { fact: Fact; value: unknown; onChange: (value: unknown) => void }) {
  const say = useSay();
  const options = fact.kind === 'flag' ? [{ code: 'true', label: { zh: '是', en: 'Yes' } }, { code: 'false', label: { zh: '否', en: 'No' } }] : fact.options;
  const shown = value === undefined ? '' : String(value);
  return (
    <TextField select label={say(fact.label)} value={shown} sx={{ minWidth: 132 }} onChange={(event) => onChange(fact.kind === 'flag' ? (event.target.value === '' ? null : event.target.value === 'true') : event.target.value)}>
      <MenuItem value="">{say('全部', 'All')}</MenuItem>
      {options.map((option) => <MenuItem key={option.code} value={option.code}>{say(option.label)}</MenuItem>)}
    </TextField>
  );
}

export function UnitFilter({ value, onChange }: { value: unknown; onChange: (id: number | null) => void }) {
  const say = useSay();
  const units = useUnits();
  if (units.length < 2) return null;
  return (
    <Autocomplete options={units} value={units.find((unit) => unit.id === Number(value)) ?? null} onChange={(_, unit) => onChange(unit?.id ?? null)} getOptionLabel={(unit) => unit.name} isOptionEqualToValue={(a, b) => a.id === b.id}
      noOptionsText={say('没有找到', 'Nothing found')} openText={say('展开', 'Open')} clearText={say('清除', 'Clear')} closeText={say('收起', 'Close')} sx={{ width: 200 }}
      renderOption={({ key: _, ...props }, unit) => <li {...props} key={unit.id} style={{ paddingLeft: 8 + 16 * Math.max(0, (unit.path?.length ?? 1) - 1) }}>{unit.name}</li>}
      renderInput={(props) => <TextField {...props} label={say('单位', 'Unit')} />} />
  );
}

function DayFilter({ fact, filter, set }: { fact: Fact; filter: Filter; set: (changes: Filter) => void }) {
  const say = useSay();
  const from = `${fact.name}_gte`;
  const to = `${fact.name}_lte`;
  const box = (name: string, label: string, edge: (day: string) => string) => (
    <TextField type="date" label={label} value={filter[name] ? dayOf(String(filter[name])) : ''} onChange={(event) => set({ [name]: event.target.value ? edge(event.target.value) : null })} sx={{ width: 150 }} slotProps={{ inputLabel: { shrink: true } }} />
  );
  return (
    <>
      {box(from, say(`${fact.label.zh}从`, `${fact.label.en} from`), dayStart)}
      {box(to, say('至', 'to'), dayEnd)}
    </>
  );
}
