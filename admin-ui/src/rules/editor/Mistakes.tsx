import { Alert, Box, Button, Typography } from '@mui/material';
import { useSay } from '../../words/say.ts';
import type { Checked, Mistake } from './check.ts';

/** What is wrong, line by line, with what was probably meant one press away. */
export function Mistakes({ checked, fix }: { checked: Checked | undefined; fix: (mistake: Mistake) => void }) {
  const say = useSay();
  if (!checked) return null;
  if (checked.errors.length === 0)
    return (
      <Alert severity="success">
        {say(
          `文本无误，${checked.rule?.examples ?? 0} 个示例全部符合，可以保存、试算和试运行。`,
          `The text is sound and keeps its ${checked.rule?.examples ?? 0} examples: it can be kept, previewed and tried.`,
        )}
        {checked.rule?.warnings.map((one) => (
          <Typography key={one} variant="caption" component="p">
            {one}
          </Typography>
        ))}
      </Alert>
    );
  return (
    <Box
      component="ol"
      aria-label={say('错误', 'Mistakes')}
      sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}
    >
      {checked.errors.slice(0, 20).map((one) => (
        <Alert
          key={`${one.line}:${one.column}${one.en}`}
          component="li"
          severity="error"
          action={
            one.suggestion && (
              <Button color="inherit" size="small" onClick={() => fix(one)}>
                {say(`改为 ${one.suggestion}`, `Use ${one.suggestion}`)}
              </Button>
            )
          }
        >
          <b>{say(`第 ${one.line} 行第 ${one.column} 列`, `Line ${one.line}, column ${one.column}`)}</b> {say(one)}
        </Alert>
      ))}
    </Box>
  );
}

/** The text with the suggested word in place of the one at the mistake. */
export function mended(text: string, { line, column, suggestion }: Mistake): string {
  if (!suggestion) return text;
  const lines = text.split('\n');
  const own = lines[line - 1] ?? '';
  const rest = own.slice(column - 1);
  // a mistake may be placed at the path that leads to the word
  const word = /^(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)/.exec(rest);
  if (!word) return text;
  const from = column - 1 + word[0].length - (word[1] ?? '').length;
  lines[line - 1] = own.slice(0, from) + suggestion + own.slice(from + (word[1] ?? '').length);
  return lines.join('\n');
}
