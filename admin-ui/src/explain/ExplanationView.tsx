import YesIcon from '@mui/icons-material/CheckCircleOutlined';
import NoIcon from '@mui/icons-material/HighlightOff';
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { versionWords } from '../rules/version-words.ts';
import { StatusTag, severityOf, Tag, VerdictTag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { fullInstant } from '../words/time.ts';
import { type Condition, type Explanation, type Moment, type ReadValue, wordsOf } from './explanation.ts';
import { ValueTable } from './ValueTable.tsx';

/** Everything behind one verdict: one plain sentence first, then in full. */
export function ExplanationView({ told, stored = false }: { told: Explanation; stored?: boolean }) {
  const say = useSay();
  const values = new Map(told.values.map((value) => [value.key, value]));
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      <Box>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap', mb: 1 }}>
          <Typography sx={{ fontWeight: 600, fontSize: 16 }}>{say(told.rule.title)}</Typography>
          {told.verdict === 'nothing' ? (
            <Tag>{say('不适用', 'Does not apply')}</Tag>
          ) : (
            <VerdictTag verdict={told.verdict} />
          )}
          {['late', 'overdue'].includes(told.verdict) && <StatusTag status={severityOf(told.severity)} />}
        </Box>
        <Box sx={{ bgcolor: 'background.default', borderLeft: '3px solid', borderColor: 'primary.main', p: 1.5 }}>
          <Typography sx={{ lineHeight: 1.8 }}>{say(told.plain)}</Typography>
        </Box>
        <Typography variant="caption" color="text.secondary">
          {say(
            `${told.rule.code} ${versionWords(told.rule.version, say)} · ${stored ? '发现时判定' : '按现有登记判定'} ${fullInstant(told.judgedAt)}`,
            `${told.rule.code} ${versionWords(told.rule.version, say)} · ${stored ? 'judged when raised' : 'judged on what is recorded'} ${fullInstant(told.judgedAt)}`,
          )}
        </Typography>
      </Box>
      <Part title={say('为何适用', 'Why it applies')}>
        {told.conditions.map((one) => (
          <Line values={values} key={one.source + one.text.en} one={one} />
        ))}
        <At label={say('起算时间', 'Opens')} moment={told.opened} />
      </Part>
      {told.due.steps.length > 0 && (
        <Part title={say('期限如何计算', 'How the term is counted')}>
          <Box component="ol" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.75 }}>
            {told.due.steps.map((step) => (
              <Typography
                component="li"
                key={step.text.en}
                sx={{ fontSize: 14, fontWeight: step.kind === 'due' ? 600 : 400 }}
              >
                {say(step.text)}
              </Typography>
            ))}
          </Box>
          {told.params.map((param) => (
            <Typography
              key={param.name + param.key}
              variant="caption"
              color="text.secondary"
              sx={{ display: 'block', mt: 0.75 }}
            >
              {say('参数', 'Parameter')}：{param.text ? say(param.text) : say('未规定', 'not set')} ·{' '}
              {sourceWords(param, say)}
              {param.since ? say(`，自 ${param.since} 起`, `, since ${param.since}`) : ''}
              {param.until ? say(`，至 ${param.until}`, `, until ${param.until}`) : ''}
            </Typography>
          ))}
        </Part>
      )}
      {told.met && (
        <Part title={say('办结情况', 'What was done')}>
          <At label={say('办结时间', 'Done')} moment={told.met} />
        </Part>
      )}
      {told.required.length > 0 && (
        <Part title={say('应当具备的条件', 'What is required')}>
          {told.required.map((one) => (
            <Line values={values} key={one.source + one.text.en} one={one} />
          ))}
        </Part>
      )}
      {(told.exceptions.length > 0 || told.aggravated || told.feeds.length > 0) && (
        <Part title={say('例外、加重与数据来源', 'Exceptions, severity, feeds')}>
          {told.exceptions.map((one) => (
            <Line
              values={values}
              key={one.text.en}
              one={{ ...one, text: { zh: `例外：${one.text.zh}`, en: `Exception: ${one.text.en}` } }}
            />
          ))}
          {told.aggravated && (
            <Line
              values={values}
              one={{
                ...told.aggravated,
                text: { zh: `加重：${told.aggravated.text.zh}`, en: `Graver if: ${told.aggravated.text.en}` },
              }}
            />
          )}
          {told.feeds.map((feed) => (
            <Box key={feed.code} sx={{ display: 'flex', gap: 1, py: 0.5 }}>
              <Mark holds={feed.delivered} />
              <Typography sx={{ fontSize: 14 }}>
                {say(feed.label)}
                {feed.delivered ? say('：期间数据已送达', ' delivered') : say('：期间数据未送达', ' did not deliver')}
              </Typography>
            </Box>
          ))}
        </Part>
      )}
      <Part title={say(`读取的数据 ${told.values.length} 项`, `Values read: ${told.values.length}`)}>
        <ValueTable values={told.values} more={told.more} />
      </Part>
    </Box>
  );
}

type Told = Omit<Condition, 'source'> & { source?: string };

/** A condition with what it read, marked as it came out. */
function Line({ one, values }: { one: Told; values: ReadonlyMap<string, ReadValue> }) {
  const say = useSay();
  const read = one.reads.flatMap((key) => values.get(key) ?? []).slice(0, 6);
  return (
    <Box sx={{ display: 'flex', gap: 1, py: 0.5 }} title={one.source}>
      <Mark holds={one.holds} />
      <Box sx={{ minWidth: 0 }}>
        <Typography sx={{ fontSize: 14 }}>{say(one.text)}</Typography>
        <Typography variant="caption" color="text.secondary">
          {read.map((value) => `${say(value.label)}：${wordsOf(value, say)}`).join('；')}
        </Typography>
      </Box>
    </Box>
  );
}

function At({ label, moment }: { label: string; moment: Moment }) {
  const say = useSay();
  return (
    <Typography sx={{ fontSize: 14, py: 0.5 }} title={moment.source}>
      {label}：<b>{moment.at ? fullInstant(moment.at) : say('未登记', 'not recorded')}</b>
      <Typography component="span" variant="caption" color="text.secondary">
        {say(`（${moment.text.zh}）`, ` (${moment.text.en})`)}
      </Typography>
    </Typography>
  );
}

const Mark = ({ holds }: { holds: boolean }) => {
  const say = useSay();
  return holds ? (
    <YesIcon fontSize="small" color="success" titleAccess={say('符合', 'Holds')} />
  ) : (
    <NoIcon fontSize="small" color="disabled" titleAccess={say('不符合', 'Does not hold')} />
  );
};

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section">
      <Typography variant="h3" component="h3" sx={{ fontSize: 15, mb: 0.75 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function sourceWords({ source, unit }: Explanation['params'][number], say: ReturnType<typeof useSay>): string {
  if (source === 'unit') return say(`${unit ?? '本单位'}规定`, `set by ${unit ?? 'the unit'}`);
  return source === 'bureau' ? say('本局规定', 'set by the bureau') : say('规则原定', "the rule's own");
}
