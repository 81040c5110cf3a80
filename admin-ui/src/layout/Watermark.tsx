import { Box } from '@mui/material';
import { useEffect, useState } from 'react';
import { useSession } from '../providers/session.ts';
import { now, shortInstant } from '../words/time.ts';

/** Name, number and minute of the viewer over every page: a photograph of the screen says whose screen it was. */
export function Watermark() {
  const session = useSession();
  const [minute, setMinute] = useState(() => shortInstant(now()));
  useEffect(() => {
    const timer = setInterval(() => setMinute(shortInstant(now())), 15_000);
    return () => clearInterval(timer);
  }, []);
  if (!session) return null;
  const words = `${session.person.name} ${session.person.number} ${minute}`.replace(/[<>&"']/g, '');
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="220"><text x="20" y="150" transform="rotate(-22 180 110)" font-family="Noto Sans SC,Noto Sans CJK SC,Microsoft YaHei,sans-serif" font-size="15" fill="#1c2733" fill-opacity="0.065">${words}</text></svg>`;
  return (
    <Box
      aria-hidden
      sx={{
        position: 'fixed',
        inset: 0,
        zIndex: 1700,
        pointerEvents: 'none',
        backgroundImage: `url("data:image/svg+xml,${encodeURIComponent(picture)}")`,
      }}
    />
  );
}
