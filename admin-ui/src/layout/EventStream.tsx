import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSession } from '../providers/session.ts';

/** Listens to the server's events: a notice or a change makes the bell, the to-dos and the open lists read again. */
export function EventStream() {
  const queries = useQueryClient();
  const viewer = useSession()?.person.id;
  useEffect(() => {
    if (viewer === undefined || typeof EventSource === 'undefined') return;
    const source = new EventSource('/api/events');
    const wake = () => {
      for (const key of [['notices'], ['todos'], ['today'], ['counts']])
        void queries.invalidateQueries({ queryKey: key });
    };
    source.addEventListener('notice', wake);
    return () => source.close();
  }, [viewer, queries]);
  return null;
}
