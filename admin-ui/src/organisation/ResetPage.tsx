import { Button, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { PlainPage } from '../guards/PlainPage.tsx';
import { HeadRow } from '../layout/HeadRow.tsx';
import { api, sentenceOf } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { CodeDialog, type Told } from './CodeDialog.tsx';
import { FormDialog } from './FormDialog.tsx';
import { fact } from './facts.ts';

interface Reset {
  id: string;
  personName: string;
  personNumber: string;
  unitName: string;
  reason: string;
  proposedByName: string;
  proposedAt: string;
  until: string;
  mine: boolean;
  mayRelease: boolean;
}

const reason = fact('reason', 'text', '理由', 'Reason');

/** New passwords that wait for a second administrator. */
export function ResetPage() {
  const say = useSay();
  const may = useMay();
  const notify = useNotify();
  const queries = useQueryClient();
  const [told, setTold] = useState<Told | null>(null);
  const [refusing, setRefusing] = useState<Reset | null>(null);
  const release = async (row: Reset) => {
    try {
      const { half } = await api<{ half: string }>(`/password-resets/${row.id}/release`, { method: 'POST', body: {} });
      setTold({ code: half, part: 'second' });
      await queries.invalidateQueries();
    } catch (error) {
      notify(sentenceOf(error), { type: 'warning' });
    }
  };
  return (
    <>
      <PlainPage<Reset>
        path="/password-resets"
        title={{ zh: '密码重置', en: 'New passwords' }}
        hint={{
          zh: '一人申请、另一人放行，各知重置码的一半；请核实确为本人申请后再放行',
          en: 'One proposes, another releases, each knows half of the code: make sure that the owner asked for it',
        }}
        nothing={{ zh: '没有待放行的密码重置', en: 'Nothing waits' }}
      >
        {(rows) => (
          <Table size="small">
            <HeadRow
              labels={[
                ['人员', 'Person'],
                ['单位', 'Unit'],
                ['理由', 'Reason'],
                ['申请人', 'Proposed by'],
                ['申请时间', 'At'],
                ['有效至', 'Until'],
                ['', ''],
              ]}
            />
            <TableBody>
              {rows.map((row) => (
                <TableRow key={row.id}>
                  <TableCell>{`${row.personName} ${row.personNumber}`}</TableCell>
                  <TableCell>{row.unitName}</TableCell>
                  <TableCell>{row.reason}</TableCell>
                  <TableCell>{row.proposedByName}</TableCell>
                  <TableCell>{shortInstant(row.proposedAt)}</TableCell>
                  <TableCell>{shortInstant(row.until)}</TableCell>
                  <TableCell align="right">
                    {row.mayRelease && (
                      <Button variant="contained" onClick={() => void release(row)}>
                        {say('放行', 'Release')}
                      </Button>
                    )}
                    {(row.mayRelease || row.mine) && may('reset.refuse') && (
                      <Button onClick={() => setRefusing(row)}>
                        {row.mine ? say('撤回', 'Withdraw') : say('退回', 'Send back')}
                      </Button>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </PlainPage>
      {told && <CodeDialog told={told} close={() => setTold(null)} />}
      {refusing && (
        <FormDialog
          title={say(`不重置密码：${refusing.personName}`, `No new password: ${refusing.personName}`)}
          facts={[reason]}
          required={['reason']}
          path={`/password-resets/${refusing.id}/refuse`}
          close={() => setRefusing(null)}
        />
      )}
    </>
  );
}
