import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { checkMode, firstAdministrator } from './first-start.ts';
import { type Config, readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';

/** A running server. */
export interface Served {
  url: string;
  stop(): Promise<void>;
}

/** Serves API and back office on one port. The database is there and migrated. */
export async function serve(config: Config = readConfig()): Promise<Served> {
  const database = await openDatabase({ url: config.databaseUrl, poolSize: config.poolSize });
  try {
    await checkMode(database, config);
    const administrator = await firstAdministrator(database, config);
    const server = createServer(createApp({ database, publicUrl: config.publicUrl }).koa.callback());
    await listen(server, config);
    const url = config.port === 0 ? `http://localhost:${(server.address() as AddressInfo).port}` : config.publicUrl;
    process.stdout.write(`\n明镜已启动 · Mingjing is ready\n\n  ${url}\n\n`);
    if (administrator)
      process.stdout.write(
        `  管理员 · administrator  ${administrator.login}\n  一次性密码 · one-time password  ${administrator.password}\n\n`,
      );
    return {
      url,
      stop: async () => {
        await close(server);
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen({ port: config.port, ...(config.host ? { host: config.host } : {}) }, () => {
      server.off('error', refuse);
      done();
    });
  });
}

/** Lets running requests finish; open streams are cut. */
function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
