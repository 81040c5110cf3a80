import { z } from 'zod';
import { badInput, type FieldProblem } from './errors.ts';

type Say = (issue: z.core.$ZodIssue) => string | { message: string } | undefined | null;
const zh = z.locales.zhCN().localeError as Say;
const en = z.locales.en().localeError as Say;

/** The day the Ministry of Public Security was founded: an earlier instant is a slip, and would be under no rule at all. */
export const earliest = new Date('1949-11-05T00:00:00+08:00');
const isLateEnough = (at: Date | string): boolean => new Date(at) >= earliest;
const tooEarly = '时间过早，请核对年份‖too early: look at the year again';

/** An instant as clients send it, with its offset. */
export const instantInput = z.iso
  .datetime({ offset: true })
  .refine(isLateEnough, tooEarly)
  .transform((text) => new Date(text));

/** The same as steps keep it: ISO text. */
export const isoInstantInput = z
  .union([z.date(), z.iso.datetime({ offset: true })])
  .refine(isLateEnough, tooEarly)
  .transform((value) => new Date(value).toISOString());

/** Checks a value against a schema. @throws Problem 422 `request.bad-input` naming each field in both languages */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) => problems(issue, where));
  const listed = (pick: (one: FieldProblem) => string) => fields.slice(0, 5).map(pick);
  throw badInput(
    'request.bad-input',
    {
      zh: `填写有误：${listed((one) => `${one.path} ${one.zh}`).join('；')}`,
      en: `Wrong input: ${listed((one) => `${one.path} ${one.en}`).join('; ')}`,
    },
    fields,
  );
}

function problems(issue: z.core.$ZodIssue, where: string): FieldProblem[] {
  const path = [where, ...issue.path.map(String)].filter(Boolean).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, zh: '没有这一项', en: 'unknown field' }));
  }
  // a schema of ours may give both languages: regex(…, '中文‖English')
  const [chinese = '', english] = issue.message.split('‖');
  if (english !== undefined) return [{ path, zh: chinese, en: english }];
  return [{ path, zh: said(zh(issue)), en: said(en(issue)) }];
}

const said = (message: string | { message: string } | undefined | null): string =>
  (typeof message === 'object' ? message?.message : message) ?? '';
