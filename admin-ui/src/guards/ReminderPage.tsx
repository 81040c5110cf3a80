import AddIcon from '@mui/icons-material/Add';
import { Button, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useState } from 'react';
import { HeadRow } from '../layout/HeadRow.tsx';
import { FormDialog } from '../organisation/FormDialog.tsx';
import { fact } from '../organisation/facts.ts';
import { useRoleNames } from '../organisation/role-names.ts';
import { useMay } from '../providers/session.ts';
import { useSay } from '../words/say.ts';
import { PlainPage } from './PlainPage.tsx';

interface Reminder {
  id: number;
  rule: string;
  unitId: number | null;
  unitName: string | null;
  level: number;
  lead: number;
  roles: string[];
}

const people = ['unit-legal-officer', 'unit-head', 'case-management-officer', 'legal-head', 'custodian', 'area-clerk'];

/** 临期提醒: level one is the rule's own warning; levels two and three are set here, by rule and unit. */
export function ReminderPage() {
  const say = useSay();
  const may = useMay();
  const roleName = useRoleNames();
  const [changing, setChanging] = useState<Partial<Reminder> | null>(null);
  const lead = (minutes: number) =>
    minutes === 0
      ? say('不提醒', 'Off')
      : minutes % 60 === 0
        ? say(`到期前 ${minutes / 60} 小时`, `${minutes / 60} h before`)
        : say(`到期前 ${minutes} 分钟`, `${minutes} min before`);
  return (
    <>
      <PlainPage<Reminder>
        path="/reminders"
        title={{ zh: '临期提醒', en: 'Reminders' }}
        hint={{
          zh: '一级：规则自带的临期预警，提醒责任人和本单位法制员；二级、三级在此设置，每项只提醒一次',
          en: 'Level one is the rule’s own warning; two and three are set here and told once',
        }}
        nothing={{ zh: '没有设置', en: 'Nothing set' }}
        actions={
          may('reminder.change') && (
            <Button variant="contained" startIcon={<AddIcon />} onClick={() => setChanging({ level: 2, lead: 240 })}>
              {say('设置提醒', 'Set a reminder')}
            </Button>
          )
        }
      >
        {(rows) => (
          <Table size="small">
            <HeadRow
              labels={[
                ['规则', 'Rule'],
                ['单位', 'Unit'],
                ['级别', 'Level'],
                ['时间', 'When'],
                ['提醒对象', 'Whom'],
                ['', ''],
              ]}
            />
            <TableBody>
              {rows.map((one) => (
                <TableRow key={one.id}>
                  <TableCell>{one.rule === '*' ? say('全部严重问题规则', 'All serious duties') : one.rule}</TableCell>
                  <TableCell>{one.unitName ?? say('全部单位', 'All units')}</TableCell>
                  <TableCell>{one.level === 2 ? say('二级', 'Two') : say('三级', 'Three')}</TableCell>
                  <TableCell>{lead(one.lead)}</TableCell>
                  <TableCell>{one.roles.map(roleName).join('、')}</TableCell>
                  <TableCell align="right">
                    {may('reminder.change') && (
                      <Button onClick={() => setChanging(one)}>{say('修改', 'Change')}</Button>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </PlainPage>
      {changing && (
        <FormDialog
          title={say('设置临期提醒', 'Set a reminder')}
          method="PUT"
          facts={[
            fact('rule', 'text', '规则编号（* 为全部严重问题规则）', 'Rule (* for all serious duties)'),
            fact('unitId', 'unit', '单位（不选为全部单位）', 'Unit (none: all)'),
            fact('level', 'int', '级别（2 或 3）', 'Level (2 or 3)'),
            fact('lead', 'int', '提前分钟数（0 为不提醒）', 'Minutes before (0: off)'),
            fact(
              'roles',
              'choices',
              '提醒对象',
              'Whom',
              people.map((role) => [role, roleName(role), roleName(role)] as const),
            ),
          ]}
          required={['rule', 'level', 'lead', 'roles']}
          start={{
            rule: changing.rule,
            unitId: changing.unitId ?? null,
            level: changing.level,
            lead: changing.lead,
            roles: changing.roles,
          }}
          path="/reminders"
          close={() => setChanging(null)}
        />
      )}
    </>
  );
}
