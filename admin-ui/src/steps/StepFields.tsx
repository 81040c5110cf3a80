import MoreIcon from '@mui/icons-material/ExpandMore';
import { Box, Button, Collapse, Stack } from '@mui/material';
import { useState } from 'react';
import { FactInput } from '../subjects/FactInput.tsx';
import type { References } from '../subjects/record.ts';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import type { Values } from './draft.ts';

interface Props {
  required: Fact[];
  /** Not compulsory, asked at once all the same. */
  wanted?: Fact[];
  optional: Fact[];
  values: Values;
  set: (name: string, value: unknown) => void;
  errors: Record<string, string>;
  refs: References | undefined;
  /** Optional facts stand open when there are only these. */
  open?: boolean;
  /** A fact for which a value can be proposed at a press. */
  propose?: { fact: string; value: () => Promise<string> };
}

const wide = (fact: Fact): boolean =>
  fact.kind === 'note' ||
  fact.kind === 'persons' ||
  fact.kind === 'choices' ||
  (fact.kind === 'choice' && fact.options.length <= 4 && fact.options.length > 2);

/** Only what the step needs; what it may also hold is one press away. */
export function StepFields({
  required,
  wanted = [],
  optional,
  values,
  set,
  errors,
  refs,
  open = false,
  propose,
}: Props) {
  const say = useSay();
  const given = optional.some((fact) => values[fact.name] !== undefined && values[fact.name] !== null);
  const [more, setMore] = useState(open || given || required.length + wanted.length === 0 || optional.length <= 2);
  const missed = optional.some((fact) => errors[fact.name]);
  const boxes = (facts: Fact[], must: boolean) => (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 2, alignItems: 'start' }}>
      {facts.map((fact) => (
        <Box key={fact.name} sx={wide(fact) ? { gridColumn: '1 / -1' } : {}}>
          <FactInput
            fact={fact}
            value={values[fact.name]}
            onChange={(value) => set(fact.name, value)}
            required={must}
            error={errors[fact.name]}
            refs={refs}
          />
          {propose?.fact === fact.name && !values[fact.name] && (
            <Button onClick={() => void propose.value().then((value) => set(fact.name, value))} sx={{ px: 0.5 }}>
              {say('生成编号', 'Propose a number')}
            </Button>
          )}
        </Box>
      ))}
    </Box>
  );
  return (
    <Stack spacing={2}>
      {required.length > 0 && boxes(required, true)}
      {wanted.length > 0 && boxes(wanted, false)}
      {optional.length > 0 && (
        <Box>
          <Button
            aria-expanded={more || missed}
            onClick={() => setMore(!more)}
            endIcon={<MoreIcon sx={{ transform: more ? 'rotate(180deg)' : 'none' }} />}
            sx={{ px: 0.5, mb: 1 }}
          >
            {say(`选填 ${optional.length} 项`, `${optional.length} optional`)}
          </Button>
          <Collapse in={more || missed} unmountOnExit>
            {boxes(optional, false)}
          </Collapse>
        </Box>
      )}
    </Stack>
  );
}
