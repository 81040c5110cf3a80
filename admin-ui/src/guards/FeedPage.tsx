import { Button, Stack, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { HeadRow } from '../layout/HeadRow.tsx';
import { FormDialog } from '../organisation/FormDialog.tsx';
import { fact } from '../organisation/facts.ts';
import { useMay } from '../providers/session.ts';
import { Tag } from '../subjects/Status.tsx';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { PlainPage } from './PlainPage.tsx';

interface FeedUnit {
  unitId: number | null;
  unitName: string | null;
  delivers: boolean;
  outages: { from: string; until: string | null }[];
}

interface Feed {
  id: string;
  label: Text;
  byHand: boolean;
  undecided: number;
  rules: string[];
  units: FeedUnit[];
}

interface Acting {
  feed: Feed;
  unitId: number | null;
  resumes: boolean;
}

/** 数据来源: what delivers for whom, when it did not, and how many duties cannot be judged for it. */
export function FeedPage() {
  const say = useSay();
  const may = useMay();
  const [acting, setActing] = useState<Acting | null>(null);
  const name = (unit: FeedUnit) => unit.unitName ?? say('全部单位', 'All units');
  return (
    <>
      <PlainPage<Feed>
        path="/feeds"
        title={{ zh: '数据来源', en: 'Feeds' }}
        hint={{
          zh: '数据中断不等于违规：相关应办事项列为“暂无法判定”，数据恢复后自动重新判定',
          en: 'Missing data is no violation: duties are judged when it comes',
        }}
        nothing={{ zh: '没有数据来源', en: 'No feeds' }}
      >
        {(rows) => (
          <Table size="small">
            <HeadRow
              labels={[
                ['数据来源', 'Feed'],
                ['单位', 'Unit'],
                ['状态', 'State'],
                ['近期中断', 'Outages'],
                ['暂无法判定', 'Undecidable'],
                ['', ''],
              ]}
            />
            <TableBody>
              {rows.flatMap((feed) =>
                (feed.units.length > 0
                  ? feed.units
                  : [{ unitId: null, unitName: null, delivers: false, outages: [] }]
                ).map((unit, i) => (
                  <TableRow key={`${feed.id} ${unit.unitId}`}>
                    <TableCell>
                      {i === 0 && (
                        <>
                          <Typography sx={{ fontWeight: 600 }}>{say(feed.label)}</Typography>
                          <Typography variant="caption" color="text.secondary">
                            {feed.rules.join(' ') || say('暂无规则使用', 'No rule needs it')}
                          </Typography>
                        </>
                      )}
                    </TableCell>
                    <TableCell>{name(unit)}</TableCell>
                    <TableCell>
                      <Tag tone={unit.delivers ? 'good' : 'warn'}>
                        {unit.delivers ? say('正常', 'Delivers') : say('中断', 'No data')}
                      </Tag>
                    </TableCell>
                    <TableCell>
                      {unit.outages.slice(-3).map((one) => (
                        <Typography key={one.from} variant="body2">
                          {shortInstant(one.from)} — {one.until ? shortInstant(one.until) : say('至今', 'now')}
                        </Typography>
                      ))}
                    </TableCell>
                    <TableCell>{i === 0 ? feed.undecided : ''}</TableCell>
                    <TableCell align="right">
                      {may('feed.change') && (
                        <Stack direction="row" sx={{ justifyContent: 'flex-end' }}>
                          {unit.delivers ? (
                            <Button onClick={() => setActing({ feed, unitId: unit.unitId, resumes: false })}>
                              {say('登记中断', 'Report an outage')}
                            </Button>
                          ) : (
                            <Button onClick={() => setActing({ feed, unitId: unit.unitId, resumes: true })}>
                              {say('登记恢复', 'It is back')}
                            </Button>
                          )}
                        </Stack>
                      )}
                    </TableCell>
                  </TableRow>
                )),
              )}
            </TableBody>
          </Table>
        )}
      </PlainPage>
      {acting && (
        <FormDialog
          title={`${say(acting.feed.label)} · ${acting.resumes ? say('登记恢复', 'It is back') : say('登记中断', 'Report an outage')}`}
          facts={[
            fact('unitId', 'unit', '单位（不选为全部单位）', 'Unit (none: all)'),
            fact('at', 'instant', '时间', 'At'),
            acting.resumes
              ? fact('caughtUp', 'flag', '中断期间的数据已补传', 'What was missed was delivered too')
              : fact('reason', 'text', '原因', 'Why'),
          ]}
          required={acting.resumes ? ['at', 'caughtUp'] : ['at', 'reason']}
          start={{ unitId: acting.unitId, ...(acting.resumes ? { caughtUp: false } : {}) }}
          path={`/feeds/${acting.feed.id}/${acting.resumes ? 'resume' : 'stop'}`}
          close={() => setActing(null)}
        />
      )}
    </>
  );
}
