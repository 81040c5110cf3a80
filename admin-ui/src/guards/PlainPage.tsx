import { Card } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { type Text, useSay } from '../words/say.ts';

/** A page that is one list of the server, with its title, its buttons and its empty state. */
export function PlainPage<Row>({
  path,
  title,
  hint,
  nothing,
  actions,
  children,
}: {
  path: string;
  title: Text;
  hint: Text;
  nothing: Text;
  actions?: ReactNode;
  children: (rows: Row[]) => ReactNode;
}) {
  const say = useSay();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [path],
    queryFn: () => api<Row[]>(path),
    refetchInterval: 60_000,
  });
  return (
    <>
      <PageTitle title={say(title)} hint={say(hint)}>
        {actions}
      </PageTitle>
      <Card sx={{ overflowX: 'auto' }}>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending ? (
          <Waiting rows={5} />
        ) : data.length === 0 ? (
          <Nothing title={say(nothing)} hint={say(hint)} />
        ) : (
          children(data)
        )}
      </Card>
    </>
  );
}
