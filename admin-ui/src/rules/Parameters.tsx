import { Box, Button, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { HeadRow } from '../layout/HeadRow.tsx';
import { useMay } from '../providers/session.ts';
import { Tag } from '../subjects/Status.tsx';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { type Say, useSay } from '../words/say.ts';
import { dayOf, now } from '../words/time.ts';
import { type ParamAct, ParamDialog } from './ParamDialog.tsx';
import type { Rule, RuleParam } from './rule.ts';
import { Section } from './Section.tsx';
import { amountWords } from './words.ts';

/** The numbers of a rule: those of the text, then of the bureau and its units, each from a date on. */
export function Parameters({ rule }: { rule: Rule }) {
  const say = useSay();
  const may = useMay();
  const find = useFindSubject();
  const [act, setAct] = useState<ParamAct | null>(null);
  const params = rule.params ?? [];
  const today = dayOf(now());
  // what no law has fixed is a number of the demonstration until the bureau sets its own
  const isDemo = rule.basis.some(
    (one) => one.document === '演示参数' || ['unconfirmed', 'local'].includes(one.status ?? ''),
  );
  const keyWords = keysOf(find(rule.subject), say);
  const mayChange = may('rule.param') && (rule.declared?.length ?? 0) > 0;
  return (
    <Section
      title={say('参数', 'Parameters')}
      buttons={
        mayChange && (
          <>
            <Button size="small" onClick={() => setAct({ kind: 'set' })}>
              {say('设定', 'Set')}
            </Button>
            {params.some((one) => one.unitId) && (
              <Button size="small" onClick={() => setAct({ kind: 'copy' })}>
                {say('复制到其他单位', 'Copy')}
              </Button>
            )}
          </>
        )
      }
    >
      {params.length === 0 ? (
        <Typography color="text.secondary">{say('本规则没有可调的数值', 'No number to be set')}</Typography>
      ) : (
        <Table size="small">
          <HeadRow
            labels={[
              ['适用', 'For'],
              ['数值', 'Value'],
              ['期间', 'From'],
              ['', ''],
            ]}
          />
          <TableBody>
            {params.map((one) => (
              <TableRow key={`${one.name}${one.key}${one.unitId}${one.fromOn}`}>
                <TableCell>
                  {[one.unitName, one.key ? keyWords(one.key) : ''].filter(Boolean).join(' · ') || say('全部', 'All')}
                  {one.setBy && (
                    <Typography variant="caption" component="p" color="text.secondary">
                      {[one.setBy, one.reason].filter(Boolean).join('：')}
                    </Typography>
                  )}
                </TableCell>
                <TableCell>
                  <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'center', flexWrap: 'wrap' }}>
                    {amountWords(one.amount, one.unit, say)}
                    {isDemo && !one.setBy && <Tag tone="warn">{say('演示参数', 'Demonstration')}</Tag>}
                  </Box>
                </TableCell>
                <TableCell>{spanWords(one, say)}</TableCell>
                <TableCell>
                  {mayChange && one.unitId && (!one.toOn || one.toOn > today) && (
                    <Button size="small" onClick={() => setAct({ kind: 'end', param: one })}>
                      {say('终止', 'End')}
                    </Button>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {act && <ParamDialog rule={rule} act={act} keyWords={keyWords} close={() => setAct(null)} />}
    </Section>
  );
}

function spanWords({ fromOn, toOn }: RuleParam, say: Say): string {
  const from = fromOn && fromOn !== '-infinity' ? fromOn : '';
  if (toOn) return `${from || '—'} ${say('至', 'to')} ${toOn}${say(' 前', '')}`;
  return from ? say(`${from} 起`, `from ${from}`) : '—';
}

type Declared = ReturnType<ReturnType<typeof useFindSubject>>;

/** A key of a parameter is an option of one of the subject's facts (urban, phone …): its label, never its code. */
const keysOf =
  (subject: Declared, say: Say) =>
  (key: string): string => {
    const options = [...(subject?.facts ?? []), ...(subject?.parts ?? []).flatMap((part) => part.facts)].flatMap(
      (fact) => fact.options,
    );
    const option = options.find((one) => one.code === key);
    return option ? say(option.label) : key;
  };
