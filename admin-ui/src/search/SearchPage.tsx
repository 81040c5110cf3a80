import { Box, Card, List, ListItemButton, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router-dom';
import { listPath, recordPath } from '../layout/links.ts';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { Tag } from '../subjects/Status.tsx';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';

export interface Hit {
  type: string;
  id: string | number;
  number: string | null;
  title: string | null;
  unit: string | null;
  at: string | null;
}

const others: Record<string, { label: Text; plural: string }> = {
  person: { label: { zh: '人员', en: 'Person' }, plural: 'people' },
  unit: { label: { zh: '单位', en: 'Unit' }, plural: 'units' },
  rule: { label: { zh: '监督规则', en: 'Rule' }, plural: 'rules' },
};

/** What the search found, kind by kind. */
export function SearchPage() {
  const say = useSay();
  const find = useFindSubject();
  const q = useSearchParams()[0].get('q') ?? '';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['search', q],
    queryFn: () => api<Hit[]>(`/search?q=${encodeURIComponent(q)}`),
    enabled: q !== '',
  });
  const kind = (type: string) => {
    const subject = find(type);
    return subject
      ? { label: subject.label, plural: subject.plural }
      : (others[type] ?? { label: { zh: '记录', en: 'Record' }, plural: type });
  };
  return (
    <>
      <PageTitle
        title={say(`查询：${q}`, `Search: ${q}`)}
        hint={data ? say(`找到 ${data.length} 条`, `${data.length} found`) : ''}
      />
      <Card>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending && q ? (
          <Waiting />
        ) : !data?.length ? (
          <Nothing
            title={say('没有找到', 'Nothing found')}
            hint={say(
              '可输入编号的任意一段、姓名、案由或地点；只查得到您权限范围内的记录',
              'Type any part of a number, a name, a cause or a place; only records within your scope are found',
            )}
          />
        ) : (
          <List disablePadding>
            {data.map((hit) => (
              <ListItemButton
                key={`${hit.type}${hit.id}`}
                divider
                component={Link}
                to={
                  find(hit.type)
                    ? recordPath(kind(hit.type).plural, hit.id)
                    : listPath(kind(hit.type).plural, { q: hit.number ?? '' })
                }
              >
                <Stack direction="row" spacing={2} sx={{ alignItems: 'center', width: '100%' }}>
                  <Box sx={{ width: 88 }}>
                    <Tag tone="calm">{say(kind(hit.type).label)}</Tag>
                  </Box>
                  <Typography sx={{ fontWeight: 600 }}>{hit.number}</Typography>
                  <Typography noWrap sx={{ flex: 1 }}>
                    {hit.title}
                  </Typography>
                  <Typography variant="caption" color="text.secondary">
                    {hit.unit} {shortInstant(hit.at)}
                  </Typography>
                </Stack>
              </ListItemButton>
            ))}
          </List>
        )}
      </Card>
    </>
  );
}
