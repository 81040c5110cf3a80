import { expect } from 'chai';
import { badInput, conflict, forbidden, notFound, Problem, unauthorised } from '../../server/kernel/errors.ts';
import { lineOf, problemOf } from '../../server/kernel/problem.ts';

const text = { zh: '不行', en: 'no' };

describe('problems', () => {
  it('carry status, code and both languages', () => {
    const problem = forbidden('finding.reviewer-is-concerned', text);

    expect(problem).to.be.instanceOf(Problem).and.instanceOf(Error);
    expect(problem).to.include({ status: 403, code: 'finding.reviewer-is-concerned', zh: '不行', en: 'no' });
    expect(problem.message).to.equal('finding.reviewer-is-concerned: no');
  });

  it('name the fields that are wrong, and only then', () => {
    const field = { path: 'facts.occurredAt', ...text };

    expect(badInput('alarm.bad', text, [field])).to.deep.include({ status: 422, fields: [field] });
    expect(badInput('alarm.bad', text)).not.to.have.property('fields');
  });

  it('tell with a conflict what the record is now', () => {
    expect(conflict('record.stale', text, { current: { version: 3 } })).to.deep.include({
      status: 409,
      extra: { current: { version: 3 } },
    });
  });

  it('say the same of what is absent and of what is out of scope', () => {
    expect({ ...notFound() }).to.deep.equal({ ...notFound() });
    expect(notFound().status).to.equal(404);
    expect(unauthorised().status).to.equal(401);
  });

  it('are 503 where the database is away, and one line in the log', () => {
    for (const error of [
      new Error('Connection terminated unexpectedly'),
      new Error('COMMIT; - Client has encountered a connection error and is not queryable'),
      Object.assign(new Error('connect ENOENT'), { code: 'ENOENT' }),
      Object.assign(new Error('the database system is starting up'), { code: '57P03' }),
    ]) {
      expect(problemOf(error)?.status, error.message).to.equal(503);
      expect(lineOf(error)).to.equal(error.message);
    }
    expect(lineOf(new Error('ours'))).to.contain('errors.test.ts');
  });
});
