import type { Command } from './cli.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import { verifyLedger } from './ledger/verify.ts';

/** `mingjing ledger verify`: re-hashes every stored body; exit code 1 and the first bad entry when something was changed. */
export const ledgerCommand: Command = {
  usage: 'ledger verify',
  help: '核验防篡改日志，指出第一条被改动的记录 · verifies the ledger and names the first entry that was changed',
  run: async ([what], surroundings) => {
    if (what !== 'verify') {
      process.stderr.write('用法 · usage: mingjing ledger verify\n');
      return 2;
    }
    await surroundings.openDatabase();
    const database = await openDatabase({ url: readConfig().databaseUrl, poolSize: 2 });
    try {
      const result = await database.transaction((tx) => verifyLedger(tx.sql));
      process.stdout.write(`${JSON.stringify(result)}\n`);
      return result.ok ? 0 : 1;
    } finally {
      await database.close();
    }
  },
};
