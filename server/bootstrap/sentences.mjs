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

/**
 * Tells what is being done.
 * @param {string} zh
 * @param {string} [en]
 */
export function say(zh, en) {
  process.stdout.write(en ? `${zh} · ${en}\n` : `${zh}\n`);
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
