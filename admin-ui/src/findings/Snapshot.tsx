import { Box, Button, Collapse, Typography } from '@mui/material';
import { useState } from 'react';
import { StoredExplanation } from '../explain/ExplainDrawer.tsx';
import type { Explanation } from '../explain/explanation.ts';
import { Labelled } from '../subjects/FactGrid.tsx';
import { factWords } from '../subjects/FactValue.tsx';
import type { Fact, Subject } from '../vocabulary/types.ts';
import { factIn, useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { type Say, useSay } from '../words/say.ts';
import { fullInstant } from '../words/time.ts';
import type { Finding } from './finding.ts';

interface Read {
  facts?: Record<string, unknown>;
  part?: Record<string, unknown>;
  judgedAt?: string;
  explanation?: Explanation;
}

/** People, units and records were stored by name: what the engine read is what stands here. */
const named: readonly Fact['kind'][] = ['person', 'persons', 'unit', 'subject'];

function words(fact: Fact, value: unknown, say: Say): string {
  if (named.includes(fact.kind)) return Array.isArray(value) ? value.join('、') : String(value);
  return fact.kind === 'instant' ? fullInstant(String(value)) : factWords(fact, value, undefined, say);
}

/** The values that were read when the issue was raised: it explains itself after facts or rule have changed. */
export function Snapshot({ finding }: { finding: Finding }) {
  const say = useSay();
  const find = useFindSubject();
  const [open, setOpen] = useState(false);
  const read = finding.snapshot as Read | null;
  const subject = find(String(finding.subjectType));
  if (!read || !subject) return null;
  const rows = [
    ...rowsOf(subject, read.part ?? {}, say, partOf(subject, read.part)),
    ...rowsOf(subject, read.facts ?? {}, say),
  ];
  if (rows.length === 0 && !read.explanation) return null;
  return (
    <Box sx={{ mt: 1.5 }}>
      {read.explanation && <StoredExplanation told={read.explanation} />}
      <Button aria-expanded={open} onClick={() => setOpen(!open)} sx={{ px: 0.5 }}>
        {open
          ? say('收起认定所读数据', 'Fold what was read')
          : say(`认定所读数据 ${rows.length} 项`, `What was read: ${rows.length}`)}
      </Button>
      <Collapse in={open}>
        <Box
          component="dl"
          sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))', gap: 1.5, m: 0, mt: 1 }}
        >
          {rows.map(([label, value]) => (
            <Labelled key={label} label={label}>
              {value}
            </Labelled>
          ))}
        </Box>
        {read.judgedAt && (
          <Typography variant="caption" color="text.secondary">
            {say('读取时间', 'Read at')} {fullInstant(read.judgedAt)}
          </Typography>
        )}
      </Collapse>
    </Box>
  );
}

/** Which part the values belong to: the one that declares most of them. */
function partOf(subject: Subject, values: Record<string, unknown> | undefined): string | undefined {
  const names = Object.keys(values ?? {});
  return subject.parts
    .map((part) => ({ name: part.name, hits: part.facts.filter((fact) => names.includes(fact.name)).length }))
    .sort((a, b) => b.hits - a.hits)[0]?.name;
}

const isSealed = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('sha256' in value || 'masked' in value);

function rowsOf(subject: Subject, values: Record<string, unknown>, say: Say, part?: string): [string, string][] {
  return Object.entries(values).flatMap(([name, value]): [string, string][] => {
    const fact = factIn(subject, name, part);
    // sensitive values stand on the record alone, masked there for whoever asks
    if (fact && isSealed(value)) return [[say(fact.label), say('敏感信息，见原记录', 'Sensitive: see the record')]];
    const text = fact && value !== null && fact.kind !== 'uuid' && fact.kind !== 'json' ? words(fact, value, say) : '';
    return fact && text ? [[say(fact.label), text]] : [];
  });
}
