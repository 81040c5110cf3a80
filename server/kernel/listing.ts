import { z } from 'zod';
import { refuseBadText } from './body.ts';
import type { Reply } from './route.ts';
import { fold } from './text.ts';

export type Direction = 'ASC' | 'DESC';

/** One page of a list as react-admin's simple-REST provider asks for it. */
export interface Listing<Filter = Record<string, unknown>> {
  filter: Filter;
  sort: [field: string, direction: Direction];
  offset: number;
  limit: number;
}

/** Pages beyond this are exports, which have their own door. */
const longestPage = 1000;

/** A parameter that holds JSON: `filter={"unitId":16}`. */
const json = (what: string) =>
  z
    .string()
    .max(8000)
    .transform((text, context): unknown => {
      try {
        const value: unknown = JSON.parse(text);
        refuseBadText(value, what);
        return value;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        context.addIssue({ code: 'custom', message: '不是有效的 JSON‖not valid JSON' });
        return z.NEVER;
      }
    });

/**
 * The query of a list: `filter={…}&sort=["field","ASC"]&range=[0,24]`, each compared with a closed list. Sort fields
 * and directions become SQL, so nothing else is let through.
 */
export function listing<F extends z.ZodRawShape>(filters: F, sortable: readonly string[], by: [string, Direction]) {
  const filter = z.strictObject(filters).partial();
  const sort = z.tuple([z.enum(sortable), z.enum(['ASC', 'DESC'])]);
  const edge = z.int().min(0).max(10_000_000);
  const range = z.tuple([edge, edge]).refine(([first, last]) => last >= first && last - first < longestPage, {
    message: `范围无效：一页至多 ${longestPage} 条‖not a range of at most ${longestPage}`,
  });
  return z
    .strictObject({
      filter: json('filter').pipe(filter).optional(),
      sort: json('sort').pipe(sort).optional(),
      range: json('range').pipe(range).optional(),
    })
    .transform((query): Listing<z.output<typeof filter>> => {
      const [first, last] = query.range ?? [0, 24];
      return {
        filter: query.filter ?? ({} as z.output<typeof filter>),
        sort: query.sort ?? by,
        offset: first,
        limit: last - first + 1,
      };
    });
}

/** Says which part of how many the answer is: `Content-Range: alarms 0-24/319`. */
export function tellRange(
  reply: Reply,
  noun: string,
  listing: Pick<Listing, 'offset'>,
  length: number,
  total: number,
): void {
  const range = length === 0 ? '*' : `${listing.offset}-${listing.offset + length - 1}`;
  reply.header('Content-Range', `${noun} ${range}/${total}`);
}

/** A search text as a LIKE pattern: what people type are no wildcards. */
export const containing = (text: string): string => `%${fold(text).replace(/[\\%_]/g, '\\$&')}%`;
