import { DateTime } from 'luxon';
import { z } from 'zod';
import { may } from '../access/actor.ts';
import { conflict, notFound, Problem, refusal } from '../kernel/errors.ts';
import { listing, tellRange } from '../kernel/listing.ts';
import { Content, type Route, route } from '../kernel/route.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { reportKindOf, reportKinds } from './index.ts';
import type { ReportKind, ReportSettings } from './kind.ts';
import { renderAside } from './render-aside.ts';
import { requestReport, standingToSubject } from './request.ts';
import type { Paper } from './sheet.ts';

const byId = z.strictObject({ id: z.uuid() });

interface ReportRow {
  id: string;
  kind: string;
  number: string;
  subjectType: string | null;
  subjectId: string | null;
  params: Record<string, unknown>;
  asOf: Date;
  state: 'queued' | 'rendering' | 'done' | 'failed';
  progress: number;
  attempts: number;
  issued: boolean;
  sha256: Buffer | null;
  ledgerSize: number;
  ledgerRoot: Buffer;
  personId: number | null;
  personName: string;
  unitName: string;
  createdAt: Date;
  doneAt: Date | null;
}

const columns = `id, kind, number, subject_type AS "subjectType", subject_id AS "subjectId", params, as_of AS "asOf", state, progress, attempts, issued, sha256, ledger_seq AS "ledgerSize",
  ledger_root AS "ledgerRoot", person_id AS "personId", person_name AS "personName", unit_name AS "unitName", created_at AS "createdAt", done_at AS "doneAt"`;

const shown = ({ sha256, ledgerRoot, ...row }: ReportRow) => ({
  ...row,
  title: reportKindOf(row.kind)?.title ?? null,
  sha256: sha256?.toString('hex') ?? null,
  ledgerRoot: ledgerRoot.toString('hex'),
});

/**
 * The paper, if the actor may read papers on what it is about now: whoever ordered one and was transferred since has
 * no more to do with it than anybody. `original`: he may hand it out. @throws Problem 404
 */
async function readable(
  uow: UnitOfWork,
  settings: ReportSettings,
  id: string,
): Promise<{ row: ReportRow; kind: ReportKind; original: boolean }> {
  const [row] = await uow.sql<ReportRow>(`SELECT ${columns} FROM report WHERE id = $1`, [id], { name: 'a report' });
  const kind = row && reportKindOf(row.kind);
  if (!row || !kind) throw notFound();
  const isOwn = row.personId !== null && row.personId === uow.actor.personId;
  const standing = await standingToSubject(uow, settings, kind, row.subjectId, row.params);
  if (!may(uow.actor, 'report.read', standing)) throw refusal(notFound());
  return { row, kind, original: isOwn || may(uow.actor, kind.action, standing) };
}

async function isReadable(uow: UnitOfWork, settings: ReportSettings, id: string): Promise<boolean> {
  try {
    await readable(uow, settings, id);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return false;
    throw error;
  }
}

/** Ordering, following and reading papers. */
export function reportRoutes(settings: ReportSettings): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/report-kinds',
      summary: { zh: '文书种类', en: 'Kinds of papers' },
      action: 'session',
      handle: async () => reportKinds.map(({ kind, title, action, subject }) => ({ kind, title, action, subject })),
    }),
    route({
      method: 'POST',
      path: '/api/reports',
      costly: true,
      summary: { zh: '制作文书', en: 'Order a paper' },
      action: ({ body }) => reportKindOf(body.kind)?.action ?? 'report.create',
      body: z.strictObject({
        kind: z.enum(reportKinds.map((each) => each.kind)),
        subjectId: z.uuid().optional(),
        params: z.record(z.string(), z.unknown()).default({}),
      }),
      handle: async ({ uow, body, reply }) => {
        const ordered = await requestReport(uow, settings, body);
        reply.status(201);
        return ordered;
      },
    }),
    route({
      method: 'GET',
      path: '/api/reports',
      summary: { zh: '本人制作的文书，或者某一对象的文书', en: 'My papers, or the papers on one record' },
      action: 'report.read',
      query: listing(
        { subjectId: z.uuid(), kind: z.string().max(40), state: z.enum(['queued', 'rendering', 'done', 'failed']) },
        ['createdAt', 'number'],
        ['createdAt', 'DESC'],
      ),
      handle: async ({ uow, query, reply }) => {
        const { subjectId = null, kind = null, state = null } = query.filter;
        const all = await uow.sql<ReportRow & { total: number }>(
          `SELECT ${columns}, count(*) OVER () AS total FROM report
            WHERE (CASE WHEN $1::uuid IS NULL THEN person_id = $2 ELSE subject_id = $1 END) AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR state = $4)
            ORDER BY ${query.sort[0] === 'number' ? 'number' : 'created_at'} ${query.sort[1]}, id LIMIT $5 OFFSET $6`,
          [subjectId, uow.actor.personId, kind, state, query.limit, query.offset],
        );
        // one record, one standing: who may read one of its papers may read them all; out of reach is as good as none
        const first = all[0];
        if (subjectId !== null && first && !(await isReadable(uow, settings, first.id))) {
          tellRange(reply, 'reports', query, 0, 0);
          return [];
        }
        tellRange(reply, 'reports', query, all.length, first?.total ?? 0);
        return all.map(({ total, ...row }) => shown(row));
      },
    }),
    route({
      method: 'GET',
      path: '/api/reports/:id',
      summary: { zh: '文书及其生成进度', en: 'A paper and its progress' },
      action: 'report.read',
      params: byId,
      handle: async ({ uow, params }) => {
        const { row, original } = await readable(uow, settings, params.id);
        return { ...shown(row), abilities: original ? ['original'] : [] };
      },
    }),
    route({
      method: 'GET',
      path: '/api/reports/:id/pdf',
      costly: true,
      summary: {
        zh: '文书 PDF：原件或者查阅件',
        en: 'The paper as PDF: the original, or a copy stamped with the viewer',
      },
      action: 'report.read',
      params: byId,
      query: z.strictObject({ copy: z.enum(['original', 'viewing']).optional() }),
      transaction: 'own',
      handle: async ({ within, params, query }) => {
        const { kind, number, bytes, paper } = await within(async (uow) => {
          const { row, kind, original } = await readable(uow, settings, params.id);
          if (row.state !== 'done')
            throw conflict(
              'report.not-ready',
              { zh: '文书尚未生成完毕', en: 'The paper is not drawn yet' },
              { state: row.state, progress: row.progress },
            );
          const copy = original && query.copy !== 'viewing' ? 'original' : 'viewing';
          uow.log({
            action: 'report.download',
            objectType: 'report',
            objectId: row.id,
            changes: { number: row.number, copy },
          });
          const isOriginal = copy === 'original';
          return {
            kind,
            number: row.number,
            bytes: isOriginal ? await originalOf(uow, row.id) : null,
            paper: isOriginal ? null : await viewingPaper(uow, settings, row.id),
          };
        });
        // drawing takes a second and holds no connection; who asked stands in the ledger by now
        const drawn = paper ? await renderAside(paper, settings.fontFolder) : bytes;
        if (!drawn) throw notFound();
        return new Content(drawn, 'application/pdf', `${kind.title.zh}${number}.pdf`);
      },
    }),
  ];
}

async function originalOf(uow: UnitOfWork, id: string): Promise<Buffer> {
  const [row] = await uow.sql<{ bytes: Buffer }>('SELECT bytes FROM report WHERE id = $1', [id], {
    name: 'bytes of a report',
  });
  if (!row) throw notFound();
  return row.bytes;
}

/** What was stored, with the viewer and the minute over every page. */
async function viewingPaper(uow: UnitOfWork, settings: ReportSettings, id: string): Promise<Paper> {
  const [row] = await uow.sql<{ paper: Paper; number: string | null }>(
    'SELECT r.paper, p.number FROM report r LEFT JOIN person p ON p.id = $2 WHERE r.id = $1',
    [id, uow.actor.personId],
    { name: 'paper of a report' },
  );
  if (!row) throw notFound();
  const minute = DateTime.fromJSDate(uow.now, { zone: settings.zone }).toFormat('yyyy-MM-dd HH:mm');
  return { ...row.paper, viewer: { name: uow.actor.name, number: row.number ?? '', minute } };
}
