import {
  FormControl,
  FormControlLabel,
  FormHelperText,
  FormLabel,
  InputAdornment,
  MenuItem,
  Radio,
  RadioGroup,
  Stack,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from '@mui/material';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import { PeoplePicker, PersonPicker, SubjectPicker, UnitPicker } from './pickers.tsx';
import { type References, referred, refName } from './record.ts';
import { DayBox, InstantBox } from './TimeBox.tsx';

interface Props {
  fact: Fact;
  value: unknown;
  onChange: (value: unknown) => void;
  required?: boolean;
  error?: string | undefined;
  refs?: References | undefined;
}

/** The box for a fact, chosen by its kind: the server declares the fact, nothing is declared here. */
export function FactInput({ fact, value, onChange, required = false, error, refs }: Props) {
  const say = useSay();
  const label = say(fact.label);
  const known = (id: unknown) => {
    const name = id === null || id === undefined ? undefined : refName(referred(refs, fact, String(id)));
    return name ? { id: fact.kind === 'subject' ? String(id) : Number(id), label: name } : undefined;
  };
  const frame = { label, required, error };
  switch (fact.kind) {
    case 'choice':
      return fact.options.length <= 4 ? (
        <Radios fact={fact} value={value} onChange={onChange} required={required} error={error} />
      ) : (
        <TextField
          select
          fullWidth
          {...frame}
          error={Boolean(error)}
          helperText={error}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value || null)}
        >
          {!required && <MenuItem value="">{say('不填', 'None')}</MenuItem>}
          {fact.options.map((option) => (
            <MenuItem key={option.code} value={option.code}>
              {say(option.label)}
            </MenuItem>
          ))}
        </TextField>
      );
    case 'choices':
      return (
        <TextField
          select
          fullWidth
          {...frame}
          error={Boolean(error)}
          helperText={error}
          slotProps={{ select: { multiple: true } }}
          value={Array.isArray(value) ? value : []}
          onChange={(event) => onChange(event.target.value)}
        >
          {fact.options.map((option) => (
            <MenuItem key={option.code} value={option.code}>
              {say(option.label)}
            </MenuItem>
          ))}
        </TextField>
      );
    case 'flag':
      return <YesNo label={label} value={value} onChange={onChange} required={required} error={error} />;
    case 'instant':
      return <InstantBox {...frame} value={(value as string | null) ?? null} onChange={onChange} />;
    case 'date':
      return <DayBox {...frame} value={(value as string | null) ?? null} onChange={onChange} />;
    case 'int':
    case 'ratio':
    case 'money':
      return (
        <TextField
          type="number"
          fullWidth
          {...frame}
          error={Boolean(error)}
          helperText={error}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
          slotProps={{
            htmlInput: { step: fact.kind === 'int' ? 1 : 'any', min: 0 },
            ...(fact.kind === 'money'
              ? { input: { endAdornment: <InputAdornment position="end">{say('元', 'yuan')}</InputAdornment> } }
              : {}),
          }}
        />
      );
    case 'person':
      return (
        <PersonPicker {...frame} value={(value as number | null) ?? null} onChange={onChange} known={known(value)} />
      );
    case 'persons':
      return (
        <PeoplePicker
          {...frame}
          value={Array.isArray(value) ? (value as number[]) : []}
          onChange={onChange}
          known={(Array.isArray(value) ? value : []).flatMap((id) => known(id) ?? [])}
        />
      );
    case 'unit':
      return <UnitPicker {...frame} value={(value as number | null) ?? null} onChange={onChange} />;
    case 'subject':
      return (
        <SubjectPicker
          {...frame}
          to={fact.to ?? ''}
          value={(value as string | null) ?? null}
          onChange={onChange}
          known={known(value)}
        />
      );
    default:
      return (
        <TextField
          fullWidth
          {...frame}
          error={Boolean(error)}
          helperText={error}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value || null)}
          {...(fact.kind === 'note' ? { multiline: true, minRows: 3 } : {})}
          slotProps={{ htmlInput: { maxLength: fact.kind === 'note' ? 2000 : 200 } }}
        />
      );
  }
}

type Simple = Omit<Props, 'refs'>;

function Radios({ fact, value, onChange, required = false, error }: Simple) {
  const say = useSay();
  return (
    <FormControl required={required} error={Boolean(error)}>
      <FormLabel sx={{ fontSize: 13 }}>{say(fact.label)}</FormLabel>
      <RadioGroup
        row
        aria-label={say(fact.label)}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
      >
        {fact.options.map((option) => (
          <FormControlLabel
            key={option.code}
            value={option.code}
            control={<Radio size="small" />}
            label={say(option.label)}
          />
        ))}
      </RadioGroup>
      {error && <FormHelperText>{error}</FormHelperText>}
    </FormControl>
  );
}

function YesNo({ label, value, onChange, required, error }: Omit<Simple, 'fact'> & { label: string }) {
  const say = useSay();
  return (
    <FormControl required={required ?? false} error={Boolean(error)}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <FormLabel sx={{ fontSize: 14 }}>{label}</FormLabel>
        <ToggleButtonGroup
          size="small"
          exclusive
          value={value ?? null}
          onChange={(_, next: boolean | null) => onChange(next)}
          aria-label={label}
        >
          <ToggleButton value={true} sx={{ px: 2, py: 0.25 }}>
            {say('是', 'Yes')}
          </ToggleButton>
          <ToggleButton value={false} sx={{ px: 2, py: 0.25 }}>
            {say('否', 'No')}
          </ToggleButton>
        </ToggleButtonGroup>
      </Stack>
      {error && <FormHelperText>{error}</FormHelperText>}
    </FormControl>
  );
}
