import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../providers/http.ts';
import type { Text } from '../../words/say.ts';
import type { DeclaredParam } from '../rule.ts';

/** A mistake with its place (server/rules/life/check.ts). */
export interface Mistake {
  line: number;
  column: number;
  zh: string;
  en: string;
  suggestion: string | null;
}

export interface Checked {
  errors: Mistake[];
  rule: {
    code: string;
    version: number;
    title: Text;
    subject: string;
    severity: string;
    warnings: string[];
    params: DeclaredParam[];
    examples: number;
    sql: string;
  } | null;
}

/** Checks the text half a second after the last key. */
export function useCheck(text: string): { checked: Checked | undefined; isBusy: boolean } {
  const [late, setLate] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLate(text), 500);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, isFetching } = useQuery({
    queryKey: ['rule check', late],
    queryFn: () => api<Checked>('/rules/check', { method: 'POST', body: { text: late } }),
    enabled: late.trim() !== '',
    placeholderData: (previous) => previous,
    gcTime: 0,
  });
  return { checked: data, isBusy: isFetching || late !== text };
}
