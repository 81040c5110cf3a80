import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { recordPath } from '../layout/links.ts';
import { api, sentenceOf } from '../providers/http.ts';
import { OpenButton } from '../steps/StepMenu.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { now } from '../words/time.ts';

/** Opens a case from an alarm: the report is registered with what the alarm knows, then the alarm is linked to it. */
export function LinkCase({ alarm }: { alarm: SubjectRecord }) {
  const say = useSay();
  const notify = useNotify();
  const navigate = useNavigate();
  const subject = useSubject('case');
  const criminal = alarm.intakeCategory === 'criminal';
  const link = async ({ id }: { id?: string }) => {
    if (!id) return;
    try {
      await api(`/alarms/${alarm.id}/steps`, {
        method: 'POST',
        version: alarm.version,
        body: { verb: 'link_case', occurredAt: now().toISOString(), facts: { case: id } },
      });
    } catch (error) {
      notify(
        say(
          `案件已登记，但未能关联警情：${sentenceOf(error)}`,
          `The case is registered but not linked: ${sentenceOf(error)}`,
        ),
        { type: 'warning' },
      );
    }
    navigate(recordPath('cases', id));
  };
  return (
    <OpenButton
      subject={subject}
      variant="outlined"
      label={say('由此警情立（受）案', 'Open a case')}
      done={(answer) => void link(answer)}
      given={{
        kind: criminal ? 'criminal' : 'public_order',
        cause: alarm.topic,
        unit: alarm.unit,
        stationCase: true,
        enterprise: alarm.enterprise ?? false,
      }}
    />
  );
}
