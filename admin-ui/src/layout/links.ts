/** Addresses of the server's texts ('/alarms/…', '#/alarms/…/show', '/api/alarms/…') as addresses of the back office. */
export function appPath(link: string): string {
  const path = link
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/^\/?#/, '')
    .replace(/^\/api/, '');
  const record = /^\/?(\w+)\/([0-9a-f-]{36}|\d+)$/.exec(path);
  if (record) return `/${record[1]}/${record[2]}/show`;
  return path.startsWith('/') ? path : `/${path}`;
}

export const recordPath = (plural: string, id: string | number): string => `/${plural}/${encodeURIComponent(id)}/show`;

/** A list with its filter set. */
export const listPath = (plural: string, filter: Record<string, unknown>): string =>
  `/${plural}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
