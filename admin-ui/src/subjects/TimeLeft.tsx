import { useEffect, useState } from 'react';
import type { ToneName } from '../theme/colours.ts';
import { useSay } from '../words/say.ts';
import { fullInstant, now, timeLeft } from '../words/time.ts';
import { Tag } from './Status.tsx';

/** Re-renders twice a minute so that a countdown counts. */
export function useNow(): Date {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return at;
}

/** 剩余 3 小时 12 分 / 已超 2 天, with the instant itself on hover. */
export function TimeLeft({ due, warn }: { due: string | null | undefined; warn?: string | null }) {
  const say = useSay();
  const at = useNow();
  if (!due) return null;
  const left = timeLeft(due, say, at);
  const soon = warn ? at >= new Date(warn) : left.milliseconds < 4 * 3_600_000;
  const tone: ToneName = left.over ? 'bad' : soon ? 'warn' : 'calm';
  return (
    <Tag tone={tone} title={`${say('期限', 'Due')} ${fullInstant(due)}`}>
      {left.words}
    </Tag>
  );
}
