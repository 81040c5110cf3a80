import { z } from 'zod';
import { notFound } from '../kernel/errors.ts';
import { type Route, route } from '../kernel/route.ts';

interface NoticeRow {
  id: string;
  text: { zh: string; en: string };
  link: string | null;
  at: Date;
  readAt: Date | null;
}

/** 消息: everybody's own, newest first. */
export const noticeRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/notices',
    summary: { zh: '本人的消息', en: 'My notices' },
    action: 'session',
    quiet: true,
    handle: ({ uow, actor }) =>
      uow.sql<NoticeRow>(
        'SELECT id, text, link, at, read_at AS "readAt" FROM notice WHERE person_id = $1 ORDER BY at DESC, id DESC LIMIT 50',
        [actor.personId],
        { name: 'my notices' },
      ),
  }),
  route({
    method: 'POST',
    path: '/api/notices/:id/read',
    summary: { zh: '标为已读', en: 'Mark as read' },
    action: 'session',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({}).optional(),
    handle: async ({ uow, actor, params }) => {
      const [row] = await uow.sql(
        'UPDATE notice SET read_at = coalesce(read_at, $3) WHERE id = $1 AND person_id = $2 RETURNING id',
        [params.id, actor.personId, uow.now],
      );
      if (!row) throw notFound();
      return { read: true };
    },
  }),
];
