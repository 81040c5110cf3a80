import { Navigate } from 'react-router-dom';
import { useRole } from '../providers/session.ts';

/** Everybody starts where his day starts: a leader with the rates, a station head with his station, the rest with to-dos. */
export function Home() {
  const role = useRole();
  if (role('bureau-leader')) return <Navigate to="/figures" replace />;
  if (role('unit-head')) return <Navigate to="/today" replace />;
  if (role('system-administrator', 'security-administrator')) return <Navigate to="/people" replace />;
  if (role('security-auditor')) return <Navigate to="/ledger" replace />;
  return <Navigate to="/todos" replace />;
}
