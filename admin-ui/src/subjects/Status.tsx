import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { type ToneName, tones } from '../theme/colours.ts';
import type { Text } from '../words/say.ts';
import { useSay } from '../words/say.ts';

export interface Status {
  label: Text;
  tone: ToneName;
}

export const status = (zh: string, en: string, tone: ToneName): Status => ({ label: { zh, en }, tone });

/** A state in words on its colour: never colour alone. */
export function Tag({
  tone = 'quiet',
  children,
  dashed = false,
  title,
}: {
  tone?: ToneName;
  children: ReactNode;
  dashed?: boolean;
  title?: string;
}) {
  const { ink, paper, line } = tones[tone];
  return (
    <Box
      component="span"
      title={title}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        px: 1,
        height: 22,
        borderRadius: '4px',
        fontSize: 12,
        fontWeight: 500,
        whiteSpace: 'nowrap',
        color: ink,
        bgcolor: paper,
        border: `1px ${dashed ? 'dashed' : 'solid'} ${line}`,
      }}
    >
      {children}
    </Box>
  );
}

export function StatusTag({ status: one }: { status: Status | undefined }) {
  const say = useSay();
  return one ? <Tag tone={one.tone}>{say(one.label)}</Tag> : null;
}

/** Verdicts of a duty by name or stored code (domain.md §6.1). */
export const verdicts: Record<string, Status> = {
  pending: status('未到期', 'Pending', 'calm'),
  met: status('按期办结', 'On time', 'good'),
  late: status('逾期办结', 'Done late', 'warn'),
  overdue: status('逾期未办', 'Overdue', 'bad'),
  excused: status('核准例外', 'Approved exception', 'other'),
  unknown: status('暂无法判定', 'Cannot be judged yet', 'quiet'),
};
const verdictCodes = ['', 'pending', 'met', 'late', 'overdue', 'excused', 'unknown'];
export const verdictName = (verdict: string | number | null | undefined): string =>
  typeof verdict === 'number' ? (verdictCodes[verdict] ?? '') : (verdict ?? '');

export function VerdictTag({ verdict }: { verdict: string | number | null | undefined }) {
  const say = useSay();
  const name = verdictName(verdict);
  const one = verdicts[name];
  return one ? (
    <Tag tone={one.tone} dashed={name === 'unknown'}>
      {say(one.label)}
    </Tag>
  ) : null;
}

export const severities: Record<string, Status> = {
  flaw: status('执法瑕疵', 'Flaw', 'quiet'),
  ordinary: status('一般问题', 'Ordinary', 'warn'),
  serious: status('严重问题', 'Serious', 'bad'),
};
const severityCodes = ['', 'flaw', 'ordinary', 'serious'];
export const severityOf = (severity: unknown): Status | undefined =>
  severities[typeof severity === 'number' ? (severityCodes[severity] ?? '') : String(severity ?? '')];
