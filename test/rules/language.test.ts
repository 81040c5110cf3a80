import { expect } from 'chai';
import { didYouMean } from '../../server/rules/errors.ts';
import { compiled, refusal, refused, ruleText } from './rule-text.ts';

/** Line and column of the first mistake, and what the file has there. */
function placeOf(text: string): string {
  const [, line, column] = /^x\.yml:(\d+):(\d+) /.exec(refusal(text)) ?? [];
  return text.split('\n')[Number(line) - 1]!.slice(Number(column) - 1);
}

describe('A mistake in an expression', () => {
  const styles: Record<string, string> = {
    'a plain text': 'alarm.handledAt != null && alarm.prioritx == null',
    'single quotes': "'alarm.priority == ''urgent'' && alarm.prioritx == null'",
    'double quotes': '"alarm.priority == \\"urgent\\" \\u0026\\u0026 alarm.prioritx == null"',
    'double quotes over lines': '"alarm.priority == \\"urgent\\" &&\n  \\\n  alarm.prioritx == null"',
    'a plain text over lines': "alarm.handledAt != null\n  && alarm.topic != 'x' \n\n  && alarm.prioritx == null",
    'a folded block': ">-\n  alarm.priority == 'urgent'\n  && alarm.topic != 'x  y'\n\n  && alarm.prioritx == null",
    'a literal block': "|-\n  alarm.priority == 'urgent'\n    && alarm.prioritx == null",
    'a block with a comment after its mark': ">- # why\n    alarm.priority == 'urgent' &&\n    alarm.prioritx == null",
  };
  for (const [style, when] of Object.entries(styles)) {
    it(`is found where it stands in ${style}`, () => {
      expect(placeOf(ruleText({ when }))).to.match(/^prioritx/);
    });
  }

  it('is found in a sentence, with its place', () => {
    expect(placeOf(ruleText({ says: "\n  zh: '甲{alarm.prioritx}'\n  en: a" }))).to.match(/^prioritx/);
  });

  it('is found behind the name of each and behind the arrow of aggravated', () => {
    expect(placeOf(ruleText({ each: 'd in alarm.dispatchez' }))).to.match(/^dispatchez/);
    expect(placeOf(ruleText({ aggravated: 'alarm.prioritx == null -> serious' }))).to.match(/^prioritx/);
  });

  it('does not hide the other mistakes of the expression', () => {
    const when =
      "alarm.prioritx == 'urgent' && (alarm.dispatches.exists(d, d.arrivedAtt > d.sentAt || d.arrivalSource == 'gps') || alarm.topic < 'b')";
    expect(
      refused({ when: `"${when}"`, met: "'earliest([alarm.handledAtt, alarm.reportedAtt])'" })
        .split('\n')
        .map((line) => line.replace(/^x\.yml:\d+:/, '')),
    ).to.deep.equal([
      '23 there is no fact handledAtt; did you mean handledAt?',
      '41 there is no fact reportedAtt; did you mean reportedAt?',
      '14 there is no fact prioritx; did you mean priority?',
      '68 there is no fact arrivedAtt; did you mean arrivedAt?',
      "112 'gps' is none of its values (terminal, camera, manual)",
      '122 texts have no order; level() orders approval levels',
    ]);
  });

  it('does not hide the other mistakes of the file', () => {
    expect(
      refused({ when: 'alarm.prioritx == null', met: 'alarm.handledAtt', severity: 'grave' }).split('\n'),
    ).to.have.length(3);
  });
});

describe('The language refuses', () => {
  const mistakes: [what: string, when: string, message: string][] = [
    ['a fact that is not declared', 'alarm.prioritx == null', 'there is no fact prioritx; did you mean priority?'],
    ['a name that is not declared', 'alrm.priority == null', 'unknown name alrm; did you mean alarm?'],
    ['what JavaScript would find on every object', 'alarm.constructor == null', 'there is no fact constructor'],
    ['__proto__', 'alarm.__proto__ == null', 'there is no fact __proto__'],
    [
      'a function that does not exist',
      'coverag(alarm.dispatches) > 1',
      'there is no coverag(); did you mean coverage?',
    ],
    [
      'a method that does not exist',
      'alarm.dispatches.exist(o, o.sentAt == null)',
      'there is no exist(); did you mean exists?',
    ],
    ['exists_one', 'alarm.dispatches.exists_one(o, o.sentAt == null)', 'there is no exists_one()'],
    ['matches', "alarm.topic.matches('a')", 'there is no matches()'],
    ['text functions', "alarm.topic.contains('a')", 'there is no contains()'],
    ['string()', "string(alarm.reReports) == '1'", 'there is no string()'],
    ['timestamp()', "alarm.receivedAt > timestamp('2026-01-01T00:00:00Z')", 'there is no timestamp()'],
    ['duration()', "alarm.handledAt - alarm.receivedAt > duration('1h')", 'there is no duration()'],
    ['dyn()', 'dyn(alarm.priority) == null', 'there is no dyn()'],
    ['type()', 'type(alarm) == type(alarm)', ''],
    ['has()', 'has(alarm.typo)', 'has() is not part of the language'],
    ['an index into a list', 'alarm.dispatches[0].sentAt == null', 'only params are read by key'],
    ['division', 'alarm.reReports / 2 > 1', '/ is not part of the rule language'],
    ['a remainder', 'alarm.reReports % 2 == 1', '% is not part of the rule language'],
    ['maps', "{'a': 1}['a'] == 1", ''],
    ['joined texts', "alarm.topic + 'a' == 'b'", 'means nothing here'],
    ['an order of texts', "alarm.topic < 'b'", 'texts have no order'],
    ['another type', 'alarm.reReports == alarm.topic', 'no such overload: int == string'],
    [
      'another option',
      "alarm.priority == 'urgnt'",
      "'urgnt' is none of its values (urgent, normal, consult); did you mean urgent?",
    ],
    ['another option in a list', "alarm.priority in ['urgent', 'norml']", 'did you mean normal?'],
    ['another option before the fact', "'urgnt' != alarm.priority", 'did you mean urgent?'],
    [
      'another option inside a quantifier',
      "alarm.dispatches.exists(d, d.arrivalSource == 'gps')",
      "'gps' is none of its values",
    ],
    [
      'numbers that JavaScript cannot hold',
      'alarm.reReports == 9223372036854775807',
      'a number is at most 9007199254740991',
    ],
    [
      'a name with two meanings',
      'alarm.dispatches.exists(alarm, alarm.sentAt == null)',
      'alarm already means something here',
    ],
    [
      'a name that a quantifier around it uses',
      'alarm.dispatches.exists(d, d.recordings.exists(d, d.startedAt == null))',
      'd already means something here',
    ],
    ['params as a name', 'alarm.dispatches.exists(params, true)', 'params already means something here'],
    ['lists compared', 'alarm.dispatches == alarm.dispatches', 'lists are not compared'],
    [
      'a mapped list where records are wanted',
      'alarm.dispatches.map(d, d.sentAt).size() > 1',
      'goes into in, earliest',
    ],
    ['a mapped list after in', 'alarm.receivedAt in alarm.dispatches.map(d, d.sentAt)', 'goes into earliest'],
    ['an empty list', 'alarm.priority in []', 'this list is empty'],
    ['what is no condition', 'alarm.priority', 'this is a text, not a condition'],
    [
      'a limit without its function',
      'alarm.handledAt - alarm.receivedAt > 24h',
      'inside an expression a limit is written h(24)',
    ],
    ['a duration compared with days', 'alarm.handledAt - alarm.receivedAt > d(3)', 'use after(t, d(…))'],
    ['a limit below nothing', 'alarm.handledAt > after(alarm.receivedAt, h(-1))', 'a limit is at least 1'],
    ['a limit of nothing', 'alarm.handledAt > after(alarm.receivedAt, h(0))', 'a limit is at least 1'],
    ['a limit of ages', 'alarm.handledAt > after(alarm.receivedAt, mo(1201))', 'a limit is at most 1200'],
    ['an unknown parameter', 'alarm.reReports > params.moust', 'there is no fact moust; did you mean most?'],
    [
      'a key that the parameter has not',
      "alarm.handledAt > after(alarm.receivedAt, params.limit['citty'])",
      'params.limit has no citty; did you mean city?',
    ],
    ['a parameter without its key', 'alarm.handledAt > after(alarm.receivedAt, params.limit)', ''],
    [
      'keys that the fact never takes',
      'alarm.handledAt > after(alarm.receivedAt, params.limit[alarm.area])',
      'params.limit has the key city, which this fact never takes',
    ],
    ['levels that do not exist', "alarm.reReports > level('mayor')", 'no level mayor'],
    ['a sum of fractions', 'sum(alarm.dispatches.map(d, 0.5)) > 1.0', 'is not summed'],
    [
      'intervals without their ends',
      'coverage(alarm.dispatches, alarm.receivedAt, alarm.handledAt) > 0.5',
      'intervals are records with startedAt and endedAt',
    ],
    ['comparing null with null', 'null == null', 'this is always the same'],
    ['two nulls to choose from', 'after(alarm.complex ? null : null, h(1)) > alarm.receivedAt', ''],
    ['trees too deep', `${'('.repeat(40)}alarm.complex${')'.repeat(40)}`, 'nested more than 24 deep'],
    [
      'texts too long to be a rule',
      Array.from({ length: 200 }, () => 'alarm.complex').join(' || '),
      'more than 400 parts',
    ],
    [
      'lists too long',
      `alarm.topic in [${Array.from({ length: 65 }, (_, i) => `'${i}'`).join()}]`,
      'at most 64 values',
    ],
    ['a function with the wrong values', 'after(alarm.receivedAt) == null', 'after() is written after(t, h(24))'],
    ['a quantifier without its condition', 'alarm.dispatches.exists(d)', 'exists() is written list.exists(x, …)'],
    ['= for ==', 'alarm.complex = true', 'equal is written =='],
    ['and for &&', 'alarm.complex and alarm.enterprise', 'and is written &&'],
    [
      'an instant and a number',
      'alarm.receivedAt + 3 > alarm.handledAt',
      'an instant + a whole number means nothing here',
    ],
    ['half an expression', 'alarm.complex &&', 'the expression ends too early'],
    ['NUL', '"alarm.topic == \'a\\\\u0000b\'"', 'a text cannot hold NUL'],
  ];
  for (const [what, when, message] of mistakes) {
    it(what, () => {
      const quoted = when.startsWith('"') ? when : `"${when.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
      expect(refused({ when: quoted, params: '{ most: 3, limit: { city: 8m, country: 15m } }' }))
        .to.match(/^x\.yml:\d+:\d+ ./)
        .and.contain(message);
    });
  }
});

describe('An ordering below a negation', () => {
  const doubtful = (when: string): boolean => {
    try {
      compiled({ when: `"${when}"` });
      return false;
    } catch (error) {
      return String(error).includes('may be missing');
    }
  };

  it('is a mistake while its fact may be missing', () => {
    for (const when of [
      '!(alarm.reReports > 1)',
      '!(alarm.handledAt <= alarm.receivedAt)',
      '!(alarm.complex && alarm.reReports > 1)',
      '!alarm.dispatches.exists(d, d.sentAt > alarm.receivedAt)',
      '(alarm.reReports > 1) == false',
      '!(alarm.complex ? alarm.reReports > 1 : false)',
      '!(earliest([alarm.handledAt, alarm.reportedAt]) > alarm.receivedAt)',
      '!(alarm.reReports > alarm.dispatches.size())',
      '!(alarm.reReports != null) && !(alarm.reReports > 1)',
      '(alarm.reReports == null || alarm.complex) && !(alarm.reReports > 1)',
      "alarm.topic != 'a' && !(alarm.reReports > 1)",
    ])
      expect(doubtful(when), when).to.equal(true);
  });

  it('is accepted where the fact is known to be recorded, or nothing is negated', () => {
    for (const when of [
      'alarm.reReports > 1',
      'alarm.reReports != null && !(alarm.reReports > 1)',
      'alarm.reReports == null || !(alarm.reReports > 1)',
      '!(alarm.reReports == null) && !(alarm.reReports > 1)',
      '!(alarm.reReports != null) || !(alarm.reReports > 1)',
      '!(alarm.reReports == null || alarm.complex) && !(alarm.reReports > 1)',
      'alarm.reReports > 2 && !(alarm.reReports > 5)',
      'alarm.reReports == 2 && !(alarm.reReports > 5)',
      'alarm.reReports in [2, 3] && !(alarm.reReports > 5)',
      "!(alarm.priority in ['urgent'])",
      "!(alarm.priority == 'urgent')",
      '!(alarm.dispatches.size() > 1)',
      'alarm.dispatches.all(d, d.sentAt > alarm.receivedAt)',
      'alarm.handledAt != null && !(earliest([alarm.handledAt, alarm.reportedAt]) > after(alarm.handledAt, h(1)))',
    ])
      expect(doubtful(when), when).to.equal(false);
  });

  it('names the fact that may be missing', () => {
    const said = (when: string) => refused({ when: `"${when}"` });
    expect(said('!(earliest([alarm.handledAt, alarm.reportedAt]) > alarm.receivedAt)')).to.contain(
      'x.yml:11:10 alarm.handledAt may be missing',
    );
    expect(
      said('alarm.handledAt != null && !(allOf([alarm.handledAt, alarm.reportedAt]) > alarm.handledAt)'),
    ).to.contain('alarm.reportedAt may be missing');
    expect(said('!(alarm.dispatches.map(d, d.sentAt).max() > alarm.receivedAt)')).to.contain('the list may be missing');
  });

  it('knows that a duty opened and that the rule applied', () => {
    compiled({ when: 'alarm.reportedAt != null', excused: "'!(alarm.reportedAt > alarm.receivedAt)'" });
  });

  it('is a warning in the condition of a choice', () => {
    const rule = compiled({ met: "'alarm.reReports > 1 ? alarm.handledAt : alarm.reportedAt'" });
    expect(rule.warnings).to.have.length(1);
    expect(rule.warnings[0]).to.match(/^x\.yml:6:7 alarm\.reReports may be missing/);
    expect(compiled({ met: "'alarm.reReports > 1 ? alarm.handledAt : null'" }).warnings).to.deep.equal([]);
  });
});

describe('A rule file', () => {
  const traps: [what: string, keys: Record<string, string | null>, message: string][] = [
    [
      'an expression that YAML takes for a tag',
      { when: '!alarm.complex' },
      'put the expression in quotes or in a block',
    ],
    ['an expression that YAML takes for a mapping', { when: 'alarm.complex ? alarm.enterprise : false' }, ''],
    ['true instead of a text', { when: 'true' }, 'when is a text: put it in quotes'],
    ['a number instead of a text', { within: '24' }, 'within is a text'],
    ['an empty key', { when: '' }, 'when is empty'],
    ['an unknown key', { wehn: 'alarm.complex' }, 'unknown key wehn; did you mean when?'],
    ['a key twice', { 'met: alarm.reportedAt\nmet': 'alarm.handledAt' }, 'unique'],
    ['an alias', { opens: '&a alarm.receivedAt', met: '*a' }, 'met is a text'],
    ['within beside due', { due: 'alarm.handledAt', within: '24h' }, 'one of within, due and require'],
    ['neither', { within: null }, 'one of within, due and require'],
    ['require with met', { require: 'alarm.complex', met: 'alarm.handledAt' }, 'met does not go with require'],
    ['no met', { met: null }, 'the key met is missing'],
    ['pauses without a limit', { due: 'alarm.handledAt', pauses: 'alarm.dispatches' }, 'pauses goes with within only'],
    ['pauses that are no intervals', { pauses: 'alarm.dispatches' }, 'pauses are records with startedAt and endedAt'],
    ['a code that is none', { id: 'ALM-3' }, 'an id is like ALM-03'],
    ['another subject', { subject: 'alram' }, 'there is no subject alram; did you mean alarm?'],
    ['a date that is none', { in_force: "{ from: '2026-02-30' }" }, "a date is like '2026-01-01'"],
    ['an end before the beginning', { in_force: "{ from: '2026-01-01', to: '2025-01-01' }" }, 'ends before it begins'],
    ['no basis', { basis: null }, 'the key basis is missing'],
    ['another severity', { severity: 'serius' }, 'did you mean serious?'],
    ['a limit of another kind', { within: '"alarm.receivedAt"' }, 'not a limit like 24h'],
    ['a parameter of two kinds', { params: '{ limit: { a: 8m, b: 2 } }' }, 'of one kind and unit'],
    ['a parameter of two units', { params: '{ limit: { a: 8m, b: 1h } }' }, 'of one kind and unit'],
    ['a parameter that is none', { params: '{ limit: soon }' }, 'a parameter is like 8m'],
    [
      'a parameter in opens',
      { opens: 'after(alarm.receivedAt, params.limit)', params: '{ limit: 8m }' },
      'opens cannot read a parameter',
    ],
    [
      'an unknown feed',
      { needs: '[dispatch, camera_dok]' },
      'a feed is one of dispatch, camera_dock, device_log, area_recorder, roster, bank; did you mean camera_dock?',
    ],
    [
      'thousands of keys',
      { note: `'x'\n${Array.from({ length: 6000 }, (_, i) => `k${i}: 1`).join('\n')}` },
      'at most 1500 lines and entries',
    ],
    ['more than a person reads', { note: `'${'长'.repeat(100_001)}'` }, 'at most 100000 characters'],
    ['each of something else', { each: 'd in alarm.case.acts' }, 'each takes a list of the subject itself'],
    ['each under the name of the subject', { each: 'alarm in alarm.dispatches' }, 'alarm already means the subject'],
    [
      'extensions in another unit',
      {
        subject: 'case',
        opens: 'case.filedAt',
        met: 'case.decidedAt',
        within: '30d',
        extends: '{ with: case.extensions, by: 1mo }',
      },
      'an extension is in the same unit',
    ],
    [
      'extensions as long as they say',
      {
        subject: 'case',
        opens: 'case.filedAt',
        met: 'case.decidedAt',
        within: '30d',
        extends: '{ with: case.extensions, by: d(x.days) }',
      },
      'by cannot depend on it',
    ],
    ['a record in a sentence', { says: "{ zh: '{alarm.case}', en: a }" }, 'cannot be put into a sentence'],
    ['a brace that is not closed', { says: "{ zh: '甲{alarm.topic', en: a }" }, 'this { is not closed'],
    ['a brace that was not opened', { says: "{ zh: '甲}', en: a }" }, 'this } has no {'],
    ['one language', { title: '{ zh: 甲 }' }, 'title.en is missing'],
  ];
  for (const [what, keys, message] of traps) {
    it(`is refused for ${what}`, () => {
      expect(refused(keys))
        .to.match(/^x\.yml:\d+:\d+ ./)
        .and.contain(message);
    });
  }

  it('is refused when it is not a mapping, or not YAML', () => {
    expect(refusal('- a')).to.contain('a rule is a mapping');
    expect(refusal('a: [')).to.match(/^x\.yml:/);
    expect(refusal('')).to.contain('a rule is a mapping');
  });

  it('types its parameters', () => {
    const { params } = compiled({
      params: '{ a: 8m, b: { x: 1wd, y: 2wd }, c: 3, d: 0.95, e: 500 yuan, f: { x: 1, y: 0.5 }, g: 12.5元 }',
    });
    expect(params).to.deep.equal([
      { name: 'a', kind: 'limit', unit: 'm', values: [{ key: '', amount: 8 }] },
      {
        name: 'b',
        kind: 'limit',
        unit: 'wd',
        values: [
          { key: 'x', amount: 1 },
          { key: 'y', amount: 2 },
        ],
      },
      { name: 'c', kind: 'int', unit: '', values: [{ key: '', amount: 3 }] },
      { name: 'd', kind: 'ratio', unit: '', values: [{ key: '', amount: 0.95 }] },
      { name: 'e', kind: 'money', unit: '', values: [{ key: '', amount: 500 }] },
      {
        name: 'f',
        kind: 'ratio',
        unit: '',
        values: [
          { key: 'x', amount: 1 },
          { key: 'y', amount: 0.5 },
        ],
      },
      { name: 'g', kind: 'money', unit: '', values: [{ key: '', amount: 12.5 }] },
    ]);
  });

  it('reads dates as texts in whatever quotes, and is meant to be enacted unless it says otherwise', () => {
    expect(compiled({ in_force: '{ from: 2020-01-01 }' }).inForce).to.deep.equal({ from: '2020-01-01' });
    expect(compiled().status).to.equal('enacted');
  });
});

describe('A suggestion', () => {
  it('is the nearest name, and none where nothing is near', () => {
    const names = ['receivedAt', 'reportedAt', 'handledAt'];
    expect(didYouMean('recievedAt', names)).to.equal('; did you mean receivedAt?');
    expect(didYouMean('RECEIVEDAT', names)).to.equal('; did you mean receivedAt?');
    expect(didYouMean('zzz', names)).to.equal('');
  });
});
