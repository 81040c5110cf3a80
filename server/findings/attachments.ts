import { createHash } from 'node:crypto';
import { z } from 'zod';
import { mayAnywhere } from '../access/actor.ts';
import { badInput, forbidden, notFound, Problem } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { Content, type Route, route } from '../kernel/route.ts';
import { lineInput } from '../kernel/text.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { standingTo } from '../subjects/read.ts';
import { finding, transitionOf, verbs } from './finding.ts';
import { mayRead, privateFiles } from './privacy.ts';

/** What a photo, a scan or a statement comes as, with the first bytes that prove it. */
const signatures: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['ffd8ff'],
  'image/png': ['89504e470d0a1a0a'],
  'image/webp': ['52494646'],
  'application/pdf': ['255044462d'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['504b0304'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['504b0304'],
};
const types = Object.keys(signatures);
const largest = 10 * 1024 * 1024;

export interface FileRow {
  id: string;
  name: string;
  type: string;
  size: number;
  at: Date;
  person: string | null;
}

/** The files that came with the acts of a finding. */
export const filesOf = (uow: UnitOfWork, id: string): Promise<FileRow[]> =>
  uow.sql<FileRow>(
    `SELECT a.id, a.name, a.type, a.size, a.at, p.name AS person FROM attachment a LEFT JOIN person p ON p.id = a.person_id
     WHERE a.subject_type = 'finding' AND a.subject_id = $1 ORDER BY a.at, a.id`,
    [id],
    { name: 'files of a finding' },
  );

/** `POST /api/attachments?name=照片.jpg` takes the file itself; its id then goes into the facts of the act. */
export const attachmentRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/attachments',
    summary: { zh: '上传附件', en: 'Upload a file' },
    action: 'session',
    raw: types,
    limit: largest,
    query: z.strictObject({ name: lineInput(200), type: z.enum(types) }),
    handle: async ({ uow, query, body, reply }) => {
      const bytes = body as unknown as Buffer;
      await checkUpload(uow, bytes.length);
      const head = bytes.subarray(0, 8).toString('hex');
      if (!signatures[query.type]?.some((signature) => head.startsWith(signature))) {
        const text = { zh: '文件内容与类型不符', en: 'The content is not what its type says' };
        throw badInput('attachment.wrong-content', text, [{ path: 'body', ...text }]);
      }
      const id = newId(uow.now);
      const digest = createHash('sha256').update(bytes).digest();
      const name = query.name.replace(/[\\/]/g, '_');
      await uow.sql(
        'INSERT INTO attachment (id, name, type, size, sha256, bytes, person_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
        [id, name, query.type, bytes.length, digest, bytes, uow.actor.personId, uow.now],
      );
      uow.log({
        action: 'attachment.upload',
        objectType: 'attachment',
        objectId: id,
        changes: { name, size: bytes.length, sha256: digest.toString('hex') },
      });
      reply.status(201);
      return { id, name, type: query.type, size: bytes.length, sha256: digest.toString('hex') };
    },
  }),
  route({
    method: 'GET',
    path: '/api/attachments/:id',
    summary: { zh: '查看附件', en: 'Read a file' },
    action: 'session',
    params: z.strictObject({ id: z.uuid() }),
    handle: async ({ uow, params }) => {
      const [file] = await uow.sql<{
        name: string;
        type: string;
        bytes: Buffer;
        subject_type: string | null;
        subject_id: string | null;
        person_id: number | null;
      }>('SELECT * FROM attachment WHERE id = $1', [params.id]);
      if (!file) throw notFound();
      if (file.person_id === null || file.person_id !== uow.actor.personId) await checkSight(uow, file, params.id);
      uow.log({ action: 'attachment.read', objectType: 'attachment', objectId: params.id });
      return new Content(file.bytes, file.type, file.name);
    },
  }),
];

/** Acts of the loop that files come with. */
const filing = verbs.filter((verb) => transitionOf(verb).asks?.some((fact) => fact.endsWith('Files')));
/** Bytes that one person may store within a day: a hundred photos, or ten of the largest files. */
const mostADay = 100 * 1024 * 1024;

/** @throws Problem 403 where nobody waits for a file of this person, 429 when he has stored enough for a day */
async function checkUpload(uow: UnitOfWork, size: number): Promise<void> {
  if (!filing.some((verb) => mayAnywhere(uow.actor, `finding.${verb}`)))
    throw forbidden('attachment.no-business', {
      zh: '您的岗位没有需要上传附件的事项',
      en: 'Nothing in your posts needs a file',
    });
  const [stored] = await uow.sql<{ bytes: number }>(
    'SELECT coalesce(sum(size), 0) AS bytes FROM attachment WHERE person_id = $1 AND at > $2',
    [uow.actor.personId, new Date(uow.now.getTime() - 86_400_000)],
    { name: 'stored within a day' },
  );
  if ((stored?.bytes ?? 0) + size > mostADay)
    throw new Problem(
      429,
      'attachment.quota',
      { zh: '24 小时内上传的附件已达 100 MB，请稍后再传', en: '100 MB within 24 hours are stored: upload later' },
      { extra: { retryAfter: 3600 } },
    );
}

/** Who may read the finding may read its files, those of a private explanation apart. @throws Problem 404 */
async function checkSight(
  uow: UnitOfWork,
  file: { subject_type: string | null; subject_id: string | null },
  id: string,
): Promise<void> {
  if (file.subject_type !== 'finding' || file.subject_id === null) throw notFound();
  const standing = await standingTo(uow, finding, file.subject_id);
  if (!mayRead(uow.actor, standing) && (await privateFiles(uow, file.subject_id)).has(id)) throw notFound();
}
