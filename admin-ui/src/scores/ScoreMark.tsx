import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { api } from '../providers/http.ts';
import { Tag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import type { RuleScore } from './scores.ts';

/** On the card of a rule that fell below the precision budget: a trial is proposed, and a person decides. */
export function ScoreMark({ code }: { code: string }) {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['rules', 'scoreboard'],
    queryFn: () => api<RuleScore[]>('/rules/scoreboard').catch(() => []),
    retry: false,
  });
  const score = data?.find((one) => one.rule === code);
  if (!score?.proposed) return null;
  const share = Math.round((score.overall.precision ?? 0) * 100);
  return (
    <Link to="/rule-scores" style={{ textDecoration: 'none' }}>
      <Tag
        tone="warn"
        title={say(
          `全局判定 ${score.overall.judged} 项，准确率 ${share}%`,
          `${share} % of ${score.overall.judged} confirmed, over all units`,
        )}
      >
        {say(`准确率 ${share}%，建议转为试运行`, `${share} %: trial proposed`)}
      </Tag>
    </Link>
  );
}
