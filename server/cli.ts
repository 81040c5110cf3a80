import { demoCommand } from './demo-command.ts';
import { importCommand } from './import-command.ts';
import { judgeCommand } from './judge-command.ts';
import { ledgerCommand } from './ledger-command.ts';
import { mirrorsCommand } from './mirrors-command.ts';
import { policiesCommand } from './policies-command.ts';
import { rulesCommand } from './rules-command.ts';
/** What start.mjs lends to a command: until it is called no database is started. */
export interface Surroundings {
  /** Starts or adopts the database and migrates it; `readConfig()` then knows its addresses. */
  openDatabase(): Promise<void>;
}

/** One command of `npm run mingjing -- NAME`. Returns the exit code. */
export interface Command {
  usage: string;
  help: string;
  run(args: string[], surroundings: Surroundings): Promise<number>;
}

/** The table of contents of the command line. */
const commands: Record<string, Command> = {
  demo: demoCommand,
  import: importCommand,
  judge: judgeCommand,
  ledger: ledgerCommand,
  rules: rulesCommand,
  mirrors: mirrorsCommand,
  policies: policiesCommand,
  migrate: {
    usage: 'migrate',
    help: '升级数据库 · brings the database up to date',
    run: async (_args, { openDatabase }) => {
      await openDatabase();
      return 0;
    },
  },
};

/** Runs the command that `args` name; without one, or with --help, tells what there is. */
export async function run(args: string[], surroundings: Surroundings): Promise<number> {
  const [name = '--help', ...rest] = args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command && !rest.includes('--help')) return command.run(rest, surroundings);
  if (command) {
    process.stdout.write(`mingjing ${command.usage}\n\n  ${command.help}\n`);
    return 0;
  }
  const lines = Object.values(commands).map(({ usage, help }) => `  ${usage}\n      ${help}\n`);
  process.stdout.write(`npm run mingjing -- COMMAND [--help]\n\n${lines.join('')}`);
  if (name === '--help') return 0;
  process.stderr.write(`没有命令 ${name} · there is no command ${name}\n`);
  return 1;
}
