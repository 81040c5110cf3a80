import ExpandIcon from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Box, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { Tag } from '../subjects/Status.tsx';
import { useVocabulary } from '../vocabulary/Vocabulary.tsx';
import { type Text, useSay } from '../words/say.ts';
import { useActionName } from './action-name.ts';

interface Role {
  id: string;
  label: Text;
  actions: { action: string; scope: string; state: string; effect: string }[];
}

const scopes: Record<string, Text> = {
  own: { zh: '本人经办', en: 'own' },
  unit: { zh: '本单位', en: 'unit' },
  subtree: { zh: '本单位及下级', en: 'unit and below' },
  bureau: { zh: '本局', en: 'bureau' },
  concerned: { zh: '参与事项应当回避', en: 'not where concerned' },
};

/** Roles with what each may do, in words. They live in files that are reviewed; here they are read. */
export function RoleList() {
  const say = useSay();
  const actionName = useActionName();
  const { subjects } = useVocabulary();
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['roles'], queryFn: () => api<Role[]>('/roles') });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return (
    <>
      <PageTitle
        title={say('角色权限', 'Roles')}
        hint={say(
          '权限写在策略文件中，经审核后生效；此处只供查阅',
          'Policies are reviewed files; this page shows them',
        )}
      />
      {isPending ? (
        <Waiting rows={8} />
      ) : (
        data.map((role) => {
          const groups = Map.groupBy(role.actions, (one) => one.action.split('.')[0] ?? '');
          return (
            <Accordion key={role.id} disableGutters variant="outlined">
              <AccordionSummary expandIcon={<ExpandIcon />}>
                <Typography sx={{ fontWeight: 600, width: 200 }}>{say(role.label)}</Typography>
                <Typography color="text.secondary">
                  {say(`${role.actions.length} 项权限`, `${role.actions.length} actions`)}
                </Typography>
              </AccordionSummary>
              <AccordionDetails>
                {[...groups].map(([noun, actions]) => (
                  <Box key={noun} sx={{ mb: 1.5, display: 'grid', gridTemplateColumns: '120px 1fr', gap: 1 }}>
                    <Typography variant="subtitle2">
                      {subjects.find((one) => one.name === noun)
                        ? say(subjects.find((one) => one.name === noun)?.label ?? { zh: '', en: '' })
                        : actionName.noun(noun)}
                    </Typography>
                    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
                      {actions.map((one) => (
                        <Tag
                          key={one.action + one.scope + one.effect}
                          tone={one.effect === 'deny' ? 'warn' : 'quiet'}
                          title={scopes[one.scope] ? say(scopes[one.scope] as Text) : ''}
                        >
                          {actionName.verb(one.action)} · {scopes[one.scope] ? say(scopes[one.scope] as Text) : ''}
                        </Tag>
                      ))}
                    </Box>
                  </Box>
                ))}
              </AccordionDetails>
            </Accordion>
          );
        })
      )}
    </>
  );
}
