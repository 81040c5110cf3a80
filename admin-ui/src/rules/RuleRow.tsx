import { Box, Link, TableCell, TableRow, Typography } from '@mui/material';
import { Link as RouterLink, useNavigate } from 'react-router-dom';
import { StatusTag, severityOf, Tag } from '../subjects/Status.tsx';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { percentOf } from '../words/percent.ts';
import { useSay } from '../words/say.ts';
import type { Rule } from './rule.ts';
import type { Score } from './scores.ts';
import { versionWords } from './version-words.ts';
import { ruleStates } from './words.ts';

/** One rule: law, severity, how it did, where its versions stand. */
export function RuleRow({ rule, score }: { rule: Rule; score: Score | undefined }) {
  const say = useSay();
  const navigate = useNavigate();
  const on = useFindSubject()(rule.subject);
  const path = `/rules/${encodeURIComponent(rule.code)}/show`;
  const first = rule.basis[0];
  const waiting = (rule.drafts ?? []).filter((one) => one.version !== rule.version || one.state !== rule.state);
  return (
    <TableRow hover onClick={() => navigate(path)} sx={{ cursor: 'pointer' }}>
      <TableCell>
        <Link component={RouterLink} to={path} sx={{ fontWeight: 600 }} onClick={(event) => event.stopPropagation()}>
          {say(rule.title)}
        </Link>
        <Typography variant="caption" component="p" color="text.secondary">
          {say('编号', 'No.')} {rule.code}
        </Typography>
      </TableCell>
      <TableCell>{on ? say(on.label) : ''}</TableCell>
      <TableCell sx={{ maxWidth: 340 }}>
        {first ? `${first.document} ${first.article ?? ''}` : say('内部监测', 'Internal')}
        {rule.basis.length > 1 ? say(` 等 ${rule.basis.length} 处`, ` and ${rule.basis.length - 1} more`) : ''}
      </TableCell>
      <TableCell>
        <StatusTag status={severityOf(rule.severity)} />
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{(rule.inForce?.from ?? '').slice(0, 10)}</TableCell>
      <TableCell align="right">{score?.fired30 ?? '—'}</TableCell>
      <TableCell align="right">{score?.precision == null ? '—' : percentOf(score.precision, 0)}</TableCell>
      <TableCell>
        <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap' }}>
          <StatusTag status={ruleStates[rule.state]} />
          {score?.proposed && <Tag tone="warn">{say('建议转为试运行', 'Trial proposed')}</Tag>}
          {waiting.map((one) => (
            <Tag key={one.version} tone="calm" dashed>
              {versionWords(one.version, say)} {say(ruleStates[one.state]?.label ?? { zh: '', en: '' })}
            </Tag>
          ))}
        </Box>
      </TableCell>
    </TableRow>
  );
}
