import { Box, Card, Link, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../providers/session.ts';
import { StatusTag } from '../subjects/Status.tsx';
import { type Text, useSay } from '../words/say.ts';
import { dayOf } from '../words/time.ts';
import { BasisList } from './BasisList.tsx';
import type { Basis } from './rule.ts';
import { versionWords } from './version-words.ts';
import { ruleStates } from './words.ts';

interface RuleOfFinding {
  code: string;
  version: number;
  title: Text | null;
  basis: Basis[];
  note: string | null;
  from: string | null;
  state: string;
}

/** The rule as it was when the finding was raised. */
export function FindingRule({ card }: { card: RuleOfFinding }) {
  const say = useSay();
  const may = useMay();
  return (
    <Card component="section" aria-label={say('监督规则', 'Rule')} sx={{ p: 2 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 1 }}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
          {say('依据的监督规则', 'The rule behind it')}
        </Typography>
        {card.state !== 'enacted' && <StatusTag status={ruleStates[card.state]} />}
      </Box>
      <Typography gutterBottom>
        {card.title ? say(card.title) : ''}{' '}
        <Typography component="span" variant="caption" color="text.secondary">
          {versionWords(card.version, say)}
          {card.from ? say(`，${dayOf(card.from)} 起施行`, `, in force from ${dayOf(card.from)}`) : ''}
        </Typography>
      </Typography>
      <BasisList basis={card.basis} />
      {card.note && (
        <Typography variant="body2" color="text.secondary">
          {card.note}
        </Typography>
      )}
      {may('rule.read') && (
        <Link component={RouterLink} to={`/rules/${encodeURIComponent(card.code)}/show`} variant="body2">
          {say('查看规则全文', 'See the whole rule')}
        </Link>
      )}
    </Card>
  );
}
