import AddIcon from '@mui/icons-material/Add';
import { Button, Card } from '@mui/material';
import { useState } from 'react';
import { DataTable, ListBase } from 'react-admin';
import { ListStates, ListTitle, tableStyle } from '../lists/SubjectList.tsx';
import { useMay } from '../providers/session.ts';
import { Tag } from '../subjects/Status.tsx';
import type { Fact } from '../vocabulary/types.ts';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { FormDialog } from './FormDialog.tsx';
import { postFacts } from './facts.ts';
import { roleNames, useRoleNames } from './role-names.ts';

interface Post {
  id: number;
  personId: number;
  personName: string;
  personNumber: string;
  unitName: string;
  role: string;
  roleLabel: Text | null;
  fromAt: string;
  toAt: string | null;
}

const reason: Fact = {
  name: 'reason',
  kind: 'text',
  label: { zh: '免去理由', en: 'Reason' },
  options: [],
  sensitive: false,
  planned: false,
  search: false,
};

/** Who holds which role where, and since when; granted by the security administrator alone. */
export function PostList() {
  const say = useSay();
  const may = useMay();
  const roleName = useRoleNames();
  const [granting, setGranting] = useState(false);
  const [ending, setEnding] = useState<Post | null>(null);
  return (
    <ListBase resource="posts" sort={{ field: 'fromAt', order: 'DESC' }} perPage={25} disableAuthentication>
      <ListTitle title={say('任职', 'Posts')}>
        {(may('post.grant') || may('person.create')) && (
          <Button variant="contained" startIcon={<AddIcon />} onClick={() => setGranting(true)}>
            {say('授予角色', 'Grant a role')}
          </Button>
        )}
      </ListTitle>
      <Card>
        <ListStates label={say('任职', 'posts')}>
          <DataTable bulkActionButtons={false} rowClick={false} sx={tableStyle} size="small">
            <DataTable.Col
              source="personName"
              disableSort
              label={say('人员', 'Person')}
              render={(post: Post) => `${post.personName} ${post.personNumber}`}
            />
            <DataTable.Col source="role" label={say('角色', 'Role')} render={(post: Post) => roleName(post.role)} />
            <DataTable.Col source="unitName" disableSort label={say('任职单位', 'Unit')} />
            <DataTable.Col
              source="fromAt"
              label={say('起始', 'From')}
              render={(post: Post) => shortInstant(post.fromAt)}
            />
            <DataTable.Col
              source="toAt"
              label={say('终止', 'Until')}
              render={(post: Post) =>
                post.toAt ? shortInstant(post.toAt) : <Tag tone="good">{say('现任', 'Current')}</Tag>
              }
            />
            {may('post.end') && (
              <DataTable.Col
                label=""
                disableSort
                cellSx={() => ({ textAlign: 'right' })}
                render={(post: Post) =>
                  !post.toAt && <Button onClick={() => setEnding(post)}>{say('免去', 'End')}</Button>
                }
              />
            )}
          </DataTable>
        </ListStates>
      </Card>
      {granting && (
        <FormDialog
          title={say('授予角色', 'Grant a role')}
          facts={postFacts(roleNames)}
          required={['personId', 'unitId', 'role', 'reason']}
          path="/posts"
          close={() => setGranting(false)}
        />
      )}
      {ending && (
        <FormDialog
          title={say(
            `免去 ${ending.personName} 的“${roleName(ending.role)}”`,
            `End ${roleName(ending.role)} of ${ending.personName}`,
          )}
          facts={[reason]}
          required={['reason']}
          path={`/posts/${ending.id}/end`}
          close={() => setEnding(null)}
        />
      )}
    </ListBase>
  );
}
