import { expect } from 'chai';
import { askCells, askWithoutWalls, draw } from '../trials/matrix.ts';
import { logins, type Matrix, openMatrix } from './matrix/ask.ts';
import { readReviewed, render } from './matrix/reviewed.ts';

describe('the matrix of routes, accounts and relations', function () {
  this.timeout(300_000);
  let matrix: Matrix;
  before(async () => {
    matrix = await openMatrix();
  });
  after(() => matrix.close());

  it('was reviewed as the policies and declarations stand', () => {
    const { text, outcomes } = readReviewed();

    expect(text, 'policies or routes changed: write it anew, read the difference').to.equal(render(matrix.rows));
    expect(outcomes.size * logins.length).to.be.greaterThan(20_000);
    expect(outcomes.size, 'no two rows of one name').to.equal(matrix.rows.length);
  });

  it('is what HTTP answers, with a body that passes the schema', async () => {
    const drawn = draw(matrix.rows.length * logins.length, 700, 7);

    const { surprises } = await askCells(matrix, drawn);

    expect(surprises).to.deep.equal([]);
  });

  it('notices for each subject that both of its walls were taken away', async () => {
    const noticed = await askWithoutWalls(matrix);

    expect(Object.keys(noticed)).to.have.length(matrix.registry.types.length);
    for (const [type, cells] of Object.entries(noticed)) expect(cells, type).to.be.greaterThan(0);
  });

  it('asks nothing that a schema refuses before anybody asks who may', async () => {
    const refused: string[] = [];
    for (const row of matrix.rows.filter(
      ({ name }) => /^(POST|PUT|PATCH|DELETE) /.test(name) && !/\/steps /.test(name),
    )) {
      if (row.type && !/ 16$/.test(row.name)) continue;
      const answer = await matrix.ask(row, 'anguan');
      if (answer.length > 1) refused.push(`${row.name}: ${answer}`);
    }
    expect(refused).to.deep.equal([]);
  });
});
