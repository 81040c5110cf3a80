import { expect } from 'chai';
import { refusal, ruleText } from './rule-text.ts';

/** A mistake of a key, and what the file has where the message points to. */
const places: [keys: Record<string, string | null>, there: string, message: string][] = [
  [{ id: 'ALM-3' }, 'ALM-3', 'an id is like ALM-03 or ALM-04a'],
  [{ version: '0' }, '0', 'a version is 1, 2, 3'],
  [{ version: '1.5' }, '1.5', 'a version is 1, 2, 3'],
  [{ subject: 'alram' }, 'alram', 'there is no subject alram'],
  [{ severity: 'serius' }, 'serius', 'severity is one of flaw, ordinary, serious'],
  [{ status: 'draft' }, 'draft', 'status is one of enacted, trial'],
  [{ needs: '[dispatch, camera_dok]' }, 'camera_dok', 'did you mean camera_dock?'],
  [{ absorbs: '[3]' }, '3', 'absorbs is a text'],
  [{ aggravated: 'alarm.complex - serious' }, 'alarm.complex -', 'aggravated is like'],
  [{ aggravated: 'alarm.complex -> grave' }, '-> grave', 'aggravated is like'],
  [{ aggravated: '-> serious' }, '-> serious', 'there is no expression'],
  [{ each: 'alarm.dispatches' }, 'alarm.dispatches', 'each is like'],
  [{ each: 'alarm in alarm.dispatches' }, 'alarm in', 'alarm already means the subject'],
  [{ rolls: 'maybe' }, 'maybe', 'true or false'],
  [{ within: '0h' }, '0h', 'a limit is at least 1'],
  [{ within: '100001h' }, '100001h', 'a limit is at most 100000'],
  [{ within: '1201mo' }, '1201mo', 'a limit is at most 1200'],
  [{ warn: '0m' }, '0m', 'a limit is like'],
  [{ warn: 'soon' }, 'soon', 'a limit is like'],
  [{ due: 'alarm.handledAt', within: '24h' }, 'alarm.handledAt', 'one of within, due and require'],
  [{ require: 'alarm.complex', met: 'alarm.handledAt' }, 'alarm.handledAt', 'met does not go with require'],
  [{ require: 'alarm.complex', rolls: 'false' }, 'false', 'rolls goes with within only'],
  [{ in_force: "{ from: '2026-02-30' }" }, '2026-02-30', 'a date is like'],
  [{ in_force: "{ from: '2026-01-01', to: '2026-01-01' }" }, '{ from', 'in_force ends before it begins'],
  [{ in_force: "{ to: '2026-01-01' }" }, '{ to', 'in_force.from is missing'],
  [{ params: '{ Limit: 8m }' }, '8m', 'Limit is no name of a parameter'],
  [{ params: '{ limit: soon }' }, 'soon', 'a parameter is like'],
  [{ params: '{ limit: 0m }' }, '0m', 'a parameter is like'],
  [{ params: '{ cap: 12.345 yuan }' }, '12.345', 'a parameter is like'],
  [{ params: '{ n: 9007199254740993 }' }, '9007199254740993', 'a parameter is like'],
  [{ params: '{ limit: { a: 8m, b: 2 } }' }, '{ a', 'the values of limit are of one kind and unit'],
  [{ basis: '[]' }, '[]', 'a rule names its basis'],
  [{ basis: '[{ number: x }]' }, '{ number', 'basis.document is missing'],
  [{ title: '{ zh: 甲 }' }, '{ zh', 'title.en is missing'],
  [{ examples: '[{ it: a }]' }, '{ it', 'an example has it, given and gives'],
  [{ extends: '{ with: alarm.dispatches }' }, '{ with', 'extends holds with, by, times and if'],
];

describe('A mistake in a rule file', () => {
  for (const [keys, there, message] of places) {
    it(`is told where it stands: ${JSON.stringify(keys)}`, () => {
      const text = ruleText(keys);
      const [, line, column] =
        refusal(text)
          .split('\n')
          .filter((one) => one.includes(message))
          .map((one) => /^x\.yml:(\d+):(\d+) /.exec(one))[0] ?? [];
      expect(line, refusal(text)).to.not.equal(undefined);
      expect(text.split('\n')[Number(line) - 1]!.slice(Number(column) - 1)).to.match(
        new RegExp(`^${there.replace(/[[\]{}().*+?]/g, '\\$&')}`),
      );
    });
  }

  it('is told at the first line where a key is missing altogether', () => {
    for (const key of ['id', 'title', 'subject', 'opens', 'severity', 'in_force', 'basis', 'says'])
      expect(refusal(ruleText({ [key]: null }))).to.contain(`x.yml:1:1 the key ${key} is missing`);
  });

  it('leaves what stands at the very edge of what is allowed', () => {
    for (const keys of [
      { within: '100000h' },
      { within: '1200mo' },
      { within: '1m', warn: '1m' },
      { in_force: "{ from: '2026-01-01', to: '2026-01-02' }" },
      { params: '{ n: 9007199254740991, cap: 9999999999999.99 yuan }' },
      { version: '2' },
    ] as Record<string, string>[])
      expect(() => refusal(ruleText(keys)), JSON.stringify(keys)).to.throw('this rule was accepted');
  });
});
