import { Box, Typography } from '@mui/material';
import { SubjectShow } from '../detail/SubjectShow.tsx';
import { Nothing } from '../layout/states.tsx';
import { useMay } from '../providers/session.ts';
import { usePartName } from '../steps/part-name.ts';
import { OpenButton } from '../steps/StepMenu.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import { Tag } from '../subjects/Status.tsx';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { DispatchBars } from './DispatchBars.tsx';
import { LinkCase } from './LinkCase.tsx';
import { alarmSorting, alarmStages, likelyStep } from './stages.ts';
import { alarmStatus } from './status.ts';

export function AlarmShow() {
  const say = useSay();
  const may = useMay();
  const item = useSubject('item');
  return (
    <SubjectShow
      subject="alarm"
      status={alarmStatus}
      likely={likelyStep}
      groups={alarmStages}
      sorted={alarmSorting}
      head={[
        'receivedAt',
        'unit',
        'channel',
        'intakeCategory',
        'feedbackCategory',
        'disposition',
        'place',
        'caller',
        'handledAt',
        'case',
      ]}
      tags={(alarm) => (
        <>
          {alarm.priority === 'urgent' && <Tag tone="warn">{say('紧急', 'Urgent')}</Tag>}
          {alarm.enterprise === true && <Tag tone="other">{say('涉企', 'Enterprise')}</Tag>}
          {alarm.domesticViolence === true && <Tag tone="warn">{say('家庭暴力', 'Domestic violence')}</Tag>}
          {alarm.jurisdiction === 'other_unit' && <Tag>{say('属其他单位管辖', 'Of another unit')}</Tag>}
          {alarm.jurisdiction === 'not_police' && <Tag>{say('非公安职责', 'Not a police matter')}</Tag>}
          {alarm.feedbackCategory && alarm.intakeCategory !== alarm.feedbackCategory ? (
            <Tag tone="warn">{say('接警与反馈类别不一致', 'Category changed')}</Tag>
          ) : null}
          {Number(alarm.reReports ?? 0) > 0 && (
            <Tag>{say(`重复报警 ${alarm.reReports} 次`, `${alarm.reReports} re-reports`)}</Tag>
          )}
        </>
      )}
      tabs={[
        { label: { zh: '处警与录像', en: 'Dispatches and recordings' }, body: (alarm) => <Dispatches alarm={alarm} /> },
      ]}
      actions={(alarm) => (
        <>
          {!alarm.case && may('case.report') && <LinkCase alarm={alarm} />}
          {may('item.take') && (
            <OpenButton
              subject={item}
              variant="outlined"
              given={{ alarm: alarm.id, unit: alarm.unit, ...(alarm.case ? { case: alarm.case } : {}) }}
            />
          )}
        </>
      )}
      papers={(alarm) =>
        alarm.case
          ? [
              {
                kind: 'case-audit',
                label: { zh: '案件监督审查报告', en: 'Case audit report' },
                subjectId: String(alarm.case),
              },
            ]
          : []
      }
    />
  );
}

function Dispatches({ alarm }: { alarm: SubjectRecord }) {
  const say = useSay();
  const name = usePartName(useSubject('alarm'));
  const dispatches = alarm.parts?.dispatches ?? [];
  if (dispatches.length === 0)
    return (
      <Nothing
        title={say('尚未派警', 'Not dispatched yet')}
        hint={say('派警后可在此对照录像', 'After dispatch it is compared with the recordings here')}
      />
    );
  return dispatches.map((dispatch, index) => (
    <Box key={dispatch.id} component="section" sx={{ mb: 4 }}>
      <Typography variant="h4" component="h3" sx={{ mb: 1 }}>
        {name('dispatches', dispatch, index, alarm.refs)}
      </Typography>
      <DispatchBars alarm={alarm} dispatch={dispatch} />
    </Box>
  ));
}
