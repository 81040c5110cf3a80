/** The people who owe duties: they explain and rectify. */
export const officers = [
  'call-taker',
  'responding-officer',
  'auxiliary',
  'case-officer',
  'custodian',
  'area-clerk',
  'petitions-clerk',
  'unit-legal-officer',
  'unit-head',
] as const;
export const unit = ['unit-legal-officer', 'unit-head'] as const;
export const legal = ['legal-reviewer', 'legal-head'] as const;
export const management = ['case-management-officer', ...legal] as const;
