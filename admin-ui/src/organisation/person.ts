export interface PersonRow {
  id: number;
  number: string;
  name: string;
  kind: string;
  qualification: string;
  unitId: number;
  unitName: string;
  unitShort: string;
  version: number;
  posts: { role: string; unitId: number }[];
  gender?: string | null;
  login?: string | null;
  phone?: string | null;
  disabledAt?: string | null;
  hasIdentity?: boolean;
  sameHuman?: { id: number; number: string; name: string }[];
}
