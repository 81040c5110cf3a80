import AddIcon from '@mui/icons-material/Add';
import { Button, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { HeadRow } from '../layout/HeadRow.tsx';
import { FormDialog } from '../organisation/FormDialog.tsx';
import { fact } from '../organisation/facts.ts';
import { useMay } from '../providers/session.ts';
import { Tag } from '../subjects/Status.tsx';
import { useNow } from '../subjects/TimeLeft.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { PlainPage } from './PlainPage.tsx';

interface Exception {
  id: string;
  rule: string;
  scope: 'subject' | 'person' | 'unit';
  unitName: string | null;
  personName: string | null;
  ownerName: string | null;
  reason: string;
  fromAt: string;
  until: string;
  endedAt: string | null;
  endReason: string | null;
  findingId: string | null;
  excused: number;
}

const facts = [
  fact('rule', 'text', '规则编号（如 BWC-04）', 'Rule (e.g. BWC-04)'),
  fact('scope', 'choice', '适用范围', 'Scope', [
    ['unit', '单位', 'Unit'],
    ['person', '人员', 'Person'],
    ['subject', '单个对象', 'One record'],
  ]),
  fact('unitId', 'unit', '单位', 'Unit'),
  fact('personId', 'person', '人员', 'Person'),
  fact('subjectNumber', 'text', '对象编号', 'Number of the record'),
  fact('ownerId', 'person', '责任人', 'Who answers for it'),
  fact('reason', 'text', '理由', 'Reason'),
  fact('until', 'instant', '有效期至', 'Until'),
];

/** 核准例外: who answers for it, how far it reaches, why, until when, and what it has excused. */
export function ExceptionPage() {
  const say = useSay();
  const may = useMay();
  const at = useNow();
  const [granting, setGranting] = useState(false);
  const [ending, setEnding] = useState<Exception | null>(null);
  const scopes = {
    unit: say('单位', 'Unit'),
    person: say('人员', 'Person'),
    subject: say('单个对象', 'One record'),
  };
  const state = (one: Exception) => {
    if (one.endedAt) return <Tag tone="calm">{say('提前终止', 'Ended early')}</Tag>;
    const left = new Date(one.until).getTime() - at.getTime();
    if (left <= 0) return <Tag tone="calm">{say('已到期', 'Expired')}</Tag>;
    return left < 7 * 86_400_000 ? (
      <Tag tone="warn">{say('即将到期', 'Expires soon')}</Tag>
    ) : (
      <Tag tone="good">{say('生效中', 'In force')}</Tag>
    );
  };
  return (
    <>
      <PlainPage<Exception>
        path="/exceptions"
        title={{ zh: '核准例外', en: 'Exceptions' }}
        hint={{
          zh: '有责任人、有范围、有期限；到期自动失效，原因全程留痕',
          en: 'Each has an owner, a scope and an end, and lapses by itself',
        }}
        nothing={{ zh: '没有核准例外', en: 'No exceptions' }}
        actions={
          may('exception.create') && (
            <Button variant="contained" startIcon={<AddIcon />} onClick={() => setGranting(true)}>
              {say('核准例外', 'Grant an exception')}
            </Button>
          )
        }
      >
        {(rows) => (
          <Table size="small">
            <HeadRow
              labels={[
                ['规则', 'Rule'],
                ['范围', 'Scope'],
                ['责任人', 'Owner'],
                ['理由', 'Reason'],
                ['有效期', 'In force'],
                ['已排除', 'Excused'],
                ['状态', 'State'],
                ['', ''],
              ]}
            />
            <TableBody>
              {rows.map((one) => (
                <TableRow key={one.id}>
                  <TableCell>
                    <Link to={`/rules/${one.rule}/show`}>{one.rule}</Link>
                  </TableCell>
                  <TableCell>
                    {scopes[one.scope]} {one.scope === 'person' ? one.personName : one.unitName}
                  </TableCell>
                  <TableCell>{one.ownerName}</TableCell>
                  <TableCell sx={{ maxWidth: 360 }}>
                    {one.reason}
                    {one.endReason ? `（${one.endReason}）` : ''}
                  </TableCell>
                  <TableCell>
                    {shortInstant(one.fromAt)} — {shortInstant(one.endedAt ?? one.until)}
                  </TableCell>
                  <TableCell>{one.excused}</TableCell>
                  <TableCell>{state(one)}</TableCell>
                  <TableCell align="right">
                    {may('exception.end') && !one.endedAt && new Date(one.until) > at && (
                      <Button onClick={() => setEnding(one)}>{say('终止', 'End')}</Button>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </PlainPage>
      {granting && (
        <FormDialog
          title={say('核准例外', 'Grant an exception')}
          facts={facts}
          required={['rule', 'scope', 'ownerId', 'reason', 'until']}
          start={{ scope: 'unit' }}
          path="/exceptions"
          close={() => setGranting(false)}
        />
      )}
      {ending && (
        <FormDialog
          title={say(`终止 ${ending.rule} 的例外`, `End the exception of ${ending.rule}`)}
          facts={[fact('reason', 'text', '终止理由', 'Reason')]}
          required={['reason']}
          path={`/exceptions/${ending.id}/end`}
          close={() => setEnding(null)}
        />
      )}
    </>
  );
}
