import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** From the top: a room may use itself and those below it (design: imports point down). */
const rooms = [
  'jobs',
  'demo',
  'reports',
  'figures',
  'imports',
  'findings',
  'rules',
  'subjects',
  'access',
  'organisation',
  'ledger',
  'kernel',
];

/** Each foreign library, and each thing a test must be able to hold still, has one door. */
const doors: { what: string; pattern: RegExp; door: RegExp }[] = [
  { what: 'BullMQ', pattern: /from '(bullmq|ioredis)/, door: /^server\/kernel\/job\.ts$/ },
  { what: 'Casbin', pattern: /from 'casbin'/, door: /^server\/access\/enforcer\.ts$/ },
  { what: 'the rate limiter', pattern: /from 'rate-limiter-flexible'/, door: /^server\/kernel\/budget\.ts$/ },
  { what: 'PDFKit', pattern: /from 'pdfkit'/, door: /^server\/reports\/paper\.ts$/ },
  { what: 'CEL', pattern: /from '@marcbachmann\/cel-js'/, door: /^server\/rules\// },
  {
    what: 'the environment',
    pattern: /process\.env/,
    door: /^server\/(kernel\/config\.ts|start\.mjs|bootstrap\/.*\.mjs)$/,
  },
  { what: 'the time', pattern: /\bnew Date\(\)|\bDate\.now\(\)/, door: /^server\/kernel\/clock\.ts$/ },
];

const longest = 400;
const longestTest = 500;

const files = ['server', 'migrations', 'admin-ui', 'test', 'audit-rules'].flatMap(sources);
const server = files.filter((file) => file.startsWith('server/'));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file));
}

function text(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Code without comments and the inside of plain strings, so that a sentence about a library is not a use of it. */
function code(file: string): string {
  return text(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '');
}

/** Files of the repository that a file imports. */
function imports(file: string): string[] {
  return [...code(file).matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, path = '']) =>
    relative(root, resolve(root, dirname(file), path)),
  );
}

function room(file: string): string | undefined {
  return /^server\/([^/]+)\//.exec(file)?.[1];
}

describe('architecture', () => {
  it('has only the rooms of the design under server', () => {
    const unknown = server.map(room).filter((each) => each && ![...rooms, 'bootstrap', 'decisions'].includes(each));

    expect([...new Set(unknown)]).to.deep.equal([]);
  });

  it('lets imports point down the list of rooms, never up', () => {
    const wrong = server.flatMap((file) => {
      const own = rooms.indexOf(room(file) ?? '');
      if (own < 0) return [];
      return imports(file)
        .filter((target) => {
          const there = room(target);
          // outside every room: what composes, the bootstrap, the migrations
          return there === undefined || !rooms.includes(there) || rooms.indexOf(there) < own;
        })
        .map((target) => `${file} → ${target}`);
    });

    expect(wrong).to.deep.equal([]);
  });

  it('never lets one subject type import another', () => {
    const noun = (file: string) => /^server\/subjects\/([^/]+)\//.exec(file)?.[1];
    const wrong = server.flatMap((file) =>
      imports(file)
        .filter((target) => noun(file) && noun(target) && noun(target) !== noun(file))
        .map((target) => `${file} → ${target}`),
    );

    expect(wrong).to.deep.equal([]);
  });

  it('keeps the back office apart from the server', () => {
    const wrong = files
      .filter((file) => file.startsWith('admin-ui/'))
      .filter((file) => imports(file).some((target) => target.startsWith('server/')));

    expect(wrong).to.deep.equal([]);
  });

  it('takes the truth of the demonstration city from nothing that judges, by no way round', () => {
    // who tells the city into the database may wake the sweep and play the loop; the stories and their truth may not
    const tells = /^server\/demo\/(accounts|drive|run|seed|showcase)\.ts$/;
    const reached = new Map<string, string>();
    const follow = (file: string, from: string): void => {
      for (const target of imports(file)) {
        if (reached.has(target)) continue;
        reached.set(target, `${from} → ${target}`);
        follow(target, `${from} → ${target}`);
      }
    };
    for (const file of server) if (file.startsWith('server/demo/') && !tells.test(file)) follow(file, file);
    const wrong = [...reached].filter(([target]) => room(target) === 'rules').map(([, way]) => way);

    expect(reached.size).to.be.greaterThan(20);
    expect(wrong).to.deep.equal([]);
  });

  for (const { what, pattern, door } of doors) {
    it(`has one door to ${what}`, () => {
      const others = [...server, ...files.filter((file) => file.startsWith('migrations/'))].filter(
        (file) => !door.test(file) && pattern.test(code(file)),
      );

      expect(others).to.deep.equal([]);
    });
  }

  it('names no file or folder utils, helpers, common, misc, manager or service', () => {
    const wrong = files.filter((file) =>
      /(^|[/.-])(utils?|helpers?|common|misc|managers?|services?)([/.-]|$)/i.test(file),
    );

    expect(wrong).to.deep.equal([]);
  });

  it('names files in kebab-case, components in PascalCase', () => {
    const wrong = files.filter((file) => {
      const name = file.split('/').at(-1) ?? '';
      const plain = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.(ts|tsx|mjs)$/;
      const component = /^[A-Z][A-Za-z0-9]*\.tsx$/;
      return !plain.test(name) && !(file.startsWith('admin-ui/') && component.test(name));
    });

    expect(wrong).to.deep.equal([]);
  });

  it(`has no file over ${longest} lines (tests: ${longestTest})`, () => {
    const wrong = files
      .map((file) => ({ file, lines: text(file).split('\n').length }))
      .filter(({ file, lines }) => lines > (file.startsWith('test/') ? longestTest : longest))
      .map(({ file, lines }) => `${file}: ${lines}`);

    expect(wrong).to.deep.equal([]);
  });

  it('exports by name', () => {
    const wrong = files.filter((file) => !file.endsWith('.config.ts') && /^export default /m.test(code(file)));

    expect(wrong).to.deep.equal([]);
  });

  it('silences no type error', () => {
    const directive = /@ts-(ignore|nocheck|expect-error)/;
    // in tests Biome asks for a reason where an answer is taken as it comes
    const isTest = (file: string) => file.startsWith('test/');
    const wrong = files.filter(
      (file) =>
        file !== 'test/architecture.test.ts' &&
        (directive.test(text(file)) || (!isTest(file) && /\bas any\b|:\s*any\b/.test(code(file)))),
    );

    expect(wrong).to.deep.equal([]);
  });

  it('has nothing at the top level but the design and what tools look for', () => {
    const design = ['server', 'admin-ui', 'policies', 'migrations', 'audit-rules', 'test', 'package.json', 'README.md'];
    const tools = [
      'package-lock.json',
      'tsconfig.json',
      'biome.json',
      'CONTRIBUTING.md',
      'CHANGELOG.md',
      'LICENSE.md',
      'LICENSE',
      'NOTICE',
    ];
    const local = ['node_modules', 'coverage', 'shots'];
    const found = readdirSync(root).filter((name) => !name.startsWith('.') && !name.endsWith('.log'));

    expect(found.filter((name) => ![...design, ...tools, ...local].includes(name))).to.deep.equal([]);
  });
});
