import { maskNarrative } from '../../access/masks.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { Registry } from '../../subjects/registry.ts';
import type { CaseAudit } from '../papers/case-audit.ts';
import { chainOf } from './chain.ts';
import { dutiesOf } from './duties.ts';
import { type CaseFile, caseFile, labelOf, peopleOf } from './file.ts';
import { findingsOn, levelText, loopsOf, stateText } from './findings.ts';
import { propertyOf } from './property.ts';
import { recordingsOf } from './recordings.ts';
import { stepsOf } from './steps.ts';

const stageOf = (file: CaseFile): string =>
  file.closedAt
    ? '已结案'
    : file.decidedAt
      ? '已作出决定'
      : file.legalReviewedAt
        ? '法制审核'
        : file.filedAt || file.acceptedAt
          ? '调查取证'
          : file.refusedAt
            ? '不予受（立）案'
            : '接报案登记';

/** Causes that no print names (domain.md §7): the class stands for them. */
const sensitive = /强奸|猥亵|性侵|家庭暴力|强制戒毒|社区戒毒|艾滋/;
const isMinor = (ageClass: string | null): boolean => ageClass === 'under14' || ageClass === 'under18';

/** Everything that the audit report of a case prints. @throws Problem 404 */
export async function gatherCaseAudit(
  uow: UnitOfWork,
  registry: Registry,
  id: string,
  zone: string,
): Promise<{ data: CaseAudit; unitId: number }> {
  const file = await caseFile(uow, id);
  const ids = [file.id, ...file.alarms.map((each) => each.id), ...file.items.map((each) => each.id)];
  const duties = await dutiesOf(uow, ids);
  const found = await findingsOn(uow, ids);
  const loops = await loopsOf(
    uow,
    found.map((finding) => finding.id),
  );
  const recordings = await recordingsOf(uow, file);
  const people = await peopleOf(uow, [file.leadId, ...file.coOfficers]);
  const officer = (person: number | null) => people.get(person ?? 0) ?? null;
  const names = [
    ...file.parties.map((party) => party.name),
    ...file.alarms.flatMap((alarm) => alarm.caller ?? []),
  ].filter(Boolean);
  const quiet = (text: string): string => maskNarrative(text, names);

  const data: CaseAudit = {
    case: {
      number: file.number,
      kind: labelOf('case', 'kind', file.kind),
      cause: file.cause,
      unit: file.unit,
      stage: stageOf(file),
      lead: officer(file.leadId),
      assistants: file.coOfficers.flatMap((person) => officer(person) ?? []),
      acceptedAt: file.filedAt ?? file.acceptedAt,
      sourceAlarms: file.alarms.map((alarm) => alarm.number),
      suspectKnown: file.suspectKnown === true,
      enterprise: file.enterprise === true,
      sensitive: sensitive.test(file.cause),
    },
    parties: file.parties.map((party) => ({
      role: labelOf('case', 'role', party.role, 'people'),
      name: party.name,
      minor: isMinor(party.ageClass),
      ageClass: labelOf('case', 'ageClass', party.ageClass, 'people') || '未登记',
    })),
    chain: chainOf(file, duties, recordings, zone),
    steps: (await stepsOf(uow, registry, file, zone)).map((step) => ({
      ...step,
      text: quiet(step.text),
      ...(step.corrects ? { corrects: quiet(step.corrects) } : {}),
    })),
    duties,
    findings: found.map((finding) => ({
      number: finding.number,
      level: levelText(finding.severity),
      state: stateText(finding.state),
      sentence: quiet(finding.sentence),
      basis: finding.basis,
      loop: (loops.get(finding.id) ?? []).map((row) => ({
        ...row,
        ...(row.opinion ? { opinion: quiet(row.opinion) } : {}),
      })),
    })),
    ...propertyOf(file),
    recordings,
    signers: ['审查人', '审核人', '批准人'],
  };
  return { data, unitId: file.unitId };
}
