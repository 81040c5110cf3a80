/**
 * A detail page never starts from the row that a list left in the cache: that row has no parts and fewer names. The meta
 * makes it a query of its own.
 */
export const wholeRecord = { meta: { whole: true } };
