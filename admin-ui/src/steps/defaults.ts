import { api } from '../providers/http.ts';
import type { SessionPerson } from '../providers/session.ts';
import type { Unit } from '../subjects/pickers.tsx';
import type { Step, Subject } from '../vocabulary/types.ts';
import { fullInstant, now } from '../words/time.ts';
import type { Values } from './draft.ts';

/** Facts in which whoever fills in the form most often names himself. */
const oneself = ['takenBy', 'receivedBy', 'lead', 'wearer', 'officer'];

/** What an opening form starts with: the viewer's unit, and himself where he does the thing. */
export function openingDefaults(subject: Subject, step: Step, person: SessionPerson | undefined): Values {
  if (!person) return {};
  const asked = [...step.required, ...step.optional];
  const own = subject.name === 'shift' ? [] : oneself.filter((name) => asked.includes(name));
  return {
    ...(asked.includes('unit') && person.unitId ? { unit: person.unitId } : {}),
    ...Object.fromEntries(own.map((name) => [name, person.id])),
  };
}

/**
 * Proposes a number in the style of domain.md §5.2. Cases have a running number by unit and month; elsewhere the clock
 * stands for it. The server refuses a double.
 */
export async function proposedNumber(subject: string, unit: Unit | undefined): Promise<string> {
  const digits = fullInstant(now()).replace(/\D/g, '');
  const [year, month, day, clock] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8), digits.slice(8, 14)];
  const code = unit?.code ?? '000000000000';
  switch (subject) {
    case 'alarm':
      return `${code.slice(0, 6)}000000${year}${month}${day}${clock}`;
    case 'case':
      return nextCase(`A${code}${year}${month}`);
    case 'item':
      return `WH-涉财-${year}-${month}${day}${clock}`;
    case 'stay':
      return `${code.slice(0, 6)}-区-${year}${month}${day}-${clock}`;
    case 'shift':
      return `QW-${code.slice(0, 8)}-${year}${month}${day}-${clock}`;
    case 'recording':
      return `AV-${code.slice(0, 8)}-${year}${month}${day}-${clock}`;
    case 'freeze':
      return `ZF-${code.slice(0, 6)}-${year}${month}${day}-${clock}`;
    case 'complaint':
      return `XF-${year}-${month}${day}${clock}`;
    case 'licence':
      return `${code.slice(0, 6)}-许-${year}${month}${day}-${clock}`;
    case 'inspection':
      return `${code.slice(0, 6)}-检-${year}${month}${day}-${clock}`;
    default:
      return `${year}${month}${day}${clock}`;
  }
}

/** One more than the last case of the unit in this month. */
async function nextCase(prefix: string): Promise<string> {
  const query = new URLSearchParams({
    filter: JSON.stringify({ q: prefix }),
    sort: JSON.stringify(['number', 'DESC']),
    range: JSON.stringify([0, 0]),
  });
  const [last] = await api<{ number: string }[]>(`/cases?${query}`).catch(() => []);
  const serial = last?.number.startsWith(prefix) ? Number(last.number.slice(prefix.length)) : 0;
  return `${prefix}${String((Number.isInteger(serial) ? serial : 0) + 1).padStart(4, '0')}`;
}
