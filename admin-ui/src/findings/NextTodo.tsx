import NextIcon from '@mui/icons-material/ArrowForward';
import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router-dom';
import { recordPath } from '../layout/links.ts';
import { api } from '../providers/http.ts';
import type { Todo } from '../todos/TodoPage.tsx';
import { useSay } from '../words/say.ts';

/** To the next thing that waits for the viewer: the key N, so that the desk works without a mouse. */
export function NextTodo({ id }: { id: string }) {
  const say = useSay();
  const navigate = useNavigate();
  const { data } = useQuery({ queryKey: ['todos'], queryFn: () => api<Todo[]>('/todos') });
  const issues = (data ?? []).filter((todo) => todo.type === 'finding');
  const next = issues[(issues.findIndex((todo) => todo.id === id) + 1) % Math.max(1, issues.length)];
  const to = next && next.id !== id ? recordPath('findings', next.id) : null;
  useEffect(() => {
    if (!to) return;
    const jump = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      if (event.key.toLowerCase() === 'n' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) navigate(to);
    };
    window.addEventListener('keydown', jump);
    return () => window.removeEventListener('keydown', jump);
  }, [to, navigate]);
  if (!to) return null;
  return (
    <Button className="no-print" endIcon={<NextIcon />} onClick={() => navigate(to)}>
      {say('下一条待办（N）', 'Next to-do (N)')}
    </Button>
  );
}
