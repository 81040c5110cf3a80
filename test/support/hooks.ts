import { releaseTestCluster } from './database.ts';

/** Every run lets go of the test cluster at its end; the last one stops it. */
export const mochaHooks = { afterAll: releaseTestCluster };
