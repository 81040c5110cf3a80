/** `npm test`: installs the same way as `npm start`, then runs mocha over everything or over what is named. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

/**
 * @param {string} root
 * @param {string[]} args files and options of mocha; --database for the tests that TEST_DATABASE_URL makes a difference to
 * @returns {Promise<number>}
 */
export async function run(root, args) {
  await ensureInstalled(root);
  if (args.includes('--database'))
    return mocha(root, [...args.filter((each) => each !== '--database'), ...databaseTests(root)]);
  const isNamed = args.some((each) => !each.startsWith('-'));
  return mocha(root, isNamed ? args : [...args, 'test/**/*.test.ts']);
}

/**
 * @param {string} root
 * @param {string[]} args
 */
export function mocha(root, args) {
  // whatever the shell points at, a test never runs on somebody's data
  const { DATABASE_URL, DATABASE_OWNER_URL, MINGJING_HOME, PORT, MINGJING_MODE, ...env } = process.env;
  return runNode(root, ['node_modules/mocha/bin/mocha.js', ...args], env);
}

/**
 * Tests that need nothing but the code: those that take nothing from test/support, directly or through another file.
 * @param {string} root
 * @returns {string[]}
 */
export function fastTests(root) {
  return allTests(root).filter((name) => !needsSupport(join(root, name)));
}

/**
 * Tests that use the test database. The bootstrap starts its own, and a browser sees no difference. The city, the real
 * data and the bench take long and ask no other SQL than the tests of the rooms do.
 * @param {string} root
 * @returns {string[]}
 */
export function databaseTests(root) {
  return allTests(root).filter(
    (name) =>
      needsSupport(join(root, name)) && !/^test\/(bootstrap\/start|journeys\/|demo\/|real\/|bench\/)/.test(name),
  );
}

/** @param {string} root */
function allTests(root) {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join('test', name))
    .sort();
}

/**
 * @param {string} file
 * @returns {boolean}
 */
function needsSupport(file) {
  const imported = [...readFileSync(file, 'utf8').matchAll(/from '(\.{1,2}\/[^']+)'/g)].map(([, path = '']) =>
    join(dirname(file), path),
  );
  return imported.some((path) => /\/test\/support\//.test(path) || (/\/test\//.test(path) && needsSupport(path)));
}
