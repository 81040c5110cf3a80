import { Box, Card, Typography } from '@mui/material';
import { FactGrid } from '../subjects/FactGrid.tsx';
import type { Subject } from '../vocabulary/types.ts';
import { factIn } from '../vocabulary/Vocabulary.tsx';
import { type Text, useSay } from '../words/say.ts';
import { Files, filesOf } from './Files.tsx';
import type { Finding } from './finding.ts';

interface Chapter {
  label: Text;
  facts: string[];
  files?: string;
}

/** What each station left behind, in the order of the loop. */
const chapters: Chapter[] = [
  { label: { zh: '核查', en: 'Screening' }, facts: ['screening', 'screenOpinion', 'screenedAt', 'issuedAt', 'urgent'] },
  {
    label: { zh: '情况说明', en: 'Explanation' },
    facts: ['explanationReason', 'explainedAt', 'explanationPrivate', 'explanation'],
    files: 'explanationFiles',
  },
  { label: { zh: '单位审签', en: 'Sign-off' }, facts: ['signedOffAt', 'signOffOpinion'] },
  {
    label: { zh: '认定', en: 'Verdict' },
    facts: ['verdict', 'verdictAt', 'judge', 'rootCause', 'rectifyHow', 'rectifyDueAt', 'opinion'],
  },
  {
    label: { zh: '整改', en: 'Rectification' },
    facts: ['rectifiedHow', 'rectifiedAt', 'notBackDated', 'rectification'],
    files: 'rectificationFiles',
  },
  {
    label: { zh: '复查与销号', en: 'Re-check and closing' },
    facts: [
      'recheckPassed',
      'recheckedAt',
      'recheckOpinion',
      'systemRecheck',
      'closedAt',
      'closure',
      'closeOpinion',
      'watchUntil',
    ],
  },
  {
    label: { zh: '异议复核', en: 'Objection' },
    facts: ['objectedAt', 'reviewer', 'reReview', 'reReviewedAt', 'objection', 'reReviewOpinion'],
  },
  {
    label: { zh: '退回与延期', en: 'Returns and extensions' },
    facts: [
      'returnedTo',
      'returnedAt',
      'returns',
      'returnReason',
      'extensions',
      'extensionReason',
      'suspendedAt',
      'suspendUntil',
      'suspendReason',
    ],
  },
  {
    label: { zh: '督办与移送', en: 'Orders and referrals' },
    facts: [
      'escalatedAt',
      'paperNumber',
      'escalationNote',
      'referredTo',
      'referredAt',
      'referralNote',
      'referralOutcome',
    ],
  },
  {
    label: { zh: '例外', en: 'Exception' },
    facts: ['exceptionScope', 'exceptionUntil', 'exceptionOwner', 'exceptionReason'],
  },
];

const filled = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  value !== false &&
  value !== 0 &&
  !(Array.isArray(value) && value.length === 0);

export function Answers({ subject, finding }: { subject: Subject; finding: Finding }) {
  const say = useSay();
  const shown = chapters.filter((chapter) => chapter.facts.some((name) => filled(finding[name])));
  if (shown.length === 0) return null;
  return (
    <Card component="section" aria-label={say('办理内容', 'What was done')}>
      {shown.map((chapter, index) => (
        <Box key={chapter.label.en} sx={{ p: 2, borderTop: index > 0 ? 1 : 0, borderColor: 'divider' }}>
          <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
            {say(chapter.label)}
          </Typography>
          <FactGrid
            facts={chapter.facts
              .filter((name) => filled(finding[name]))
              .flatMap((name) => {
                const fact = factIn(subject, name);
                return fact ? [name === 'explanation' ? { ...fact, kind: 'note' as const } : fact] : [];
              })}
            values={finding}
            refs={finding.refs}
          />
          {chapter.files && (
            <Files
              files={(finding.files ?? []).filter((file) => filesOf(finding[chapter.files ?? '']).includes(file.id))}
            />
          )}
        </Box>
      ))}
    </Card>
  );
}
