import { releaseTestCluster } from '../../support/database.ts';
import { openMatrix } from './ask.ts';
import { write } from './reviewed.ts';

// writes test/access/matrix.txt anew, to be read in the diff before it is committed
const matrix = await openMatrix();
write(matrix.rows);
await matrix.close();
await releaseTestCluster();
