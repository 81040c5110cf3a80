import { TableCell, TableHead, TableRow } from '@mui/material';
import { useSay } from '../words/say.ts';

/** The head of a plain table, in both languages; an empty pair is a column of buttons. */
export function HeadRow({ labels }: { labels: readonly (readonly [zh: string, en: string])[] }) {
  const say = useSay();
  return (
    <TableHead>
      <TableRow>
        {labels.map(([zh, en]) => (
          <TableCell key={en}>{say(zh, en)}</TableCell>
        ))}
      </TableRow>
    </TableHead>
  );
}
