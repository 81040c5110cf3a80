import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { chineseCalendar, type Limit, type LimitUnit, type Pause } from '../../server/kernel/calendar.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { approverLevels } from '../../server/subjects/levels.ts';
import { slowDue } from '../kernel/calendar-reference.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { compiled } from './rule-text.ts';
import { twice } from './twice.ts';
import { populate, registry } from './world.ts';

const runs = Number(process.env['EXTENSION_RUNS'] ?? 60);
const stays = new URL('../../audit-rules/stay/', import.meta.url);
const hour = 3_600_000;
const ranks = Object.keys(approverLevels);

interface Approval {
  at: Date | null;
  level: string | null;
}

/** The law, slowly: approvals one after another, each counts while it comes by the due time reached so far. */
function reference(
  opened: Date,
  limit: Limit,
  by: number,
  times: number,
  approvals: readonly Approval[],
  pauses: readonly Pause[],
  rolls: boolean,
): Date | null {
  const due = (n: number) => slowDue(opened, { ...limit, n }, chineseCalendar, { pauses, rolls });
  const valid = approvals
    .filter(({ at, level }) => at !== null && level !== null && ranks.indexOf(level) >= ranks.indexOf('county'))
    .map(({ at }) => at!.getTime())
    .sort((a, b) => a - b);
  let n = limit.n;
  for (let counted = 0; counted < times; counted += 1) {
    const next = valid.shift();
    const reached = due(n);
    if (next === undefined || (reached !== null && next > reached.getTime())) break;
    n += by;
  }
  return due(n);
}

describe('Extensions and pauses', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(populate);
  });
  after(() => db.drop());
  const { judged } = twice(() => db);
  const local = (at: Date): string => new Date(at.getTime() + 8 * hour).toISOString().slice(0, 23).replace('T', ' ');

  const instant = (from: Date) =>
    fc
      .tuple(fc.integer({ min: -48, max: 1200 }), fc.constantFrom(0, 0, 1, -1))
      .map(([hours, ms]) => new Date(from.getTime() + hours * hour + ms));

  it(`move the due time as a slow walk says, in SQL and in memory (${runs} histories)`, async function () {
    this.timeout(120_000);
    let [moved, stopped] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<LimitUnit>('h', 'd', 'wd', 'mo'),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        fc.constantFrom('2026-02-10T02:00:00Z', '2025-12-30T15:59:59.999Z', '2026-09-27T16:00:00Z'),
        fc.gen(),
        async (unit, times, by, rolls, from, g) => {
          const opened = new Date(from);
          const n = { m: 1, h: 72, d: 3, wd: 2, mo: 1 }[unit];
          const draw = (): Date => g(() => instant(opened));
          const some = (max: number): number => g(() => fc.integer({ min: 0, max }));
          // now and then to the very millisecond of what was reached so far
          const edge = slowDue(opened, { n, unit }, chineseCalendar, { rolls })!;
          const approvals = Array.from({ length: some(4) }, (): Approval => {
            const at = some(3) === 0 ? new Date(edge.getTime() + some(1)) : some(9) === 0 ? null : draw();
            return {
              at,
              level: some(9) === 0 ? null : g(() => fc.constantFrom('station', 'county', 'county', 'city')),
            };
          });
          const pauses = Array.from({ length: some(3) }, (): Pause => {
            const start = some(9) === 0 ? null : draw();
            return { from: start, to: some(9) === 0 ? null : draw() };
          });
          const rule = compiled({
            subject: 'case',
            opens: 'case.filedAt',
            met: 'case.decidedAt',
            within: `${n}${unit}`,
            rolls: String(rolls),
            pauses: 'case.suspensions',
            extends: `{ with: case.extensions, by: ${by}${unit}, times: ${times}, if: "level(x.level) >= level('county')" }`,
          });
          const given = {
            filedAt: local(opened),
            extensions: approvals.map(({ at, level }) => ({
              ...(at && { approvedAt: local(at) }),
              ...(level && { level }),
            })),
            suspensions: pauses.map(({ from: start, to }) => ({
              ...(start && { startedAt: local(start) }),
              ...(to && { endedAt: local(to) }),
            })),
          };
          const [duty] = await judged(rule, given);
          const wanted = reference(opened, { n, unit }, by, times, approvals, pauses, rolls);
          expect(duty?.dueAt?.toISOString() ?? null, JSON.stringify(given)).to.equal(wanted?.toISOString() ?? null);
          if (wanted === null) stopped += 1;
          else if (wanted.getTime() !== edge.getTime()) moved += 1;
        },
      ),
      {
        numRuns: runs,
        endOnFailure: true,
        seed: Number(process.env['PROPERTY_SEED'] ?? 20261124),
      },
    );
    expect(moved).to.be.above(runs / 10);
    expect(stopped).to.be.above(0);
  });

  it(`lengthen questioning step by step, 12 to 24 to 48 hours and never at one go (${runs} histories)`, async function () {
    this.timeout(120_000);
    const text = readFileSync(new URL('PER-06a-continued.yml', stays), 'utf8');
    const rule = compileRule({ file: 'PER-06a.yml', text }, registry);
    const opened = new Date('2026-03-03T01:00:00Z');
    const seen = new Set<number>();
    const moment = fc
      .tuple(fc.constantFrom(1, 11, 12, 12, 13, 23, 24, 24, 25), fc.constantFrom(0, 0, 1, -1))
      .map(([hours, ms]) => opened.getTime() + hours * hour + ms);
    const approval = fc.record({ hours: fc.constantFrom(24, 24, 48), level: fc.constantFrom(...ranks), at: moment });
    await fc.assert(
      fc.asyncProperty(fc.array(approval, { maxLength: 5 }), async (approvals) => {
        const [duty] = await judged(rule, {
          basis: 'continued_questioning',
          arrivedAt: local(opened),
          extensions: approvals.map(({ hours, level, at }) => ({ hours, level, approvedAt: local(new Date(at)) })),
        });
        let reached = 12;
        for (const [to, least] of [
          [24, 'duty_county'],
          [48, 'county'],
        ] as const) {
          const given = approvals.some(
            ({ hours, level, at }) =>
              hours === to && ranks.indexOf(level) >= ranks.indexOf(least) && at <= opened.getTime() + reached * hour,
          );
          if (!given) break;
          reached = to;
        }
        seen.add(reached);
        expect(duty?.dueAt?.getTime(), JSON.stringify(approvals)).to.equal(opened.getTime() + reached * hour);
      }),
      {
        numRuns: runs,
        endOnFailure: true,
        seed: Number(process.env['PROPERTY_SEED'] ?? 20261124),
      },
    );
    expect([...seen].sort()).to.deep.equal([12, 24, 48]);
  });
});
