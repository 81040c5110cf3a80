import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { MappingError } from '../../server/imports/mapping.ts';
import { parseMapping } from '../../server/imports/parse.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { Registry } from '../../server/subjects/registry.ts';

const registry = new Registry(subjectTypes);

const good = `name: cad
target: alarm
key: [No]
translations:
  channel: { phone: call_110, desk: walk_in }
steps:
  - verb: receive
    at: Received
    facts:
      number: No
      channel: { column: How, translate: channel }
      unit: { value: "990101" }
  - verb: dispatch
    part: first
    at: { column: [Day, Sent], format: d.M.yyyy HH:mm }
    facts: { officer: Officer }
  - { verb: arrive, part: first, at: Arrived }
`;

describe('a mapping', () => {
  const mistake = (text: string): string => {
    try {
      parseMapping('cad.yml', text, registry);
    } catch (error) {
      if (error instanceof MappingError) return error.message;
      throw error;
    }
    return 'no mistake';
  };
  const changed = (from: string, to: string): string => {
    expect(good).to.contain(from);
    return mistake(good.replace(from, to));
  };

  it('is read with its defaults', () => {
    const mapping = parseMapping('cad.yml', good, registry);

    expect(mapping).to.include({ delimiter: ',', encoding: 'utf-8', zone: 'Asia/Shanghai', clock_change: 'later' });
  });

  it('is what the shipped examples are', () => {
    const folder = new URL('../../server/imports/mappings/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));

    expect(files).to.have.length.greaterThan(2);
    for (const name of files) expect(mistake(readFileSync(new URL(name, folder), 'utf8'))).to.equal('no mistake');
  });

  it('names the line and column of a step that there is not, and the nearest one', () => {
    expect(changed('verb: arrive', 'verb: arive')).to.match(
      /^cad\.yml:17:13: alarm has no step arive; it has .*did you mean arrive\?$/,
    );
  });

  it('names the line and column of a fact that the step does not have', () => {
    expect(changed('number: No', 'numbr: No')).to.match(
      /^cad\.yml:10:7: receive has no fact numbr; it has number, .*did you mean number\?$/,
    );
    expect(changed('{ officer: Officer }', '{ officer: Officer, topic: What }')).to.match(
      /^cad\.yml:16:32: dispatch has no fact topic/,
    );
  });

  it('refuses what no row could ever tell', () => {
    expect(changed('desk: walk_in', 'desk: walkin')).to.match(
      /^cad\.yml:5:37: walkin is none of .*did you mean walk_in\?$/,
    );
    expect(changed('translate: channel', 'translate: chanel')).to.match(
      /^cad\.yml:11:42: there is no translation chanel/,
    );
    expect(changed('{ value: "990101" }', '{ otherwise: x }')).to.match(/^cad\.yml:12:13: a cell has either/);
    expect(changed('target: alarm', 'target: alarms')).to.match(/^cad\.yml:2:9: nothing is called alarms/);
    expect(changed('target: alarm', 'target: alarm\nzone: Mars/Phobos')).to.match(/^cad\.yml:3:7: Mars\/Phobos/);
    expect(changed('verb: receive', 'verb: report')).to.match(/^cad\.yml:7:11: the first step must open the alarm$/);
    expect(changed('part: first, at', 'part: other, at')).to.match(/^cad\.yml:17:27: no step before this one adds/);
    expect(changed('part: first, at', 'at')).to.match(/^cad\.yml:17:13: arrive is about one of the dispatches/);
    expect(changed('- { verb: arrive, part: first', '- { verb: link_case, facts: { case: C }')).to.match(
      /^cad\.yml:17:39: case cannot be imported/,
    );
  });

  it('tells mistakes of YAML and of shape where they are', () => {
    expect(changed('name: cad', 'name: [cad')).to.match(/^cad\.yml:\d+:\d+: /);
    expect(changed('key: [No]', 'keys: [No]')).to.equal('cad.yml:3:1: a mapping has no keys here');
    expect(changed('name: cad', 'name: Cad!')).to.match(/^cad\.yml:1:7: name: /);
  });

  it('has fields, not steps, for units and people', () => {
    const unit = 'name: units\ntarget: unit\nfields: { code: Code, kind: { value: station } }\n';
    expect(mistake(unit)).to.equal('no mistake');
    expect(mistake(unit.replace('kind:', 'kynd:'))).to.match(
      /^cad\.yml:3:23: a unit has no field kynd.*did you mean kind\?/,
    );
    expect(mistake(unit.replace('value: station', 'value: fort'))).to.match(/^cad\.yml:3:38: fort is none of city, /);
    expect(mistake(unit.replace('code: Code, ', ''))).to.match(/^cad\.yml:3:9: a unit needs code$/);
    expect(mistake('name: p\ntarget: person\nsteps: [{ verb: x, at: y }]\n')).to.match(
      /a person has fields and no steps/,
    );
  });
});
