import { Alert, Box, Button, Link, Typography } from '@mui/material';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../providers/session.ts';
import { StatusTag, Tag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { LifeDialog, lifeActs } from './LifeDialog.tsx';
import type { RuleAct, RuleVersion } from './rule.ts';
import { actWords, forceWords, versionWords } from './version-words.ts';
import { ruleStates } from './words.ts';

/** Every version with its life, newest first, and what the viewer may do with it now. */
export function VersionTimeline({ code, versions }: { code: string; versions: RuleVersion[] }) {
  const say = useSay();
  const may = useMay();
  const [asked, setAsked] = useState<{ version: number; act: string } | null>(null);
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
      {versions.map((one) => (
        <Box component="li" key={one.version} aria-label={versionWords(one.version, say)}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
            <Typography sx={{ fontWeight: 600 }}>{versionWords(one.version, say)}</Typography>
            <StatusTag status={ruleStates[one.state]} />
            {one.beside && <Tag>{say('与现行版本并行', 'Beside the version in force')}</Tag>}
            {one.source === 'office' && <Tag tone="calm">{say('本局制定', 'By the bureau')}</Tag>}
          </Box>
          <Typography variant="body2" color="text.secondary">
            {forceWords(one, say)}
            {one.goLive ? say(`，起算日 ${one.goLive}`, `, counted from ${one.goLive}`) : ''}
            {one.signedBy ? say(`，${one.signedBy} 已审签`, `, signed by ${one.signedBy}`) : ''}
          </Typography>
          {one.proposal && (
            <Alert severity="warning" sx={{ mt: 1 }}>
              {say(
                `${one.proposal.by} 提请${one.proposal.act === 'repeal' ? '停用' : '转试运行'}：${one.proposal.reason ?? ''}。${one.proposal.signedBy ? `${one.proposal.signedBy} 已审签，待第三人办理。` : '待另一名法制审核人员审签。'}此前照常判定。`,
                `${one.proposal.by} proposes ${one.proposal.act === 'repeal' ? 'a repeal' : 'a trial'}: ${one.proposal.reason ?? ''}. ${one.proposal.signedBy ? `Signed by ${one.proposal.signedBy}; a third person does it.` : 'Another legal reader has to sign.'} Until then it judges as before.`,
              )}
            </Alert>
          )}
          {one.waitingText && (
            <Alert severity="warning" sx={{ mt: 1 }}>
              {say(
                '新版软件改写了本规则的文字（判定不变）。审签以前，仍按已审签的文本显示。',
                'A newer release words this rule otherwise; it judges the same. Until the new text is signed, the signed one is shown.',
              )}
              <Box component="details" sx={{ mt: 0.5 }}>
                <summary>{say('待审签文本', 'The text to sign')}</summary>
                <Box component="pre" sx={{ whiteSpace: 'pre-wrap', m: 0, mt: 1, maxHeight: 320, overflow: 'auto' }}>
                  {one.waitingText}
                </Box>
              </Box>
            </Alert>
          )}
          {one.acts.length > 0 && (
            <Box
              component="ul"
              sx={{ m: 0, mt: 0.5, pl: 2, borderLeft: '2px solid', borderColor: 'divider', listStyle: 'none' }}
            >
              {one.acts.map((act) => (
                <Line key={act.id} act={act} />
              ))}
            </Box>
          )}
          <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', mt: 0.5, alignItems: 'center' }}>
            {one.abilities.includes('change') && (
              <Button
                component={RouterLink}
                to={`/rule-editor/${encodeURIComponent(code)}/${one.version}`}
                size="small"
              >
                {say('修改', 'Change')}
              </Button>
            )}
            {one.abilities
              .filter((act) => lifeActs[act])
              .map((act) => (
                <Button
                  key={act}
                  size="small"
                  color={lifeActs[act]?.tone ?? 'primary'}
                  onClick={() => setAsked({ version: one.version, act })}
                >
                  {say(lifeActs[act]?.label ?? { zh: act, en: act })}
                </Button>
              ))}
            {may('rule.backtest') && (
              <Button
                component={RouterLink}
                to={`/backtests?rule=${encodeURIComponent(code)}&version=${one.version}`}
                size="small"
              >
                {say('历史回测', 'Back-test')}
              </Button>
            )}
            <Link variant="body2" href={`/api/rules/${encodeURIComponent(code)}/versions/${one.version}/yaml`} download>
              {say('导出文本', 'Export')}
            </Link>
          </Box>
        </Box>
      ))}
      {asked && <LifeDialog code={code} {...asked} close={() => setAsked(null)} />}
    </Box>
  );
}

function Line({ act }: { act: RuleAct }) {
  const say = useSay();
  const word = actWords[act.act];
  return (
    <Typography component="li" variant="body2" sx={{ py: 0.25 }}>
      {shortInstant(act.at)} {act.unitName} {act.name} <b>{word ? say(word) : ''}</b>
      {act.remark ? say(`：${act.remark}`, `: ${act.remark}`) : ''}
    </Typography>
  );
}
