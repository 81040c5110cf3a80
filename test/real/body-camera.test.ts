import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { demandData, openWorld, skipped, type World } from './world.ts';

const files = { hr: 'hr.csv', shifts: 'shift_2019-04-01_07.csv', clips: 'footage_2019-04-01_07.csv' };

/** Numbers that are no verdicts. What the source says of an employee who is not on the roster stands in its row. */
const facts = `
  SELECT
    (SELECT count(*) FROM recording) AS clips,
    (SELECT count(*) FROM shift) AS shifts,
    (SELECT count(*) FROM recording WHERE wearer_id IS NULL AND source_row->'columns'->>'Employee_ID' IS NULL) AS clips_no_employee,
    (SELECT count(DISTINCT source_row->'columns'->>'Employee_ID') FROM recording WHERE wearer_id IS NULL) AS clip_ids_not_in_hr,
    (SELECT count(*) FROM recording c
      WHERE (wearer_id IS NOT NULL OR source_row->'columns'->>'Employee_ID' IS NOT NULL)
        AND NOT EXISTS (SELECT FROM link l WHERE l.relation = 3 AND l.their_id = c.id)) AS clips_overlapping_no_shift_of_employee,
    (SELECT count(DISTINCT a.wearer_id) FROM recording a JOIN recording b ON b.wearer_id = a.wearer_id AND b.device > a.device
        AND b.started_at < a.ended_at AND a.started_at < b.ended_at) AS employees_with_truly_overlapping_clips_on_two_cameras`;

describe(`the body cameras of an agency${skipped('body_camera')}`, function () {
  this.timeout(600_000);
  let world: World;
  let reference: Record<string, number>;

  before(async function () {
    const folder = demandData('body_camera', this);
    reference = JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8'));
    world = await openWorld('body_camera');
  });
  after(() => world?.close());

  const numbers = async (): Promise<Record<string, number>> => {
    const [row] = await world.sql<Record<string, number>>(facts);
    const stored = await world.stored();
    return { ...row, shifts_without_any_clip: stored['RBW-01']?.['overdue'] ?? 0 };
  };
  const everything = async () => ({
    numbers: await numbers(),
    stored: await world.stored('unit'),
    counts: await world.sql('SELECT (SELECT count(*) FROM step) AS steps, (SELECT count(*) FROM link) AS links'),
    rows: await world.sql(
      `SELECT (SELECT md5(string_agg(s::text, '' ORDER BY id)) FROM shift s), (SELECT md5(string_agg(r::text, '' ORDER BY id)) FROM recording r)`,
    ),
  });

  it('imports the roster, the shifts and the clips', async () => {
    expect(await world.load('units.yml', files.hr)).to.include({ rows: 2813, in: 10, wrong: 0 });
    expect(await world.load('people.yml', files.hr)).to.include({ rows: 2813, in: 2813, wrong: 0 });
    expect(await world.load('shifts.yml', files.shifts)).to.include({ rows: 4217, in: 4217, wrong: 0 });
    expect(await world.load('clips.yml', files.clips)).to.include({ rows: 19_504, in: 19_504, wrong: 0 });
  });

  it('gives the reference numbers', async () => {
    expect(await numbers()).to.deep.equal(reference);
  });

  it('keeps clips of no length: an open interval can still lie within a shift', async () => {
    const [row] = await world.sql<{ empty: number; linked: number }>(
      `SELECT count(*) AS empty, count(*) FILTER (WHERE EXISTS (SELECT FROM link l WHERE l.relation = 3 AND l.their_id = r.id)) AS linked
       FROM recording r WHERE ended_at = started_at`,
    );
    expect(row?.empty).to.equal(210);
    expect(row?.linked).to.be.greaterThan(0);
  });

  it('demands no footage of time off', async () => {
    const [row] = await world.sql<{ off: number; bare: number }>(
      `SELECT count(*) AS off, count(*) FILTER (WHERE NOT EXISTS (SELECT FROM link l WHERE l.relation = 3 AND l.own_id = s.id)) AS bare FROM shift s WHERE kind = 'time_off'`,
    );
    const [any, owed] = await world.counted();

    expect(row?.off).to.equal(134);
    expect(owed?.obligations).to.equal(4217 - 134);
    expect(owed?.verdicts.overdue).to.equal((any?.verdicts.overdue ?? 0) - (row?.bare ?? 0));
  });

  it('reads shifts to the millisecond in the zone of the agency', async () => {
    const [shift] = await world.sql<{ started_at: Date; ended_at: Date }>(
      `SELECT * FROM shift WHERE number = 'C050010'`,
    );

    expect(shift?.started_at).to.deep.equal(new Date('2019-04-01T06:59:59.999-05:00'));
    expect(shift?.ended_at).to.deep.equal(new Date('2019-04-01T15:29:59.998-05:00'));
  });

  it('judges on change as it does over everything, whichever of shift and clip comes first', async () => {
    const stored = await world.stored();

    for (const { rule, verdicts } of await world.counted())
      expect(stored[rule]).to.deep.equal(Object.fromEntries(Object.entries(verdicts).filter(([, n]) => n > 0)));
  });

  it('changes nothing when it runs a second time', async () => {
    const first = await everything();
    expect(await world.load('people.yml', files.hr)).to.include({ in: 0, known: 2813 });
    expect(await world.load('shifts.yml', files.shifts)).to.include({ in: 0, known: 4217 });
    expect(await world.load('clips.yml', files.clips)).to.include({ in: 0, known: 19_504 });
    expect(await everything()).to.deep.equal(first);
  });

  it('leaves a ledger that verifies', async () => {
    expect(await world.ledgerIsClean()).to.equal(true);
  });
});
