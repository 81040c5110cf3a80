import { may, type Standing } from '../access/actor.ts';
import { badInput, forbidden, notFound, refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { parse } from '../kernel/input.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { ledgerHead } from '../ledger/ledger.ts';
import { standings } from '../subjects/guard.ts';
import { officeOf } from './gather/offices.ts';
import { reportKindOf } from './index.ts';
import type { ReportKind, ReportSettings } from './kind.ts';
import { takeReportNumber } from './numbering.ts';

export interface ReportRequest {
  kind: string;
  /** The record it is about; a paper about a unit names it in `params`. */
  subjectId?: string | undefined;
  params?: Record<string, unknown> | undefined;
}

/** How the actor stands to what a paper is about. @throws Problem 404 when it is out of his sight */
export async function standingToSubject(
  uow: UnitOfWork,
  settings: ReportSettings,
  kind: ReportKind,
  subjectId: string | null,
  params: unknown,
): Promise<Standing> {
  if (kind.subject === null)
    return { units: [kind.unitOf?.(params) ?? 0], isOwn: false, isConcerned: false, state: '*' };
  const type = settings.registry.get(kind.subject);
  const standing = subjectId === null ? undefined : (await standings(uow, uow.actor, type, [subjectId])).get(subjectId);
  if (!standing) throw notFound();
  if (!may(uow.actor, `${type.name}.read`, standing)) throw refusal(notFound());
  return standing;
}

/**
 * Orders a paper: gathers what it says as of now and as the actor may see it, takes its number, and leaves the drawing
 * to the job `render`. @returns id and number @throws Problem 403, 404, 409, 422
 */
export async function requestReport(
  uow: UnitOfWork,
  settings: ReportSettings,
  request: ReportRequest,
): Promise<{ id: string; number: string }> {
  const kind = reportKindOf(request.kind);
  if (!kind)
    throw badInput('report.unknown-kind', { zh: '没有这种文书', en: 'There is no such paper' }, [
      { path: 'kind', zh: '没有这种文书', en: 'unknown' },
    ]);
  const params = parse(kind.params, request.params ?? {}, 'params');
  const subjectId = request.subjectId ?? null;
  const standing = await standingToSubject(uow, settings, kind, subjectId, params);
  if (!may(uow.actor, kind.action, standing))
    throw forbidden('access.denied', { zh: `没有权限制发${kind.title.zh}`, en: 'You may not issue this paper' });

  const { data, unitId } = await kind.gather(uow, settings, subjectId ?? '', params);
  const office = await officeOf(uow, unitId);
  const number = await takeReportNumber(uow, settings, kind, unitId, office.area);
  const head = await ledgerHead(uow.sql);
  const { zone, demo } = settings;
  const paper = kind.paper(data, {
    agency: office.name,
    number,
    asOf: uow.now,
    zone,
    demo,
    ledger: { size: head.size, root: head.root },
  });

  const id = newId(uow.now);
  await uow.sql(
    `INSERT INTO report (id, kind, number, subject_type, subject_id, params, as_of, issued, ledger_seq, ledger_root, paper, person_id, person_name, unit_id, unit_name, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $7)`,
    [
      id,
      kind.kind,
      number,
      kind.subject,
      subjectId,
      JSON.stringify(request.params ?? {}),
      uow.now,
      kind.action === 'report.issue',
      head.size,
      Buffer.from(head.root, 'hex'),
      JSON.stringify(paper),
      uow.actor.personId,
      uow.actor.name,
      uow.actor.unitId,
      uow.actor.unitName,
    ],
    { name: 'order a report' },
  );
  uow.log({
    action: kind.action,
    objectType: 'report',
    objectId: id,
    changes: {
      kind: kind.kind,
      number,
      subjectType: kind.subject,
      subjectId,
      params: request.params ?? {},
      ledgerSize: head.size,
      ledgerRoot: head.root,
    },
  });
  return { id, number };
}
