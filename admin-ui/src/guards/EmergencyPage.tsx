import AddIcon from '@mui/icons-material/Add';
import { Button, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useState } from 'react';
import { HeadRow } from '../layout/HeadRow.tsx';
import { FormDialog } from '../organisation/FormDialog.tsx';
import { fact } from '../organisation/facts.ts';
import { useMay } from '../providers/session.ts';
import { useUnits } from '../subjects/pickers.tsx';
import { Tag } from '../subjects/Status.tsx';
import { useNow } from '../subjects/TimeLeft.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { PlainPage } from './PlainPage.tsx';

interface Emergency {
  /** Begins in the past: a second person releases it. */
  waits: boolean;
  releasedByName: string | null;
  id: string;
  orderNumber: string;
  reason: string;
  unitNames: string[];
  rules: string[];
  fromAt: string;
  until: string;
  endedAt: string | null;
  declaredByName: string;
  excused: number;
}

const chapters: readonly (readonly [string, string, string])[] = [
  ['ALM', '接处警', 'Alarms'],
  ['BWC', '执法音视频', 'Recordings'],
  ['CAS', '案件办理', 'Cases'],
  ['PER', '办案区人员', 'People in the area'],
  ['PRO', '涉案财物', 'Property'],
  ['FRZ', '止付冻结', 'Freezes'],
  ['CMP', '投诉信访', 'Complaints'],
  ['LIC', '行政许可', 'Licences'],
  ['ENT', '涉企执法', 'Enterprises'],
];

/** 应急(重大安保)模式: under the number of an order, for named units and chapters, with an end. */
export function EmergencyPage() {
  const say = useSay();
  const may = useMay();
  const at = useNow();
  const units = useUnits();
  const [declaring, setDeclaring] = useState(false);
  const [ending, setEnding] = useState<Emergency | null>(null);
  const [releasing, setReleasing] = useState<Emergency | null>(null);
  const names = (codes: string[]) =>
    codes.map((code) => {
      const found = chapters.find(([one]) => one === code);
      return found ? say(found[1], found[2]) : code;
    });
  const facts = [
    fact('orderNumber', 'text', '文号（如 望公安保〔2026〕7号）', 'Order number'),
    fact('reason', 'text', '事由', 'Reason'),
    fact(
      'units',
      'choices',
      '适用单位（含下级）',
      'Units, with those below',
      units.map((unit) => [String(unit.id), unit.name, unit.name] as const),
    ),
    fact('rules', 'choices', '适用规则', 'Rules', chapters),
    fact('fromAt', 'instant', '起', 'From'),
    fact('until', 'instant', '止', 'Until'),
  ];
  const isOn = (one: Emergency) => !one.endedAt && new Date(one.until) > at;
  return (
    <>
      <PlainPage<Emergency>
        path="/emergencies"
        title={{ zh: '应急模式', en: 'Emergency modes' }}
        hint={{
          zh: '重大安保、灾害处置期间到期的应办事项列为核准例外，注明文号，统计中单独列示',
          en: 'What falls due meanwhile is excused under the number of the order, and shown as such',
        }}
        nothing={{ zh: '没有应急模式', en: 'No emergency modes' }}
        actions={
          may('emergency.create') && (
            <Button variant="contained" startIcon={<AddIcon />} onClick={() => setDeclaring(true)}>
              {say('启动应急模式', 'Declare')}
            </Button>
          )
        }
      >
        {(rows) => (
          <Table size="small">
            <HeadRow
              labels={[
                ['文号', 'Order'],
                ['事由', 'Reason'],
                ['单位', 'Units'],
                ['规则', 'Rules'],
                ['起止', 'Time'],
                ['启动人', 'By'],
                ['已排除', 'Excused'],
                ['状态', 'State'],
                ['', ''],
              ]}
            />
            <TableBody>
              {rows.map((one) => (
                <TableRow key={one.id}>
                  <TableCell>{one.orderNumber}</TableCell>
                  <TableCell sx={{ maxWidth: 280 }}>{one.reason}</TableCell>
                  <TableCell>{one.unitNames.join('、')}</TableCell>
                  <TableCell>{names(one.rules).join('、')}</TableCell>
                  <TableCell>
                    {shortInstant(one.fromAt)} — {shortInstant(one.endedAt ?? one.until)}
                  </TableCell>
                  <TableCell>{one.declaredByName}</TableCell>
                  <TableCell>{one.excused}</TableCell>
                  <TableCell>
                    <Tag tone={isOn(one) || one.waits ? 'warn' : 'calm'}>
                      {one.waits
                        ? say('追溯既往，待复核', 'Reaches back: waits for a second person')
                        : isOn(one)
                          ? say('生效中', 'In force')
                          : say('已解除', 'Over')}
                    </Tag>
                  </TableCell>
                  <TableCell align="right">
                    {may('emergency.create') && one.waits && (
                      <Button onClick={() => setReleasing(one)}>{say('复核', 'Release')}</Button>
                    )}
                    {may('emergency.create') && isOn(one) && (
                      <Button onClick={() => setEnding(one)}>{say('解除', 'End')}</Button>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </PlainPage>
      {declaring && (
        <FormDialog
          title={say('启动应急模式', 'Declare an emergency mode')}
          facts={facts}
          required={['orderNumber', 'reason', 'units', 'rules', 'fromAt', 'until']}
          path="/emergencies"
          close={() => setDeclaring(false)}
        />
      )}
      {releasing && (
        <FormDialog
          title={say(`复核：${releasing.orderNumber}`, `Release ${releasing.orderNumber}`)}
          facts={[fact('reason', 'text', '复核意见', 'Why')]}
          required={['reason']}
          start={{}}
          path={`/emergencies/${releasing.id}/release`}
          close={() => setReleasing(null)}
        />
      )}
      {ending && (
        <FormDialog
          title={say(`解除 ${ending.orderNumber}`, `End ${ending.orderNumber}`)}
          facts={[fact('reason', 'text', '解除理由', 'Reason')]}
          required={['reason']}
          path={`/emergencies/${ending.id}/end`}
          close={() => setEnding(null)}
        />
      )}
    </>
  );
}
