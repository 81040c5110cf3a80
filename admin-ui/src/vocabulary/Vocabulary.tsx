import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import { Failure, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { readVocabulary } from './read.ts';
import type { Fact, Step, Subject, Vocabulary } from './types.ts';

const Context = createContext<Vocabulary>({ subjects: [], roles: [], verdicts: [] });

/** Loads the declarations once; the screens below derive their fields from them. */
export function VocabularyProvider({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['vocabulary'],
    queryFn: async () => readVocabulary(await api<Record<string, unknown>>('/vocabulary')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting rows={6} />;
  return <Context.Provider value={data}>{children}</Context.Provider>;
}

export const useVocabulary = (): Vocabulary => useContext(Context);

/** The declaration of a subject type by its singular or plural name. @throws Error when nobody declared it */
export function useSubject(name: string): Subject {
  const found = useFindSubject()(name);
  if (!found) throw new Error(`no subject type ${name}`);
  return found;
}

export function useFindSubject(): (name: string) => Subject | undefined {
  const { subjects } = useVocabulary();
  return (name) => subjects.find((one) => one.name === name || one.plural === name);
}

/** A fact of a subject, or of its part when one is named. */
export const factIn = (subject: Subject, name: string, part?: string): Fact | undefined =>
  (part ? subject.parts.find((one) => one.name === part)?.facts : subject.facts)?.find((one) => one.name === name);

export const stepIn = (subject: Subject, verb: string): Step | undefined =>
  subject.steps.find((one) => one.verb === verb);
