import type { Verb } from '../findings/finding.ts';
import { performAll } from '../findings/loop.ts';
import { Problem } from '../kernel/errors.ts';
import { type Actor, inUnitOfWork, type Runtime, type UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Registry } from '../subjects/registry.ts';
import type { City } from './city.ts';
import type { DemoPerson } from './people.ts';
import { teller } from './run.ts';
import { isShown } from './showcase.ts';
import { dayOf } from './time.ts';
import { type DemoUnit, demoUnits } from './units.ts';

interface Open {
  id: string;
  rule: string;
  subject_id: string;
  subject_type: string;
  occurrence: string;
  state: string;
  state_at: Date;
  unit_id: number | null;
  person_id: number | null;
  severity: string;
  department: string;
  explained: boolean | null;
  verdict: string | null;
  judge_id: number | null;
  duty_verdict: string;
  raised_at: Date;
  level: string | null;
  self_correct_until: Date | null;
  returns: number | null;
}

/** How many evenings a finding waits at a station, in hundredths. */
const waits: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  screening: { 0: 50, 1: 42, 2: 4, 4: 4 },
  issued: { 0: 70, 1: 26, 3: 4 },
  explaining: { 0: 30, 1: 42, 2: 22, 6: 6 },
  judging: { 0: 32, 1: 48, 2: 14, 5: 6 },
  rectifying: { 1: 40, 2: 32, 4: 22, 10: 6 },
  rechecking: { 0: 42, 1: 50, 3: 8 },
  objection: { 1: 60, 3: 40 },
};

const msPerDay = 86_400_000;

/** What this finding's story is: 18 % false alarms, 12 % not confirmed, the rest confirmed (domain.md §5.5). */
type Fate = 'false_alarm' | 'not_confirmed' | 'confirmed';

/**
 * Drives the open findings on through the loop, one evening's work, by the same verbs as the screens and each by
 * somebody who may. What the loop refuses is left as it is: refusals are part of the story.
 */
export async function drive(runtime: Runtime, registry: Registry, city: City, evening: Date): Promise<number> {
  return inUnitOfWork(
    runtime,
    teller,
    async (uow) => {
      const open = await uow.sql<Open>(
        `SELECT id, rule, subject_id, subject_type, occurrence, state, state_at, unit_id, person_id, severity, department, explained, verdict, judge_id, duty_verdict, raised_at, level, self_correct_until, returns
       FROM finding WHERE state IN ('screening', 'issued', 'explaining', 'judging', 'rectifying', 'rechecking', 'objection') AND origin = 'rule' ORDER BY raised_at, id`,
      );
      const queues = open.flatMap((finding) => {
        const acts = isShown(city, finding.subject_id) ? [] : actsTonight(city, finding, evening);
        return acts.length > 0 ? [{ finding, acts }] : [];
      });
      return actInRounds(uow, registry, queues);
    },
    { as: 'engine' },
  );
}

/** The first act of every finding, then the second of those that went well, and so on: one batch for each round. */
async function actInRounds(
  uow: UnitOfWork,
  registry: Registry,
  queues: { finding: Open; acts: Wanted[] }[],
): Promise<number> {
  let done = 0;
  let going = queues;
  for (let round = 0; going.length > 0; round += 1) {
    const batch = going.flatMap((one) => {
      const act = one.acts[round];
      return act ? [{ one, act }] : [];
    });
    const results = await performAll(
      uow,
      registry,
      batch.map(({ one, act: [verb, person, facts] }) => ({ id: one.finding.id, verb, facts, actor: actorOf(person) })),
    );
    going = batch.flatMap(({ one, act: [verb] }, i) => {
      const result = results[i];
      if (!(result instanceof Problem)) return [one];
      refused.set(`${verb} ${result.code}`, (refused.get(`${verb} ${result.code}`) ?? 0) + 1);
      return [];
    });
    done += going.length;
  }
  return done;
}

/** What is done about a finding tonight, when it has waited long enough. */
function actsTonight(city: City, finding: Open, evening: Date): Wanted[] {
  const chance = city.chance(`loop/${finding.rule}/${finding.subject_id}/${finding.occurrence}`);
  const fate: Fate = chance.at('fate').weighted({ false_alarm: 18, not_confirmed: 12, confirmed: 70 });
  const unit = demoUnits.find((one) => one.id === finding.unit_id) ?? demoUnits[0];
  const wait = waits[finding.state];
  if (!unit || !wait) return [];
  const days = Number(chance.at(`wait ${finding.state} ${finding.returns ?? 0}`).weighted(wait));
  return dayOf(evening) - dayOf(finding.state_at) < days ? [] : actsOf(city, finding, unit, fate, evening);
}

type Wanted = [verb: Verb, person: DemoPerson, facts: Record<string, unknown>];

function actsOf(city: City, finding: Open, unit: DemoUnit, fate: Fate, evening: Date): Wanted[] {
  const chance = city.chance(`acts/${finding.rule}/${finding.subject_id}/${finding.occurrence}/${finding.state}`);
  const manager = city.withRole('case-management-officer', unit);
  const legalOfficer =
    unit.kind === 'station'
      ? city.withRole('unit-legal-officer', unit)
      : city.withRole('unit-legal-officer', demoUnits.find((one) => one.id === 16) ?? unit);
  const head = city.withRole('unit-head', unit);
  const reviewer =
    finding.department === 'inspection' ? city.withRole('inspector', unit) : city.withRole('legal-reviewer', unit);
  // who answers for a matter of nobody's belongs to the unit
  const ofUnit = [legalOfficer, ...city.people].find((one) => one.unit === unit.id) ?? legalOfficer;
  const named = city.people.find((one) => one.id === finding.person_id) ?? legalOfficer;
  switch (finding.state) {
    case 'screening': {
      if (
        finding.severity === 'flaw' &&
        finding.self_correct_until &&
        finding.self_correct_until >= evening &&
        chance.yes(0.25)
      ) {
        return [
          [
            'self_correct',
            legalOfficer,
            { rectifiedHow: ['reminder'], rectification: '已自查发现并当场纠正,对相关人员进行提醒。' },
          ],
        ];
      }
      if (fate === 'false_alarm' && chance.yes(0.5))
        return [
          [
            'screen',
            manager,
            { screening: 'false_alarm', screenOpinion: '经核对原始数据,系设备绑定错误或者对接延迟造成。' },
          ],
        ];
      return [
        ['screen', manager, { screening: 'suspected' }],
        ['issue', manager, {}],
      ];
    }
    case 'issued':
      return [
        ['acknowledge', legalOfficer, {}],
        ...(finding.person_id === null ? [['assign', legalOfficer, { person: ofUnit.id }] as Wanted] : []),
      ];
    case 'explaining':
      return [
        ...(finding.explained
          ? []
          : [
              [
                'explain',
                named,
                explanationOf(
                  fate,
                  chance.pick([
                    '事发时警力紧张,已安排补办。',
                    '因同时处置多起警情,未能及时办理。',
                    '交接班衔接不及时,已提醒。',
                  ]),
                ),
              ] as Wanted,
            ]),
        // what the head has explained himself goes to a leader of the bureau
        [
          'sign_off',
          named.id === head.id ? city.withRole('bureau-leader', unit) : head,
          { signOffOpinion: '情况属实,同意上报。' },
        ],
      ];
    case 'judging':
      return [
        [
          'judge',
          reviewer,
          fate === 'confirmed'
            ? {
                verdict: chance.yes(0.12) ? 'partly' : 'confirmed',
                opinion: '经核查,问题成立,请限期整改。',
                rectifyHow: [finding.duty_verdict === 'overdue' ? 'on_spot' : 'reminder'],
                rootCause: chance.weighted({ awareness: 34, skill: 16, workload: 26, equipment: 10, procedure: 14 }),
              }
            : {
                verdict: fate,
                opinion: fate === 'false_alarm' ? '经核查,系数据问题,不计入考评。' : '说明理由充分,问题不成立。',
              },
        ],
      ];
    case 'rectifying':
      return rectify(city, finding, unit, evening, legalOfficer, chance.yes(0.05));
    case 'objection':
      return objection(city, finding, unit, chance.yes(0.34));
    case 'rechecking':
      return chance.yes(0.92) || finding.verdict === null
        ? [
            ['recheck', manager, { recheckPassed: true, recheckOpinion: '经复查,整改到位。' }],
            ['close', manager, { closeOpinion: '同意销号。' }],
          ]
        : [['recheck', manager, { recheckPassed: false, recheckOpinion: '整改材料不完整,请补充。' }]];
    default:
      return [];
  }
}

/** A duty that is still undone waits for its deed; what waits long is supervised, then listed. */
function rectify(
  city: City,
  finding: Open,
  unit: DemoUnit,
  evening: Date,
  legalOfficer: DemoPerson,
  objects: boolean,
): Wanted[] {
  const age = (evening.getTime() - finding.state_at.getTime()) / msPerDay;
  const legalHead = city.withRole('legal-head', unit);
  if (finding.duty_verdict === 'overdue' && age < 9) return [];
  if (age > 9 && finding.level === null && finding.severity !== 'flaw')
    return [['supervise', legalHead, { escalationNote: '请于三日内报告整改情况。' }]];
  if (objects && finding.judge_id !== null && finding.level === null)
    return [['object', legalOfficer, { objection: '认定所依据的时间与实际不符,请予复核。' }]];
  return [
    [
      'rectify',
      legalOfficer,
      {
        rectifiedHow: ['reminder', 'on_spot'],
        rectification: '已组织学习相关规定,责任民警作出检讨,并完善交接班提醒制度。',
      },
    ],
  ];
}

/** Re-reviewed by somebody else than whoever judged it; a third succeeds. */
function objection(city: City, finding: Open, unit: DemoUnit, succeeds: boolean): Wanted[] {
  const other = city.people.find((person) => person.roles.includes('legal-reviewer') && person.id !== finding.judge_id);
  if (!other) return [];
  return [
    ['name_reviewer', city.withRole('legal-head', unit), { reviewer: other.id }],
    [
      're_review',
      other,
      {
        reReview: succeeds ? 'overturned' : 'upheld',
        reReviewOpinion: succeeds ? '经复核,异议成立,撤销原认定。' : '经复核,原认定事实清楚,予以维持。',
      },
    ],
  ];
}

const explanationOf = (fate: Fate, excuse: string): Record<string, unknown> =>
  fate === 'false_alarm'
    ? { explanationReason: 'wrong_data', explanation: '系统数据与实际不符,附相关材料。' }
    : fate === 'not_confirmed'
      ? { explanationReason: 'equipment', explanation: '执法记录仪故障,已于当日报修,附报修单。' }
      : { explanationReason: 'oversight', explanation: excuse };

const refused = new Map<string, number>();

function actorOf(person: DemoPerson): Actor {
  const unit = demoUnits.find((one) => one.id === person.unit);
  return {
    personId: person.id,
    name: person.name,
    unitId: person.unit,
    unitName: unit?.name ?? '',
    role: person.roles[0] ?? '',
    roles: person.roles,
  };
}

/** What the loop refused the drivers, and how often: told by the command, watched by the developers. */
export const refusals = (): Record<string, number> => Object.fromEntries(refused);
