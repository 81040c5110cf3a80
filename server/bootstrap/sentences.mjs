/** A reason to stop that a newcomer understands: one sentence in each language, no stack trace. */
export class PlainStop extends Error {
  /**
   * @param {string} zh
   * @param {string} en
   */
  constructor(zh, en) {
    super(`${zh}\n${en}`);
    this.name = 'PlainStop';
  }
}

/** @type {NodeJS.WriteStream} */
let output = process.stdout;

/** For commands whose standard output is their result. */
export function sayOnStderr() {
  output = process.stderr;
}

/**
 * Tells what is being done.
 * @param {string} zh
 * @param {string} [en]
 */
export function say(zh, en) {
  output.write(en ? `${zh} · ${en}\n` : `${zh}\n`);
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
