import { type FileHandle, open, readFile, rm } from 'node:fs/promises';

const head = '\uFEFF行 line,列 column,原因 reason';

/** Formula signs at the start of a cell are disarmed: the file is opened in a spreadsheet. */
export const quoted = (text: string): string =>
  `"${(/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Rows that did not go in, as CSV: where, which column, why, and the row itself. Made when the first one comes. */
export class ErrorFile {
  private file: FileHandle | undefined;
  private readonly path: string;
  private header: readonly string[] = [];
  count = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Takes away what an earlier run of ours left there. */
  async clear(): Promise<void> {
    const before = await readFile(this.path, 'utf8').catch(() => '');
    if (before.startsWith(head)) await rm(this.path);
  }

  columns(header: readonly string[]): void {
    this.header = header;
  }

  async add(line: number, column: string, reason: string, cells: readonly string[]): Promise<void> {
    if (!this.file) {
      this.file = await open(this.path, 'w');
      await this.file.write(`${[head, ...this.header.map(quoted)].join(',')}\n`);
    }
    this.count += 1;
    await this.file.write(`${[String(line), ...[column, reason, ...cells].map(quoted)].join(',')}\n`);
  }

  /** @returns where it is; null when everything went in */
  async close(): Promise<string | null> {
    await this.file?.close();
    return this.file ? this.path : null;
  }
}
