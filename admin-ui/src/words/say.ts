import { useCallback } from 'react';
import { useLocaleState } from 'react-admin';
import type { Say, Text } from './text.ts';

export type { Say, Text } from './text.ts';

export type Locale = 'zh' | 'en';

export function useSay(): Say {
  const [locale] = useLocaleState();
  return useCallback(
    (first: string | Text, en?: string) => {
      const text = typeof first === 'string' ? { zh: first, en: en ?? first } : first;
      return locale === 'en' ? text.en : text.zh;
    },
    [locale],
  ) as Say;
}

/** The language chosen before: Chinese unless somebody switched. */
export const storedLocale = (): Locale => (localStorage.getItem('mingjing.locale') === 'en' ? 'en' : 'zh');
export const storeLocale = (locale: string): void => localStorage.setItem('mingjing.locale', locale);
