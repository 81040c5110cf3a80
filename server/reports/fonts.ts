/**
 * Which font file stands for which type face. The trade's own fonts (小标宋, 仿宋_GB2312) are commercial: free ones
 * are embedded, and a bureau that owns the others puts them into `<home>/fonts`:
 * title.ttf (小标宋), song.ttf (仿宋 or 宋体), hei.ttf (黑体), latin.ttf (Times New Roman), latin-bold.ttf,
 * fallback.ttf (rare characters in names); .otf as well, never .ttc.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const modules = createRequire(import.meta.url);

const shipped = {
  song: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  title: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  hei: '@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
  latin: '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  'latin-bold': '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  fallback: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
} as const;

export type FontName = keyof typeof shipped;
export const fontNames = Object.keys(shipped) as FontName[];

const read = new Map<string, Buffer>();

/** The bytes of a font: the bureau's own from `folder` when it is there, else the free one. Read once per process. */
export function fontBytes(name: FontName, folder?: string): Buffer {
  const own = folder
    ? ['.ttf', '.otf'].map((ending) => join(folder, name + ending)).find((file) => existsSync(file))
    : undefined;
  const file = own ?? modules.resolve(shipped[name]);
  const bytes = read.get(file) ?? readFileSync(file);
  read.set(file, bytes);
  return bytes;
}
