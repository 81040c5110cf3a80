/**
 * The palette: deep police blue, neutral greys, gold for the emblem. Red marks matters that are overdue or serious and
 * never a person (domain.md §7.2). Every `ink` on its `paper` has a contrast of at least 4.5 : 1 (WCAG AA).
 */
export const blue = {
  night: '#0a2342',
  deep: '#12386b',
  main: '#1d4e89',
  soft: '#d6e4f5',
  paper: '#eaf1fa',
} as const;

export const grey = {
  ink: '#1c2733',
  second: '#55626f',
  line: '#dde3ea',
  paper: '#f4f6f9',
  card: '#ffffff',
} as const;

export const gold = '#d9b95b';

export interface Tone {
  ink: string;
  paper: string;
  line: string;
}

export const tones = {
  calm: { ink: '#1d4e89', paper: '#e8f0fa', line: '#bfd4ee' },
  good: { ink: '#1b6b45', paper: '#e4f3ea', line: '#b4dcc5' },
  warn: { ink: '#7d4a00', paper: '#fdf0d8', line: '#efd39b' },
  bad: { ink: '#a3231b', paper: '#fcebea', line: '#f0c0bc' },
  quiet: { ink: '#4b5865', paper: '#edf0f4', line: '#d2d9e1' },
  other: { ink: '#4a3f8a', paper: '#eeecf8', line: '#cfc9ec' },
} as const satisfies Record<string, Tone>;

export type ToneName = keyof typeof tones;
