/** Facts that the law or the register wants although the step can be recorded without them: asked at once, not folded away. */
const wanted: Record<string, readonly string[]> = {
  'alarm.receive': ['topic', 'intakeCategory', 'priority', 'area', 'caller', 'callerPhone', 'place', 'narrative'],
  'alarm.dispatch': ['officer', 'officers'],
  'case.report': ['lead', 'coOfficers', 'suspectKnown', 'summary'],
  'case.accept': ['acceptanceNumber'],
  'case.file': ['filingNumber', 'filingApprovedAt'],
  'case.act': ['place', 'recorded', 'endedAt'],
  'case.measure': ['approvedAt', 'level', 'number', 'dueAt'],
  'item.take': ['case', 'alarm', 'takenBy', 'quantity', 'measure', 'holder'],
  'item.list': ['listCopies', 'signedByHolder', 'holderRefused', 'witness'],
  'recording.register': ['wearer', 'unit', 'device', 'endedAt', 'uploadedAt'],
  'shift.plan': ['device'],
  'freeze.open': ['case', 'officer', 'holder', 'holderIs'],
  'freeze.freeze': ['caseAmount', 'othersFrozenAt', 'queued'],
  'complaint.receive': ['complainant', 'phone', 'content', 'against', 'noContact'],
  'complaint.assign': ['handler'],
  'licence.receive': ['applicant', 'acceptor'],
  'licence.accept': ['slipNumber', 'slipSealed'],
  'licence.decide': ['decisionNumber', 'reasonsGiven', 'remediesTold', 'inspectors'],
  'inspection.plan': ['itemPublished', 'inspectors'],
};

export const isWanted = (subject: string, verb: string, fact: string): boolean =>
  wanted[`${subject}.${verb}`]?.includes(fact) ?? false;
