import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { Middleware } from 'koa';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const notBuilt = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>明镜</title>
<body style="font-family:sans-serif;margin:4rem"><h1>明镜</h1><p>服务已启动，管理界面尚未构建。</p></body></html>`;

/** Serves the built back office from `folder`. A path that is no file is a page of the app, which finds its own way. */
export function backOffice(folder: string): Middleware {
  return async (context, next) => {
    const { method, path } = context;
    if ((method !== 'GET' && method !== 'HEAD') || path === '/api' || path.startsWith('/api/')) return next();
    const asked = fileOf(folder, path);
    const file = asked && (await isFile(asked)) ? asked : join(folder, 'index.html');
    if (file !== asked && extname(path) !== '') return next();
    context.type = types[extname(file)] ?? 'application/octet-stream';
    if (!(await isFile(file))) {
      context.body = notBuilt;
      return;
    }
    // vite puts a hash into the names under assets/: they never change
    const isForever = path.startsWith('/assets/') && file === asked;
    context.set('Cache-Control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
    context.length = (await stat(file)).size;
    context.body = createReadStream(file);
  };
}

/** The file a path names inside the folder; nothing for a path that tries to leave it or does not decode. */
function fileOf(folder: string, path: string): string | undefined {
  try {
    const file = normalize(join(folder, decodeURIComponent(path)));
    return file.startsWith(folder) && !/(^|\/)\./.test(file.slice(folder.length)) ? file : undefined;
  } catch {
    return undefined;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
