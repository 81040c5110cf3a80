import type { AuthProvider } from 'react-admin';
import { HttpError } from 'react-admin';
import { api } from './http.ts';
import { currentSession, mayDo, type Session, setSession } from './session.ts';

let asking: Promise<Session> | null = null;

/** Asks the server once who is signed in; everybody who wants to know waits for the same answer. */
function knownSession(): Promise<Session> {
  const known = currentSession();
  if (known) return Promise.resolve(known);
  asking ??= api<Session>('/session')
    .then((session) => {
      setSession(session);
      return session;
    })
    .finally(() => {
      asking = null;
    });
  return asking;
}

const verbs: Record<string, string> = {
  list: 'read',
  show: 'read',
  create: 'create',
  edit: 'change',
  delete: 'delete',
};
const singular: Record<string, string> = { people: 'person' };

export const authProvider: AuthProvider = {
  login: async ({ login, password }: { login: string; password: string }) => {
    setSession(await api<Session>('/session', { method: 'POST', body: { login, password } }));
  },
  logout: async () => {
    if (currentSession()) await api('/session', { method: 'DELETE' }).catch(() => undefined);
    setSession(null);
    return '/login';
  },
  checkAuth: async () => {
    await knownSession();
  },
  checkError: async (error: unknown) => {
    if (error instanceof HttpError && error.status === 401) {
      setSession(null);
      throw error;
    }
  },
  getIdentity: async () => {
    const { person } = await knownSession();
    return { id: person.id, fullName: person.name };
  },
  getPermissions: async () => (await knownSession()).roles,
  canAccess: async ({ action, resource }) => {
    const noun = singular[resource] ?? resource.replace(/s$/, '');
    if (action === 'list' || action === 'show') return true;
    return mayDo(await knownSession(), `${noun}.${verbs[action] ?? action}`);
  },
};
