import { Box, Typography } from '@mui/material';
import { FactGrid } from '../subjects/FactGrid.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Fact, Subject } from '../vocabulary/types.ts';
import { type Text, useSay } from '../words/say.ts';

export interface FactGroup {
  label: Text;
  /** Facts by name, in the order in which they are read. */
  facts: string[];
}

const isFilled = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** Facts under the headings of their stages; what is empty stays away, heading and all. */
export function FactGroups({
  subject,
  record,
  groups,
}: {
  subject: Subject;
  record: SubjectRecord;
  groups: readonly FactGroup[];
}) {
  const say = useSay();
  const byName = new Map(subject.facts.map((fact) => [fact.name, fact]));
  const sorted = new Set(groups.flatMap(({ facts }) => facts));
  const rest: FactGroup = {
    label: { zh: '其他', en: 'Other' },
    facts: subject.facts.filter(({ name }) => !sorted.has(name)).map(({ name }) => name),
  };
  return [...groups, rest].map(({ label, facts }) => {
    const shown = facts
      .map((name) => byName.get(name))
      .filter((fact): fact is Fact => fact !== undefined && isFilled(record[fact.name]));
    if (shown.length === 0) return null;
    return (
      <Box key={label.en} component="section" sx={{ '& + &': { mt: 2.5 } }}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say(label)}
        </Typography>
        <FactGrid facts={shown} values={record} refs={record.refs} />
      </Box>
    );
  });
}
