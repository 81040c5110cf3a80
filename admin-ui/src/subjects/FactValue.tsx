import { Box, Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import { recordPath } from '../layout/links.ts';
import type { Fact } from '../vocabulary/types.ts';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { type Say, useSay } from '../words/say.ts';
import { fullInstant, shortInstant } from '../words/time.ts';
import { type References, referred, refName } from './record.ts';

const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A fact in words, without a frame; '' when it is missing. */
export function factWords(fact: Fact, value: unknown, refs: References | undefined, say: Say): string {
  if (value === null || value === undefined || value === '') return '';
  switch (fact.kind) {
    case 'choice':
      return optionWords(fact, value, say);
    case 'choices':
      return Array.isArray(value) ? value.map((one) => optionWords(fact, one, say)).join('、') : '';
    case 'flag':
      return value ? say('是', 'Yes') : say('否', 'No');
    case 'instant':
      return shortInstant(String(value));
    case 'money':
      return `¥${yuan.format(Number(value))}`;
    case 'person':
    case 'unit':
    case 'subject':
      return refName(referred(refs, fact, String(value))) ?? '';
    case 'persons':
      return Array.isArray(value)
        ? value
            .map((one) => refName(referred(refs, fact, String(one))) ?? '')
            .filter(Boolean)
            .join('、')
        : '';
    case 'json':
      return '';
    default:
      return String(value);
  }
}

function optionWords(fact: Fact, value: unknown, say: Say): string {
  const option = fact.options.find((one) => one.code === value);
  return option ? say(option.label) : String(value);
}

/** A fact as it stands on a page: links to other records, the full instant on hover, a dash when it is missing. */
export function FactValue({ fact, value, refs }: { fact: Fact; value: unknown; refs: References | undefined }) {
  const say = useSay();
  const find = useFindSubject();
  const words = factWords(fact, value, refs, say);
  if (fact.kind === 'subject' && value) {
    const plural = find(fact.to ?? '')?.plural;
    // a record without a name is one that the viewer may not open
    if (plural && !words)
      return (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {say('不在权限范围', 'Outside your scope')}
        </Box>
      );
    if (plural)
      return (
        <Link component={RouterLink} to={recordPath(plural, String(value))}>
          {words}
        </Link>
      );
  }
  if (fact.kind === 'instant' && value)
    return (
      <time dateTime={String(value)} title={fullInstant(String(value))}>
        {words}
      </time>
    );
  return words ? (
    <Box component="span" sx={{ overflowWrap: 'anywhere', whiteSpace: fact.kind === 'note' ? 'pre-line' : undefined }}>
      {words}
    </Box>
  ) : (
    <Box component="span" sx={{ color: 'text.disabled' }}>
      —
    </Box>
  );
}
