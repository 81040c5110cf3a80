import AddIcon from '@mui/icons-material/Add';
import { Alert, Box, Button, Card } from '@mui/material';
import { useState } from 'react';
import { DataTable, ListBase, useListContext, useNotify } from 'react-admin';
import { TextBox, UnitFilter } from '../lists/FilterBar.tsx';
import { ListStates, ListTitle, tableStyle } from '../lists/SubjectList.tsx';
import { useMay } from '../providers/session.ts';
import { Tag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { CodeDialog, type Told } from './CodeDialog.tsx';
import { FormDialog } from './FormDialog.tsx';
import { personFacts } from './facts.ts';
import { PersonActions } from './PersonActions.tsx';
import type { PersonRow } from './person.ts';
import { useRoleNames } from './role-names.ts';

/** People with unit, qualification and roles; accounts for the administrators. */
export function PersonList() {
  const say = useSay();
  const may = useMay();
  const notify = useNotify();
  const [open, setOpen] = useState<PersonRow | 'new' | null>(null);
  const [code, setCode] = useState<Told | null>(null);
  const facts = personFacts.filter(
    (fact) => may('person.change') || !['phone', 'login', 'identity'].includes(fact.name),
  );
  return (
    <ListBase resource="people" sort={{ field: 'number', order: 'ASC' }} perPage={25} disableAuthentication>
      <ListTitle title={say('人员', 'People')}>
        {may('person.create') && (
          <Button variant="contained" startIcon={<AddIcon />} onClick={() => setOpen('new')}>
            {say('新建人员', 'New person')}
          </Button>
        )}
      </ListTitle>
      <Card>
        <Filters />
        <Rows change={setOpen} told={(half) => setCode({ code: half, part: 'first' })} />
      </Card>
      {open && (
        <FormDialog<{ password?: string; half?: string; sameHuman?: { number: string }[] }>
          title={open === 'new' ? say('新建人员', 'New person') : say('修改人员', 'Change a person')}
          facts={facts}
          required={['name', 'number', 'kind', 'unitId']}
          start={open === 'new' ? { kind: 'police', qualification: 'basic' } : { ...open }}
          path={open === 'new' ? '/people' : `/people/${open.id}`}
          method={open === 'new' ? 'POST' : 'PUT'}
          version={open === 'new' ? undefined : open.version}
          close={() => setOpen(null)}
          done={(answer) => {
            if (answer.password) setCode({ code: answer.password, part: 'whole' });
            if (answer.half) setCode({ code: answer.half, part: 'first' });
            const others = (answer.sameHuman ?? []).map(({ number }) => number).join('、');
            if (others)
              notify(
                say(
                  `与警号 ${others} 系同一人，回避与岗位限制合并计算`,
                  `The same human as ${others}: one to every guard`,
                ),
                { type: 'warning', autoHideDuration: 12_000 },
              );
          }}
        >
          {open === 'new' && (
            <Alert severity="info">
              {say(
                '填写登录名的，保存后显示重置码的前半，由安全保密管理员放行后启用；尚无安全保密管理员时显示一次性密码。',
                'With a login, half of a code is shown once after saving; the security administrator releases the other half.',
              )}
            </Alert>
          )}
        </FormDialog>
      )}
      {code && <CodeDialog told={code} close={() => setCode(null)} />}
    </ListBase>
  );
}

function Filters() {
  const say = useSay();
  const { filterValues, setFilters } = useListContext();
  const filter = filterValues as Record<string, unknown>;
  const set = (changes: Record<string, unknown>) =>
    setFilters(
      Object.fromEntries(
        Object.entries({ ...filter, ...changes }).filter(([, value]) => value !== null && value !== ''),
      ),
    );
  return (
    <Box sx={{ display: 'flex', gap: 1, p: 1.5, borderBottom: 1, borderColor: 'divider', flexWrap: 'wrap' }}>
      <TextBox value={String(filter.q ?? '')} onChange={(q) => set({ q })} hint={say('姓名、警号', 'Name, number')} />
      <UnitFilter value={filter.unitId} onChange={(unitId) => set({ unitId })} />
    </Box>
  );
}

function Rows({ change, told }: { change: (person: PersonRow) => void; told: (half: string) => void }) {
  const say = useSay();
  const may = useMay();
  const roleName = useRoleNames();
  const option = (name: string, code: unknown) => {
    const found = personFacts.find((fact) => fact.name === name)?.options.find((one) => one.code === code);
    return found ? say(found.label) : '';
  };
  return (
    <ListStates label={say('人员', 'people')}>
      <DataTable
        bulkActionButtons={false}
        rowClick={false}
        sx={{ ...tableStyle, '& .RaDataTable-row': {} }}
        size="small"
      >
        <DataTable.Col source="number" label={say('警号', 'No.')} />
        <DataTable.Col source="name" label={say('姓名', 'Name')} cellSx={() => ({ fontWeight: 600 })} />
        <DataTable.Col
          source="kind"
          label={say('类别', 'Kind')}
          render={(person: PersonRow) => option('kind', person.kind)}
        />
        <DataTable.Col
          source="qualification"
          disableSort
          label={say('执法资格', 'Qualification')}
          render={(person: PersonRow) => option('qualification', person.qualification)}
        />
        <DataTable.Col
          source="unitId"
          label={say('所属单位', 'Unit')}
          render={(person: PersonRow) => person.unitName}
        />
        <DataTable.Col
          source="posts"
          disableSort
          label={say('角色', 'Roles')}
          render={(person: PersonRow) => person.posts.map((post) => roleName(post.role)).join('、')}
        />
        {may('post.read') && (
          <DataTable.Col
            source="login"
            disableSort
            label={say('账号', 'Account')}
            render={(person: PersonRow) =>
              person.disabledAt ? (
                <Tag>{say('已停用', 'Disabled')}</Tag>
              ) : person.login ? (
                <Tag tone="good">{person.login}</Tag>
              ) : person.sameHuman?.length ? (
                say(`同 ${person.sameHuman.map(({ number }) => number).join('、')}`, 'same human')
              ) : (
                ''
              )
            }
          />
        )}
        {(may('person.change') || may('person.disable')) && (
          <DataTable.Col
            label=""
            disableSort
            cellSx={() => ({ textAlign: 'right' })}
            render={(person: PersonRow) => <PersonActions person={person} change={() => change(person)} told={told} />}
          />
        )}
      </DataTable>
    </ListStates>
  );
}
