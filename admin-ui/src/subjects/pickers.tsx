import { Autocomplete, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../providers/http.ts';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';

export interface Unit {
  id: number;
  code: string;
  name: string;
  short: string;
  kind: string;
  parentId: number | null;
  path: number[];
  area?: string | null;
}
export interface Person {
  id: number;
  number: string;
  name: string;
  kind?: string;
  unitId?: number;
  unitName?: string;
  refs?: { unit?: Record<string, { short?: string; name?: string }> };
}

interface Option {
  id: string | number;
  label: string;
  more?: string;
}

interface Box {
  label: string;
  required?: boolean;
  error?: string | undefined;
  autoFocus?: boolean;
}

const listQuery = (filter: object, sort: [string, string], last: number): string =>
  `filter=${encodeURIComponent(JSON.stringify(filter))}&sort=${encodeURIComponent(JSON.stringify(sort))}&range=${encodeURIComponent(`[0,${last}]`)}`;

/** The unit tree, read once. */
export function useUnits(): Unit[] {
  const { data } = useQuery({
    queryKey: ['units', 'all'],
    queryFn: () => api<Unit[]>(`/units?${listQuery({}, ['code', 'ASC'], 499)}`),
    staleTime: 600_000,
  });
  return data ?? [];
}

function useDelayed(text: string): string {
  const [late, setLate] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLate(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return late;
}

export function UnitPicker({
  value,
  onChange,
  ...box
}: Box & { value: number | null; onChange: (id: number | null) => void }) {
  const options = useUnits().map((unit) => ({ id: unit.id, label: unit.name, more: unit.short }));
  return (
    <Single options={options} value={value} onChange={(id) => onChange(id === null ? null : Number(id))} {...box} />
  );
}

/** People of the viewer's scope by name or number. */
export function PersonPicker({
  value,
  onChange,
  known,
  ...box
}: Box & { value: number | null; onChange: (id: number | null) => void; known?: Option | undefined }) {
  const [q, setQ] = useState('');
  const options = usePeople(q);
  return (
    <Single
      options={withKnown(options, known)}
      value={value}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      search={setQ}
      {...box}
    />
  );
}

export function PeoplePicker({
  value,
  onChange,
  known,
  label,
  required = false,
  error,
}: Box & { value: number[]; onChange: (ids: number[]) => void; known: Option[] }) {
  const say = useSay();
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<Option[]>(known);
  const found = usePeople(q);
  const options = [...chosen.filter((one) => !found.some((other) => other.id === one.id)), ...found];
  return (
    <Autocomplete
      multiple
      options={options}
      filterOptions={(all) => all}
      value={options.filter((one) => value.includes(Number(one.id)))}
      getOptionLabel={(one) => one.label}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      noOptionsText={say('没有找到', 'Nothing found')}
      openText={say('展开', 'Open')}
      clearText={say('清除', 'Clear')}
      closeText={say('收起', 'Close')}
      onInputChange={(_, text, why) => why === 'input' && setQ(text)}
      onChange={(_, all) => {
        setChosen(all);
        onChange(all.map((one) => Number(one.id)));
      }}
      renderOption={optionRow}
      renderInput={(props) => (
        <TextField {...props} label={label} required={required} error={Boolean(error)} helperText={error} />
      )}
    />
  );
}

/** Another record by its number or title. */
export function SubjectPicker({
  to,
  value,
  onChange,
  known,
  ...box
}: Box & { to: string; value: string | null; onChange: (id: string | null) => void; known?: Option | undefined }) {
  const [q, setQ] = useState('');
  const late = useDelayed(q);
  const type = useFindSubject()(to);
  const { data } = useQuery({
    queryKey: ['pick', to, late],
    queryFn: () =>
      api<Record<string, unknown>[]>(
        `/${type?.plural}?${listQuery(late ? { q: late } : {}, [type?.dated ?? 'id', 'DESC'], 14)}`,
      ),
    enabled: Boolean(type),
  });
  const options = (data ?? []).map((record) => ({
    id: String(record.id),
    label: String(record[type?.number ?? 'number'] ?? ''),
    more: String(record[type?.title ?? ''] ?? ''),
  }));
  return (
    <Single
      options={withKnown(options, known)}
      value={value}
      onChange={(id) => onChange(id === null ? null : String(id))}
      search={setQ}
      {...box}
    />
  );
}

function usePeople(q: string): Option[] {
  const late = useDelayed(q);
  const { data } = useQuery({
    queryKey: ['pick', 'people', late],
    queryFn: () => api<Person[]>(`/people?${listQuery(late ? { q: late } : {}, ['number', 'ASC'], 19)}`),
  });
  return (data ?? []).map((person) => ({
    id: person.id,
    label: `${person.name} ${person.number}`,
    more: person.unitName ?? person.refs?.unit?.[String(person.unitId)]?.short ?? '',
  }));
}

const withKnown = (options: Option[], known: Option | undefined): Option[] =>
  known && !options.some((one) => one.id === known.id) ? [known, ...options] : options;

const optionRow = (props: React.HTMLAttributes<HTMLLIElement> & { key?: React.Key }, option: Option) => {
  const { key: _, ...rest } = props;
  return (
    <li {...rest} key={option.id}>
      <span style={{ flex: 1 }}>{option.label}</span>
      <small style={{ color: '#55626f', marginLeft: 12 }}>{option.more}</small>
    </li>
  );
};

function Single({
  options,
  value,
  onChange,
  search,
  label,
  required = false,
  error,
  autoFocus = false,
}: Box & {
  options: Option[];
  value: string | number | null;
  onChange: (id: string | number | null) => void;
  search?: (text: string) => void;
}) {
  const say = useSay();
  return (
    <Autocomplete
      options={options}
      value={options.find((one) => one.id === value) ?? null}
      onChange={(_, one) => onChange(one?.id ?? null)}
      getOptionLabel={(one) => one.label}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      {...(search
        ? {
            filterOptions: (all: Option[]) => all,
            onInputChange: (_: unknown, text: string, why: string) => why === 'input' && search(text),
          }
        : {})}
      noOptionsText={say('没有找到', 'Nothing found')}
      openText={say('展开', 'Open')}
      clearText={say('清除', 'Clear')}
      closeText={say('收起', 'Close')}
      renderOption={optionRow}
      renderInput={(props) => (
        <TextField
          {...props}
          label={label}
          required={required}
          error={Boolean(error)}
          helperText={error}
          autoFocus={autoFocus}
        />
      )}
    />
  );
}
