import CalendarIcon from '@mui/icons-material/CalendarMonthOutlined';
import { Box, Button, IconButton, InputAdornment, TextField } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useSay } from '../words/say.ts';
import { fromBox, fullInstant, now, readDay, readInstant, toBox } from '../words/time.ts';

interface Props {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  required?: boolean;
  error?: string | undefined;
  width?: number;
}

/** A time typed or picked. The browser's own picker is a press away; the box itself speaks the viewer's language. */
function TypedBox({
  label,
  value,
  onChange,
  required = false,
  error,
  width,
  show,
  read,
  native,
  toNative,
  fromNative,
  hint,
  nowButton,
}: Props & {
  show: (value: string) => string;
  read: (text: string) => string | null;
  native: 'date' | 'datetime-local';
  toNative: (value: string) => string;
  fromNative: (text: string) => string | null;
  hint: string;
  nowButton?: boolean;
}) {
  const say = useSay();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ? show(value) : '');
  const [wrong, setWrong] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text follows the value, not how it is shown
  useEffect(() => {
    setText(value ? show(value) : '');
    setWrong(false);
  }, [value]);
  const commit = () => {
    const next = text.trim() === '' ? null : read(text);
    setWrong(text.trim() !== '' && next === null);
    if (next !== value && (next !== null || text.trim() === '')) onChange(next);
  };
  return (
    <Box sx={{ position: 'relative', width: width ?? '100%' }}>
      <TextField
        fullWidth
        label={label}
        required={required}
        placeholder={hint}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
        error={wrong || Boolean(error)}
        helperText={wrong ? say(`请按 ${hint} 填写`, `Type it as ${hint}`) : error}
        slotProps={{
          inputLabel: { shrink: true },
          input: {
            endAdornment: (
              <InputAdornment position="end">
                {nowButton && (
                  <Button onClick={() => onChange(now().toISOString())} sx={{ minWidth: 44, px: 0.5 }}>
                    {say('现在', 'Now')}
                  </Button>
                )}
                <IconButton
                  size="small"
                  edge="end"
                  aria-label={say(`选择${label}`, `Pick ${label}`)}
                  onClick={() => picker.current?.showPicker()}
                >
                  <CalendarIcon fontSize="small" />
                </IconButton>
              </InputAdornment>
            ),
          },
        }}
      />
      <Box
        component="input"
        ref={picker}
        type={native}
        tabIndex={-1}
        aria-hidden
        step={1}
        value={value ? toNative(value) : ''}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(fromNative(event.target.value))}
        sx={{
          position: 'absolute',
          right: 0,
          bottom: 0,
          width: 1,
          height: 1,
          opacity: 0,
          border: 0,
          p: 0,
          pointerEvents: 'none',
        }}
      />
    </Box>
  );
}

/** An instant in the bureau's zone; 现在 fills the server's clock. */
export function InstantBox(props: Props) {
  return (
    <TypedBox
      {...props}
      show={fullInstant}
      read={readInstant}
      native="datetime-local"
      toNative={toBox}
      fromNative={fromBox}
      hint="2026-11-23 21:10"
      nowButton
    />
  );
}

export function DayBox(props: Props) {
  return (
    <TypedBox
      {...props}
      show={(day) => day}
      read={readDay}
      native="date"
      toNative={(day) => day}
      fromNative={(text) => text || null}
      hint="2026-11-23"
    />
  );
}
