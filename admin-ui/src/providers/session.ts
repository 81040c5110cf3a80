import { useSyncExternalStore } from 'react';

export interface SessionPerson {
  id: number;
  name: string;
  number: string;
  unitId: number | null;
  unitName?: string;
  unit?: { id: number; name: string; short: string };
}

/** Who is signed in. `abilities` are actions such as `alarm.read`; the server stays the judge. */
export interface Session {
  person: SessionPerson;
  csrf: string;
  mustChangePassword: boolean;
  roles: string[];
  abilities: string[];
  demonstration?: boolean;
}

let session: Session | null = null;
const listeners = new Set<() => void>();

export const currentSession = (): Session | null => session;

export function setSession(next: Session | null): void {
  session = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useSession = (): Session | null => useSyncExternalStore(subscribe, currentSession);

/** `alarm.*` and `*` in an ability stand for every verb. */
export function mayDo(of: Session | null, action: string): boolean {
  if (!of) return false;
  const [noun] = action.split('.');
  return of.abilities.some(
    (ability) => ability === action || ability === '*' || ability === '*.*' || ability === `${noun}.*`,
  );
}

export function useMay(): (action: string) => boolean {
  const of = useSession();
  return (action) => mayDo(of, action);
}

export const useRole = (): ((...roles: string[]) => boolean) => {
  const of = useSession();
  return (...roles) => roles.some((role) => of?.roles.includes(role));
};
