import { Box, Card, Link, Typography } from '@mui/material';
import { ShowBase, useShowContext } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { ChainCard } from '../chain/ChainCard.tsx';
import { LedgerTab } from '../detail/LedgerTab.tsx';
import { Timeline } from '../detail/Timeline.tsx';
import { wholeRecord } from '../detail/whole-record.ts';
import { recordPath } from '../layout/links.ts';
import { useDocumentTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { useMay } from '../providers/session.ts';
import { Papers } from '../reports/Papers.tsx';
import { PrintButton } from '../reports/PrintButton.tsx';
import { FindingRule } from '../rules/FindingRule.tsx';
import { FactGrid, Labelled } from '../subjects/FactGrid.tsx';
import { StatusTag, severityOf, Tag, VerdictTag } from '../subjects/Status.tsx';
import { factIn, useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { fullInstant, span } from '../words/time.ts';
import { ActPanel } from './ActPanel.tsx';
import { Answers } from './Answers.tsx';
import { Changed } from './Changed.tsx';
import type { Finding } from './finding.ts';
import { NextTodo } from './NextTodo.tsx';
import { Snapshot } from './Snapshot.tsx';
import { Stepper } from './Stepper.tsx';
import { isJudged, levels } from './states.ts';

export function FindingShow() {
  return (
    <ShowBase resource="findings" queryOptions={wholeRecord} disableAuthentication>
      <Detail />
    </ShowBase>
  );
}

/** One issue: what is wrong in one sentence, what was read, which article, where it stands, what to do now. */
function Detail() {
  const say = useSay();
  const may = useMay();
  const subject = useSubject('finding');
  const { record, error, isPending, refetch } = useShowContext<Finding>();
  useDocumentTitle(record ? say(String(record.title), String(record.titleEn ?? record.title)) : '');
  if (error)
    return (error as { status?: number }).status === 404 ? (
      <Card>
        <Nothing
          title={say('没有找到这条问题', 'There is no such issue')}
          hint={say('它可能不在您的权限范围内', 'It may be outside your scope')}
        />
      </Card>
    ) : (
      <Failure error={error} retry={() => void refetch()} />
    );
  if (isPending || !record) return <Waiting rows={6} height={64} />;
  const papers =
    may('report.issue') && isJudged(record)
      ? [
          {
            kind: 'supervision-notice',
            label: { zh: '执法监督通知书', en: 'Supervision notice' },
            hint: { zh: '存根、正本、回执', en: 'Stub, original, receipt' },
            subjectId: record.id,
          },
          {
            kind: 'rectification-notice',
            label: { zh: '限期整改通知书', en: 'Rectification notice' },
            subjectId: record.id,
          },
        ]
      : [];
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Card component="header" sx={{ p: 2 }}>
        <Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start', flexWrap: 'wrap' }}>
          <Box sx={{ flex: 1, minWidth: 260 }}>
            <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap', mb: 0.5 }}>
              <Typography variant="body2" color="text.secondary">
                {isJudged(record) ? say('执法问题', 'Enforcement issue') : say('疑似问题', 'Suspected issue')}{' '}
                {String(record.number ?? '')}
              </Typography>
              <StatusTag status={severityOf(record.severity)} />
              <StatusTag status={levels[String(record.level)]} />
              {record.urgent === true && <Tag tone="warn">{say('加急', 'Urgent')}</Tag>}
              {Boolean(record.factsChangedAt) && !record.factsConfirmedAt && (
                <Tag tone="other">{say('事实已变更，待确认', 'Facts changed')}</Tag>
              )}
            </Box>
            <Typography variant="h1">
              {say(String(record.title ?? ''), String(record.titleEn ?? record.title ?? ''))}
            </Typography>
          </Box>
          <Box sx={{ display: 'flex', gap: 1 }}>
            <NextTodo id={record.id} />
            <PrintButton papers={papers} />
          </Box>
        </Box>
        <Typography sx={{ fontSize: { xs: 17, md: 19 }, lineHeight: 1.8, mt: 1.5, maxWidth: 1100 }}>
          {say(String(record.sentence ?? ''), String(record.sentenceEn ?? record.sentence ?? ''))}
        </Typography>
      </Card>
      <Stepper finding={record} />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 420px' },
          alignItems: 'start',
        }}
      >
        <Box sx={{ display: 'grid', gap: 2, gridColumn: { lg: 2 }, gridRow: { lg: 1 }, minWidth: 0 }}>
          <ActPanel subject={subject} finding={record} />
          <Papers subjectId={record.id} />
          {record.ruleCard && <FindingRule card={record.ruleCard} />}
        </Box>
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridColumn: { lg: 1 },
            gridRow: { lg: 1 },
            minWidth: 0,
            gridTemplateColumns: 'minmax(0, 1fr)',
          }}
        >
          <SubjectChain finding={record} />
          <DutyFacts finding={record} />
          <Answers subject={subject} finding={record} />
          <Card component="section" sx={{ p: 2 }}>
            <Typography variant="h3" component="h2" sx={{ mb: 1.5 }}>
              {say('办理经过', 'History')}
            </Typography>
            <Timeline subject={subject} record={record} />
          </Card>
          {may('finding.ledger') && (
            <Card component="section" sx={{ p: 2 }}>
              <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
                {say('防篡改日志', 'Log')}
              </Typography>
              <LedgerTab subject={subject} id={record.id} />
            </Card>
          )}
        </Box>
      </Box>
    </Box>
  );
}

function SubjectChain({ finding }: { finding: Finding }) {
  const { subject } = finding;
  return subject?.readable && ['alarms', 'cases', 'items'].includes(subject.plural) ? (
    <ChainCard plural={subject.plural} id={subject.id} />
  ) : null;
}

/** The duty that was broken: when it opened, when it was due, by how much it is over, on which record. */
function DutyFacts({ finding }: { finding: Finding }) {
  const say = useSay();
  const subject = useSubject('finding');
  const on = finding.subject;
  const due = finding.dutyDueAt ? new Date(String(finding.dutyDueAt)).getTime() : null;
  const met = finding.dutyMetAt ? new Date(String(finding.dutyMetAt)).getTime() : null;
  return (
    <Card component="section" sx={{ p: 2 }}>
      <Typography variant="h3" component="h2" sx={{ mb: 1.5 }}>
        {say('事实', 'Facts')}
      </Typography>
      <Changed finding={finding} />
      <Box
        component="dl"
        sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))', gap: 1.5, m: 0, mb: 1.5 }}
      >
        <Labelled label={on ? say(on.label) : say('监督对象', 'Record')}>
          {on?.readable ? (
            <Link component={RouterLink} to={recordPath(on.plural, on.id)}>
              {on.number ?? say('查看', 'Open')}
            </Link>
          ) : (
            String(finding.subjectNumber ?? '—')
          )}
        </Labelled>
        {finding.dutyOpenedAt ? (
          <Labelled label={say('应办起算', 'Duty opened')}>{fullInstant(String(finding.dutyOpenedAt))}</Labelled>
        ) : null}
        {due ? <Labelled label={say('应办届满', 'Duty due')}>{fullInstant(String(finding.dutyDueAt))}</Labelled> : null}
        <Labelled label={say('实际办理', 'Duty met')}>
          {met ? fullInstant(String(finding.dutyMetAt)) : say('未见办理', 'Not seen')}
          {due && met && met > due ? say(`（超 ${span(met - due, say)}）`, ` (${span(met - due, say)} over)`) : ''}
        </Labelled>
        <Labelled label={say('发现时', 'When found')}>
          <VerdictTag verdict={finding.dutyVerdict as string | null} />
        </Labelled>
        {finding.duty && finding.duty.verdict !== finding.dutyVerdict && (
          <Labelled label={say('现在', 'Now')}>
            <VerdictTag verdict={finding.duty.verdict} />
            {finding.duty.metAt ? ` ${fullInstant(finding.duty.metAt)}` : ''}
          </Labelled>
        )}
      </Box>
      <FactGrid
        facts={['unit', 'person', 'department', 'origin', 'raisedAt', 'selfCorrectUntil'].flatMap(
          (name) => factIn(subject, name) ?? [],
        )}
        values={finding}
        refs={finding.refs}
      />
      <Snapshot finding={finding} />
    </Card>
  );
}
