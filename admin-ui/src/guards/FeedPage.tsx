import { Button, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
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
  requests: { id: string; unitName: string | null; at: string; reason: string; askedByName: string }[];
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
  const [releasing, setReleasing] = useState<string | null>(null);
  /** Units that always delivered are not listed one by one. */
  const others = (feed: Feed, quiet: number) => {
    if (feed.units.some((unit) => unit.unitId === null && unit.delivers)) return say('全部单位', 'All units');
    return quiet > 0 ? say(`${quiet} 个单位`, `${quiet} units`) : '';
  };
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
              {rows.flatMap((feed) => {
                const troubled = feed.units.filter((unit) => !unit.delivers || unit.outages.length > 0);
                const quiet = feed.units.length - troubled.length;
                return [
                  <TableRow key={feed.id}>
                    <TableCell>
                      <Typography sx={{ fontWeight: 600 }}>{say(feed.label)}</Typography>
                      <Typography variant="caption" color="text.secondary">
                        {feed.rules.join(' ') || say('暂无规则使用', 'No rule needs it')}
                      </Typography>
                    </TableCell>
                    <TableCell>{others(feed, quiet)}</TableCell>
                    <TableCell>
                      {feed.units.length === 0 ? (
                        <Tag tone="warn">{say('未接入', 'Not connected')}</Tag>
                      ) : (
                        quiet > 0 && <Tag tone="good">{say('正常', 'Delivers')}</Tag>
                      )}
                    </TableCell>
                    <TableCell />
                    <TableCell>{feed.undecided}</TableCell>
                    <TableCell align="right">
                      {may('feed.change') && (
                        <Button onClick={() => setActing({ feed, unitId: null, resumes: false })}>
                          {say('登记中断', 'Report an outage')}
                        </Button>
                      )}
                    </TableCell>
                  </TableRow>,
                  ...feed.requests.map((one) => (
                    <TableRow key={one.id}>
                      <TableCell />
                      <TableCell>{one.unitName ?? say('全部单位', 'All units')}</TableCell>
                      <TableCell>
                        <Tag tone="warn">{say('待复核', 'Waits for a second person')}</Tag>
                      </TableCell>
                      <TableCell colSpan={2}>
                        {say(
                          `${one.askedByName} 登记自 ${shortInstant(one.at)} 起中断：${one.reason}`,
                          `${one.askedByName}: out since ${shortInstant(one.at)}: ${one.reason}`,
                        )}
                      </TableCell>
                      <TableCell align="right">
                        {may('feed.release') && (
                          <Button onClick={() => setReleasing(one.id)}>{say('复核', 'Release')}</Button>
                        )}
                      </TableCell>
                    </TableRow>
                  )),
                  ...troubled.map((unit) => (
                    <TableRow key={`${feed.id} ${unit.unitId}`}>
                      <TableCell />
                      <TableCell>{unit.unitName ?? say('全部单位', 'All units')}</TableCell>
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
                      <TableCell />
                      <TableCell align="right">
                        {may('feed.change') && !unit.delivers && (
                          <Button onClick={() => setActing({ feed, unitId: unit.unitId, resumes: true })}>
                            {say('登记恢复', 'It is back')}
                          </Button>
                        )}
                      </TableCell>
                    </TableRow>
                  )),
                ];
              })}
            </TableBody>
          </Table>
        )}
      </PlainPage>
      {releasing && (
        <FormDialog
          title={say('复核追溯登记的中断', 'Release an outage of the past')}
          facts={[fact('reason', 'text', '复核意见', 'Why')]}
          required={['reason']}
          start={{}}
          path={`/feeds/requests/${releasing}/release`}
          close={() => setReleasing(null)}
        />
      )}
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
