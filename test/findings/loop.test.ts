import { expect } from 'chai';
import { abilitiesOf, perform } from '../../server/findings/loop.ts';
import { markFactsChanged, raise } from '../../server/findings/raise.ts';
import { noOccurrence } from '../../server/kernel/id.ts';
import { actorOf, idOf, lead, openWorld, registry, system, type World } from './world.ts';

describe('the closed loop of a finding', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  beforeEach(() => world.clock.set('2026-11-23T01:00:00Z'));
  after(() => world.db.drop());

  it('leads from the hit to the closed finding, each act by the one whose turn it is', async () => {
    const id = await world.hit();
    const raised = await world.read(id);
    expect(raised.finding).to.include({
      state: 'screening',
      origin: 'rule',
      rule: 'PRO-03',
      severity: 'ordinary',
      department: 'legal',
      person: 1,
      unit: 16,
    });
    expect(raised.finding.number).to.match(/^WT-990102-202611-\d{5}$/);
    expect(raised.finding.subjectNumber).to.match(/^WH-涉财/);

    await lead(world, id, 'closed');

    const { finding, version } = await world.read(id);
    expect(finding).to.include({
      state: 'closed',
      verdict: 'confirmed',
      closure: 'rectified',
      judge: idOf('reviewer'),
      dueAt: null,
    });
    for (const milestone of [
      'raisedAt',
      'screenedAt',
      'issuedAt',
      'acknowledgedAt',
      'assignedAt',
      'explainedAt',
      'signedOffAt',
      'judgedAt',
      'rectifiedAt',
      'recheckedAt',
      'closedAt',
    ] as const) {
      expect(finding[milestone], milestone).to.equal(world.clock.now().toISOString());
    }
    const steps = await world.rows<{ person_name: string }>(
      'SELECT person_name FROM step WHERE subject_id = $1 ORDER BY seq',
      [id],
    );
    expect(steps.map((step) => step.person_name)).to.deep.equal([
      '系统',
      '陈静',
      '陈静',
      '王芳',
      '赵刚',
      '张建国',
      '赵刚',
      '刘伟',
      '张建国',
      '陈静',
      '陈静',
    ]);
    expect(version).to.equal(steps.length);
  });

  it('gives an ordinary issue seven days and a serious one fifteen', async () => {
    const ordinary = await world.hit();
    await lead(world, ordinary, 'rectifying');
    expect((await world.read(ordinary)).finding).to.include({
      rectifyDueAt: '2026-11-30T15:59:59.999Z',
      dueAt: '2026-11-30T15:59:59.999Z',
    });

    const serious = await world.hit({ severity: 3 });
    await lead(world, serious, 'rectifying');
    expect((await world.read(serious)).finding.rectifyDueAt).to.equal('2026-12-08T15:59:59.999Z');
  });

  it('never takes a status, a milestone or a verdict that the verb does not ask for', async () => {
    const id = await world.hit();
    for (const facts of [
      { state: 'closed' },
      { closedAt: '2026-11-01T00:00:00Z' },
      { verdict: 'not_confirmed' },
      { number: 'X' },
    ]) {
      const problem = await world.refused(world.act('manager', id, 'screen', { screening: 'suspected', ...facts }));
      expect(problem.code).to.equal('finding.bad-input');
    }
    expect((await world.read(id)).finding.state).to.equal('screening');
  });

  it('refuses a role, a station and a stale version in words', async () => {
    const id = await world.hit();
    expect((await world.refused(world.act('officer', id, 'screen', { screening: 'suspected' }))).code).to.equal(
      'finding.not-your-role',
    );
    expect((await world.refused(world.act('manager', id, 'close'))).zh).to.equal('问题处于“待核查”，不能“销号”');
    expect((await world.refused(world.act('manager', id, 'issue'))).code).to.equal('finding.not-screened');
    await world.act('manager', id, 'screen', { screening: 'suspected' });
    const problem = await world.refused(
      world.as(actorOf('manager'), (uow) => perform(uow, registry, { id, verb: 'issue', version: 1 })),
    );
    expect(problem.code).to.equal('finding.stale');
    expect(problem.extra).to.have.nested.property('current.screening', 'suspected');
  });

  it('lets only the responsible officer explain, once, in at most five hundred characters', async () => {
    const id = await world.hit();
    await lead(world, id, 'named');
    const facts = { explanationReason: 'equipment', explanation: '记录仪电池故障' };
    expect((await world.refused(world.act('other', id, 'explain', facts))).code).to.equal('finding.not-responsible');
    expect((await world.refused(world.act('head', id, 'sign_off'))).code).to.equal('finding.not-explained');
    expect(
      (await world.refused(world.act('officer', id, 'explain', { ...facts, explanation: '长'.repeat(501) })))
        .fields?.[0]?.path,
    ).to.equal('facts.explanation');
    expect(
      (
        await world.refused(
          world.act('officer', id, 'explain', {
            ...facts,
            explanationFiles: { files: ['00000000-0000-7000-8000-000000000001'] },
          }),
        )
      ).code,
    ).to.equal('finding.bad-explanation-files');
    await world.act('officer', id, 'explain', { ...facts, explanationPrivate: true });
    expect((await world.refused(world.act('officer', id, 'explain', facts))).code).to.equal(
      'finding.already-explained',
    );
  });

  it('goes back to any earlier station with a reason, and a unit head returns the explanation only', async () => {
    const id = await world.hit();
    await lead(world, id, 'explained');
    await world.act('head', id, 'return', { returnedTo: 'explaining', returnReason: '请写明时间' });
    expect((await world.read(id)).finding).to.include({ state: 'explaining', explained: false, returns: 1 });
    expect(
      (await world.refused(world.act('head', id, 'return', { returnedTo: 'screening', returnReason: '不同意' }))).code,
    ).to.equal('finding.return-too-far');
    await world.act('officer', id, 'explain', { explanationReason: 'other', explanation: '补充说明' });
    await world.act('head', id, 'sign_off');
    expect(
      (await world.refused(world.act('reviewer', id, 'return', { returnedTo: 'rectifying', returnReason: '向前' })))
        .code,
    ).to.equal('finding.return-target');
    await world.act('reviewer', id, 'return', { returnedTo: 'issued', returnReason: '说明不完整' });
    expect((await world.read(id)).finding).to.include({
      state: 'issued',
      explained: false,
      returns: 2,
      signedOffAt: world.clock.now().toISOString(),
    });
  });

  it('lets the unit correct a flaw itself before it is issued: it gets no verdict and is closed as self-corrected', async () => {
    const id = await world.hit({ severity: 1 });
    await world.act('officer', id, 'self_correct', { rectifiedHow: ['on_spot'], rectification: '已补充关联' });
    await world.act('manager', id, 'recheck', { recheckPassed: true });
    await world.act('manager', id, 'close', { closeOpinion: '已核实' });
    const { finding } = await world.read(id);
    expect(finding).to.include({ state: 'closed', closure: 'self_corrected', verdict: null });
    expect(finding.screenedAt).to.equal(finding.selfCorrectedAt);

    const late = await world.hit({ severity: 1 });
    world.clock.pass(25 * 3_600_000);
    expect(
      (
        await world.refused(
          world.act('officer', late, 'self_correct', { rectifiedHow: ['on_spot'], rectification: '已补充' }),
        )
      ).code,
    ).to.equal('finding.window-closed');
    const ordinary = await world.hit();
    expect(
      (
        await world.refused(
          world.act('officer', ordinary, 'self_correct', { rectifiedHow: ['on_spot'], rectification: '已补充' }),
        )
      ).code,
    ).to.equal('finding.not-a-flaw');
  });

  it('warns against back-dating whoever completes papers', async () => {
    const id = await world.hit();
    await lead(world, id, 'rectifying');
    const problem = await world.refused(
      world.act('officer', id, 'rectify', { rectifiedHow: ['supplement'], rectification: '已补正' }),
    );
    expect(problem.code).to.equal('finding.back-dating');
    expect(problem.zh).to.contain('严禁倒签');
  });

  it('excuses the duty when the issue is not confirmed, and takes the excuse back when it is taken up again', async () => {
    const subjectId = await world.item();
    const id = await world.hit({ subjectId });
    await lead(world, id, 'judging');
    world.changed.length = 0;
    await world.act('reviewer', id, 'judge', {
      verdict: 'not_confirmed',
      opinion: '装备故障，说明成立',
      rectifyHow: ['reminder'],
    });

    expect((await world.read(id)).finding).to.include({
      state: 'dismissed',
      verdict: 'not_confirmed',
      rectifyDueAt: null,
    });
    expect(
      await world.rows('SELECT rule_id, finding_id, reason FROM excuse WHERE subject_id = $1', [subjectId]),
    ).to.deep.equal([{ rule_id: 1, finding_id: id, reason: '认定问题不成立' }]);
    expect(world.changed).to.include(`item ${subjectId}`);

    await world.act('legalHead', id, 'reopen', { returnedTo: 'judging', returnReason: '发现新材料' });
    expect(await world.rows('SELECT 1 FROM excuse WHERE subject_id = $1', [subjectId])).to.have.length(0);
  });

  it('counts a false alarm against the rule: it is excused at the screening already', async () => {
    const subjectId = await world.item();
    const id = await world.hit({ subjectId });
    await world.act('manager', id, 'screen', { screening: 'false_alarm', screenOpinion: '系统未接收入库数据' });
    expect((await world.read(id)).finding).to.include({ state: 'false_alarm', verdict: 'false_alarm' });
    expect(await world.rows('SELECT reason FROM excuse WHERE subject_id = $1', [subjectId])).to.deep.equal([
      { reason: '认定误报' },
    ]);
  });

  it('gives an objection within three days to another reviewer', async () => {
    const id = await world.hit();
    await lead(world, id, 'rectifying');
    world.clock.set('2026-11-26T15:59:00Z');
    await world.act('head', id, 'object', { objection: '现场情况紧急，请求复核' });
    expect(
      (await world.refused(world.act('reviewer', id, 're_review', { reReview: 'upheld', reReviewOpinion: '维持' })))
        .code,
    ).to.equal('finding.same-reviewer');
    expect(
      (await world.refused(world.act('legalHead', id, 'name_reviewer', { reviewer: idOf('reviewer') }))).code,
    ).to.equal('finding.bad-reviewer');
    await world.act('legalHead', id, 'name_reviewer', { reviewer: idOf('elsewhere') });
    expect(
      (await world.refused(world.act('second', id, 're_review', { reReview: 'upheld', reReviewOpinion: '维持' }))).code,
    ).to.equal('finding.other-reviewer');
    await world.act('elsewhere', id, 're_review', {
      reReview: 'overturned',
      reReviewOpinion: '情况紧急属实，撤销原认定',
    });
    expect((await world.read(id)).finding).to.include({
      state: 'dismissed',
      verdict: 'not_confirmed',
      reReview: 'overturned',
    });
    expect(await world.rows('SELECT 1 FROM excuse WHERE finding_id = $1', [id])).to.have.length(1);
  });

  it('hears no objection on the fourth day, and an upheld verdict goes on where it was', async () => {
    const late = await world.hit();
    await lead(world, late, 'rectifying');
    world.clock.set('2026-11-26T16:00:00Z');
    expect((await world.refused(world.act('officer', late, 'object', { objection: '有异议' }))).code).to.equal(
      'finding.objection-late',
    );

    world.clock.set('2026-11-23T01:00:00Z');
    const id = await world.hit();
    await lead(world, id, 'rechecking');
    await world.act('officer', id, 'object', { objection: '有异议' });
    await world.act('second', id, 're_review', { reReview: 'upheld', reReviewOpinion: '原认定事实清楚' });
    expect((await world.read(id)).finding).to.include({ state: 'rechecking', verdict: 'confirmed' });
    expect((await world.refused(world.act('officer', id, 'object', { objection: '再次异议' }))).code).to.equal(
      'finding.re-reviewed',
    );
  });

  it('is never withdrawn by a change of facts: it is marked, and the unit head confirms', async () => {
    const subjectId = await world.item();
    const id = await world.hit({ subjectId });
    const due = new Date('2026-11-22T01:00:00Z');
    await world.as(system, (uow) =>
      markFactsChanged(uow, registry, [
        {
          ruleId: 1,
          subjectId,
          occurrence: noOccurrence,
          before: { verdict: 4, dueAt: due, metAt: null },
          after: { verdict: 2, dueAt: due, metAt: due },
        },
      ]),
    );
    const { finding } = await world.read(id);
    expect(finding).to.include({ state: 'screening' });
    expect(finding.factsChange).to.have.nested.property('after.verdict', 2);
    await world.act('head', id, 'confirm_facts', { factsConfirmation: '移交时间登记有误，已核实' });
    expect((await world.refused(world.act('head', id, 'confirm_facts', { factsConfirmation: '再次' }))).code).to.equal(
      'finding.facts-unchanged',
    );
  });

  it('raises each hit once, and one finding for one event', async () => {
    const subjectId = await world.item();
    const rule = (id: number, code: string, absorbs: string[] = []) => ({
      id,
      code,
      versionId: id,
      version: 1,
      title: { zh: code, en: code },
      absorbs,
    });
    const [first] = [await world.hit({ subjectId, rule: rule(3, 'BWC-02') })];
    expect(await world.hit({ subjectId, rule: rule(3, 'BWC-02') })).to.equal('');
    const whole = await world.hit({ subjectId, rule: rule(2, 'BWC-01', ['BWC-02']) });
    expect((await world.read(first)).finding).to.include({ state: 'merged', mergedInto: whole });
    expect((await world.read(whole)).finding.department).to.equal('inspection');

    const another = await world.item();
    const base = {
      subjectType: 'item',
      subjectId: another,
      occurrence: noOccurrence,
      unitId: 16,
      personId: 1,
      openedAt: new Date(0),
      dueAt: null,
      metAt: null,
      verdict: 'late' as const,
      severity: 1,
      sentence: { zh: '甲', en: 'a' },
      snapshot: {},
    };
    const ids = await world.as(system, (uow) =>
      raise(uow, registry, [
        { ...base, rule: rule(3, 'BWC-02') },
        { ...base, rule: rule(2, 'BWC-01', ['BWC-02']) },
      ]),
    );
    expect(ids).to.have.length(1);
    expect((await world.read(ids[0] ?? '')).finding.rule).to.equal('BWC-01');
  });

  it('raises nothing while an exception holds, and excuses the duty instead', async () => {
    const rule = { id: 2, code: 'BWC-01', versionId: 2, version: 1, title: { zh: '未开机', en: 'Off' }, absorbs: [] };
    const id = await world.hit({ rule });
    await lead(world, id, 'judging');
    await world.act('reviewer', id, 'judge', { verdict: 'not_confirmed', opinion: '保管场所改造，暂无法入库' });
    await world.act('legalHead', id, 'grant_exception', {
      exceptionScope: 'unit',
      exceptionUntil: '2026-12-01T00:00:00Z',
      exceptionReason: '保管室改造',
      exceptionOwner: idOf('head'),
    });
    const subjectId = await world.item();
    expect(await world.hit({ subjectId, rule, dueAt: world.clock.now() })).to.equal('');
    expect(await world.rows('SELECT reason FROM excuse WHERE subject_id = $1', [subjectId])).to.deep.equal([
      { reason: '保管室改造' },
    ]);
    world.clock.set('2026-12-02T00:00:00Z');
    expect(await world.hit({ rule, dueAt: new Date('2026-11-30T23:59:00Z') }), 'found late, due in time').to.equal('');
    expect(await world.hit({ rule, dueAt: world.clock.now() })).to.not.equal('');
  });

  it('takes a watched finding up again when the same is broken once more in the unit', async () => {
    const rule = { id: 3, code: 'BWC-02', versionId: 3, version: 1, title: { zh: '缺录', en: 'Gap' }, absorbs: [] };
    const id = await world.hit({ rule });
    await lead(world, id, 'rechecked');
    await world.act('manager', id, 'close', { closeOpinion: '已整改', watchUntil: '2026-12-23' });
    await world.hit();
    expect((await world.read(id)).finding.state).to.equal('closed');
    world.clock.set('2026-12-10T01:00:00Z');
    await world.hit({ rule });
    const { finding } = await world.read(id);
    expect(finding).to.include({ state: 'rectifying', returns: 1, rectifyDueAt: '2026-12-17T15:59:59.999Z' });
    expect(finding.returnReason).to.match(/^回头看期内再次发生同类问题：WT-990102-202612-/);
  });

  it('gives new time to whoever must rectify once more', async () => {
    const id = await world.hit();
    await lead(world, id, 'rechecking');
    world.clock.set('2026-12-10T01:00:00Z');
    await world.act('manager', id, 'recheck', { recheckPassed: false, recheckOpinion: '未见入库' });
    expect((await world.read(id)).finding).to.include({ state: 'rectifying', dueAt: '2026-12-17T15:59:59.999Z' });
  });

  it('shows each person the verbs he may post now', async () => {
    const id = await world.hit({ severity: 1 });
    const of = async (who: Parameters<typeof actorOf>[0]) =>
      world.as(actorOf(who), async (uow) => abilitiesOf(uow, await world.read(id)));
    expect(await of('manager')).to.deep.equal(['screen', 'merge', 'suspend', 'urge']);
    expect(await of('officer')).to.deep.equal(['self_correct']);
    expect(await of('leader')).to.deep.equal(['supervise', 'list']);
  });

  it('escalates upwards only, and comes back to its station after a suspension', async () => {
    const id = await world.hit();
    await lead(world, id, 'explaining');
    await world.act('legalHead', id, 'supervise', { escalationNote: '请于三日内说明' });
    expect((await world.refused(world.act('manager', id, 'urge'))).code).to.equal('finding.level-reached');
    expect((await world.read(id)).finding.paperNumber).to.equal('望公督字〔2026〕1号');
    await world.act('leader', id, 'list');
    await world.act('manager', id, 'suspend', { suspendReason: '民警住院', suspendUntil: '2026-12-01T00:00:00Z' });
    await world.act('manager', id, 'resume');
    expect((await world.read(id)).finding).to.include({ state: 'explaining', level: 'list' });
  });
});
