/** How long an orderly stop may take before it is cut short. */
const patience = 9_000;

/**
 * Resolves at SIGTERM or SIGINT. From then on the process ends by itself within ten seconds, at once on a second signal.
 * @returns {Promise<void>}
 */
export function untilStopped() {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      setTimeout(() => process.exit(1), patience).unref();
      resolve();
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  });
}
