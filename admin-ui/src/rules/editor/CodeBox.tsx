import { Box, Typography } from '@mui/material';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useSay } from '../../words/say.ts';
import { type Proposal, proposals, type Words } from './completion.ts';

const height = 20;
const face = {
  fontFamily: 'ui-monospace, "Noto Sans Mono CJK SC", monospace',
  fontSize: 13,
  lineHeight: `${height}px`,
};

interface Props {
  text: string;
  onChange: (text: string) => void;
  /** Lines with mistakes. */
  wrong: ReadonlyMap<number, string>;
  words: Words | undefined;
  readOnly?: boolean;
}

/** A plain text box with line numbers: mistakes stand in their line, words are proposed while one types. */
export function CodeBox({ text, onChange, wrong, words, readOnly = false }: Props) {
  const say = useSay();
  const box = useRef<HTMLTextAreaElement>(null);
  const [found, setFound] = useState<{ from: number; at: number; list: Proposal[] } | null>(null);
  const lines = text.split('\n');
  const propose = (value: string, at: number) => {
    const next = proposals(value, at, words);
    setFound(next.found.length > 0 ? { from: next.from, at, list: next.found } : null);
  };
  const take = (one: Proposal) => {
    if (!found) return;
    const next = text.slice(0, found.from) + one.word + text.slice(found.at);
    onChange(next);
    setFound(null);
    const at = found.from + one.word.length;
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(at, at);
    });
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setFound(null);
    const [first] = found?.list ?? [];
    // without a proposal Tab leaves the box, as everywhere: the keyboard is never caught
    if (event.key === 'Tab' && first && !event.shiftKey) {
      event.preventDefault();
      take(first);
    }
  };
  const longest = Math.max(...lines.map(widthOf), 60);
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden', bgcolor: 'background.paper' }}>
      <Box sx={{ display: 'flex', height: { xs: 420, lg: 'calc(100vh - 300px)' }, minHeight: 360, overflow: 'auto' }}>
        <Box
          aria-hidden
          sx={{
            ...face,
            py: 1,
            px: 1,
            textAlign: 'right',
            color: 'text.secondary',
            bgcolor: 'background.default',
            minWidth: 44,
            flexShrink: 0,
            position: 'sticky',
            left: 0,
            zIndex: 1,
            height: lines.length * height + 16,
          }}
        >
          {lines.map((_, i) => (
            <Box
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={i}
              title={wrong.get(i + 1)}
              sx={wrong.has(i + 1) ? { color: 'error.main', fontWeight: 700 } : {}}
            >
              {i + 1}
            </Box>
          ))}
        </Box>
        <Box sx={{ position: 'relative', flex: 1, minWidth: `${longest + 4}ch`, ...face }}>
          {[...wrong.keys()].map((line) => (
            <Box
              key={line}
              aria-hidden
              sx={{
                position: 'absolute',
                left: 0,
                right: 0,
                top: (line - 1) * height + 8,
                height,
                bgcolor: '#fdecea',
                borderBottom: '1px dotted #b3261e',
              }}
            />
          ))}
          <Box
            component="textarea"
            ref={box}
            aria-label={say('规则文本', 'Text of the rule')}
            value={text}
            readOnly={readOnly}
            spellCheck={false}
            wrap="off"
            onChange={(event) => {
              onChange(event.target.value);
              propose(event.target.value, event.target.selectionStart);
            }}
            onKeyDown={key}
            onBlur={() => setTimeout(() => setFound(null), 200)}
            sx={{
              ...face,
              position: 'absolute',
              inset: 0,
              width: '100%',
              height: lines.length * height + 16,
              p: 1,
              border: 0,
              outlineOffset: -2,
              resize: 'none',
              bgcolor: 'transparent',
              color: 'text.primary',
              overflow: 'hidden',
              whiteSpace: 'pre',
            }}
          />
        </Box>
      </Box>
      <Box
        role="listbox"
        aria-label={say('可用词语', 'Words')}
        sx={{
          display: 'flex',
          gap: 0.5,
          flexWrap: 'wrap',
          alignItems: 'center',
          minHeight: 36,
          px: 1,
          py: 0.5,
          borderTop: 1,
          borderColor: 'divider',
          bgcolor: 'background.default',
        }}
      >
        {found ? (
          found.list.map((one) => (
            <Box
              key={one.word}
              component="button"
              type="button"
              role="option"
              aria-selected={false}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
              sx={{
                border: 1,
                borderColor: 'divider',
                borderRadius: 1,
                bgcolor: 'background.paper',
                cursor: 'pointer',
                px: 0.75,
                py: 0.25,
                fontSize: 12,
              }}
            >
              <b>{one.word}</b> <span style={{ color: '#55626f' }}>{one.meaning.slice(0, 18)}</span>
            </Box>
          ))
        ) : (
          <Typography variant="caption" color="text.secondary">
            {say(
              '输入时在此提示可用词语，按 Tab 键采用第一个',
              'Words are proposed here while you type; Tab takes the first',
            )}
          </Typography>
        )}
      </Box>
    </Box>
  );
}

/** Chinese characters are two columns wide. */
const widthOf = (line: string): number => line.length + (line.match(/[\u2e80-\uffef]/g)?.length ?? 0);
