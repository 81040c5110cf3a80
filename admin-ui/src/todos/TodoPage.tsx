import { Alert, Box, ButtonBase, Card, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { levels } from '../findings/states.ts';
import { recordPath } from '../layout/links.ts';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { useSession } from '../providers/session.ts';
import { StatusTag, severityOf, Tag } from '../subjects/Status.tsx';
import { TimeLeft, useNow } from '../subjects/TimeLeft.tsx';
import { type Text, useSay } from '../words/say.ts';

export interface Todo {
  kind: string;
  label: Text;
  type: string;
  plural: string;
  id: string;
  number: string | null;
  title: Text;
  text: Text | null;
  dueAt: string | null;
  severity: string | null;
  level: string | null;
  urgent: boolean;
  soon: boolean;
  unit: string | null;
}

const kinds = [
  { key: 'all', label: { zh: '全部', en: 'All' } },
  { key: 'over', label: { zh: '已超期', en: 'Overdue' } },
  { key: 'soon', label: { zh: '临期预警', en: 'Due soon' } },
  { key: 'day', label: { zh: '24 小时内到期', en: 'Due within 24 h' } },
  { key: 'duty', label: { zh: '应办事项', en: 'Duties' } },
  { key: 'issue', label: { zh: '执法问题', en: 'Issues' } },
] as const;
type Kind = (typeof kinds)[number]['key'];

/** One list of what waits for the viewer, the shortest time first; nothing else on the page. */
export function TodoPage() {
  const say = useSay();
  const at = useNow();
  const session = useSession();
  const [kind, setKind] = useState<Kind>('all');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['todos'],
    queryFn: () => api<Todo[]>('/todos'),
    refetchInterval: 60_000,
  });
  const belongs = (todo: Todo, to: Kind): boolean => {
    const left = todo.dueAt ? new Date(todo.dueAt).getTime() - at.getTime() : Number.POSITIVE_INFINITY;
    if (to === 'over') return left < 0;
    if (to === 'soon') return todo.soon;
    if (to === 'day') return left >= 0 && left < 86_400_000;
    if (to === 'duty') return todo.kind === 'duty';
    return to === 'issue' ? todo.kind !== 'duty' : true;
  };
  const shown = (data ?? []).filter((todo) => belongs(todo, kind));
  return (
    <>
      <PageTitle
        title={say('我的待办', 'My to-dos')}
        hint={say('按剩余时间排列，点开即办', 'The shortest time first; press to act')}
      />
      {session?.roles.length === 0 && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {say(
            '您的账号尚未授予角色，请联系安全保密管理员。',
            'Your account holds no role yet: ask the security administrator.',
          )}
        </Alert>
      )}
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'repeat(3, 1fr)', sm: 'repeat(6, minmax(0, 180px))' },
          gap: 1,
          mb: 2,
        }}
      >
        {kinds.map((one) => {
          const count = (data ?? []).filter((todo) => belongs(todo, one.key)).length;
          return (
            <ButtonBase
              key={one.key}
              aria-pressed={kind === one.key}
              onClick={() => setKind(one.key)}
              sx={{
                display: 'block',
                textAlign: 'left',
                p: 1.5,
                borderRadius: 1,
                border: '1px solid',
                borderColor: kind === one.key ? 'primary.main' : 'divider',
                bgcolor: kind === one.key ? 'primary.light' : 'background.paper',
              }}
            >
              <Typography
                sx={{
                  fontSize: 24,
                  fontWeight: 600,
                  lineHeight: 1.2,
                  color: one.key === 'over' && count > 0 ? 'error.main' : 'text.primary',
                }}
              >
                {data ? count : '–'}
              </Typography>
              <Typography variant="body2" color="text.secondary">
                {say(one.label)}
              </Typography>
            </ButtonBase>
          );
        })}
      </Box>
      <Card>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending ? (
          <Waiting rows={6} height={56} />
        ) : shown.length === 0 ? (
          <Nothing
            title={say('没有待办事项', 'Nothing to do')}
            hint={say('新的应办事项和问题会按时限出现在这里', 'New duties and issues appear here by their time limit')}
          />
        ) : (
          shown.map((todo) => <TodoRow key={`${todo.kind}${todo.id}${todo.dueAt}${todo.title.zh}`} todo={todo} />)
        )}
      </Card>
    </>
  );
}

export function TodoRow({ todo }: { todo: Todo }) {
  const say = useSay();
  return (
    <ButtonBase
      component={Link}
      to={recordPath(todo.plural, todo.id)}
      sx={{
        display: 'flex',
        width: '100%',
        textAlign: 'left',
        alignItems: 'flex-start',
        gap: 2,
        px: 2,
        py: 1.5,
        borderBottom: 1,
        borderColor: 'divider',
        flexWrap: { xs: 'wrap', sm: 'nowrap' },
        rowGap: 1,
        '&:hover': { bgcolor: '#f3f7fc' },
      }}
    >
      <Box sx={{ width: { sm: 132 }, flexShrink: 0 }}>
        <TimeLeft due={todo.dueAt} />
      </Box>
      <Box sx={{ flex: { xs: '1 0 100%', sm: 1 }, minWidth: 0, order: { xs: 2, sm: 0 } }}>
        <Stack direction="row" spacing={1} sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
          <Typography component="span" sx={{ fontWeight: 600 }}>
            {say(todo.title)}
          </Typography>
          {todo.urgent && <Tag tone="warn">{say('加急', 'Urgent')}</Tag>}
          <StatusTag status={levels[todo.level ?? '']} />
          {todo.severity === 'serious' && <StatusTag status={severityOf(todo.severity)} />}
        </Stack>
        {todo.text && (
          <Typography
            variant="body2"
            color="text.secondary"
            sx={{ display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden' }}
          >
            {say(todo.text)}
          </Typography>
        )}
        <Typography variant="caption" color="text.secondary">
          {[todo.number, todo.unit].filter(Boolean).join(' · ')}
        </Typography>
      </Box>
      <Box sx={{ ml: 'auto' }}>
        <Tag tone={todo.soon ? 'warn' : 'calm'}>{say(todo.label)}</Tag>
      </Box>
    </ButtonBase>
  );
}
