/**
 * Mocha's own report, and at the end the counts of the run as JSON in the file that MINGJING_TEST_COUNTS names.
 * CommonJS because mocha loads reporters so.
 */
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

class Counting extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats;
      const file = process.env.MINGJING_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}

module.exports = Counting;
