/**
 * Every advisory lock of the database, by what it keeps apart. The numbers are for ever: processes of two releases may
 * share a database, and SQL functions of the migrations hold those that only SQL takes. A pair is (class, key).
 */
export const locks = {
  /** One process makes the roles of the cluster. */
  roles: 7305127,
  /** One writer of the rule catalogue, or of drafts, at a time. */
  catalogue: 7305129,
  /** Shared by whoever judges, alone for whoever changes what is judged (migrations/rules/life.sql). */
  ruleStamp: 7305130,
  /** The end of the log (migrations/foundation/ledger.sql). */
  ledger: 7305140,
  /** Class: guesses at one login are counted one after another. */
  login: 7305201,
  /** Class: the next small number of a table. */
  nextNumber: 7305202,
  /** One first administrator. */
  firstAdministrator: 7305203,
  /** Class: two runs of one mapping do not read the same file side by side. */
  mapping: 7305204,
  /** One change of the tree of units at a time. */
  unitTree: 7305206,
  /** One grant of the first post of its kind. */
  firstPost: 7305207,
  /** Class: what the two ends of a relation have in common (server/subjects/ends.ts). */
  relationEnd: 7305205,
  /** The same for all ends there are: shared by whoever holds some of them, alone by a batch of very many. */
  relationEnds: 7305208,
  /** Class: what a feed delivered is changed by one at a time (server/findings/feed-routes.ts). */
  feed: 7305209,
} as const;
