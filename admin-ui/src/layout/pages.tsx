import type { SvgIconComponent } from '@mui/icons-material';
import FreezeIcon from '@mui/icons-material/AccountBalanceOutlined';
import UnitIcon from '@mui/icons-material/AccountTreeOutlined';
import RoleIcon from '@mui/icons-material/AdminPanelSettingsOutlined';
import PostIcon from '@mui/icons-material/BadgeOutlined';
import FeedIcon from '@mui/icons-material/CableOutlined';
import LicenceIcon from '@mui/icons-material/CardMembershipOutlined';
import TodoIcon from '@mui/icons-material/ChecklistOutlined';
import EmergencyIcon from '@mui/icons-material/CrisisAlertOutlined';
import WeeklyIcon from '@mui/icons-material/DateRangeOutlined';
import ShiftIcon from '@mui/icons-material/EventAvailableOutlined';
import FindingIcon from '@mui/icons-material/FactCheckOutlined';
import CaseIcon from '@mui/icons-material/FolderOutlined';
import ComplaintIcon from '@mui/icons-material/ForumOutlined';
import RuleIcon from '@mui/icons-material/GavelOutlined';
import BacktestIcon from '@mui/icons-material/HistoryToggleOffOutlined';
import FiguresIcon from '@mui/icons-material/InsightsOutlined';
import ItemIcon from '@mui/icons-material/Inventory2Outlined';
import ResetIcon from '@mui/icons-material/LockResetOutlined';
import StayIcon from '@mui/icons-material/MeetingRoomOutlined';
import ReminderIcon from '@mui/icons-material/NotificationImportantOutlined';
import AlarmIcon from '@mui/icons-material/NotificationsActiveOutlined';
import PeopleIcon from '@mui/icons-material/PeopleAltOutlined';
import LedgerIcon from '@mui/icons-material/PolicyOutlined';
import ExceptionIcon from '@mui/icons-material/RuleOutlined';
import ScoreIcon from '@mui/icons-material/ScoreboardOutlined';
import InspectionIcon from '@mui/icons-material/StorefrontOutlined';
import FailedIcon from '@mui/icons-material/SyncProblemOutlined';
import TodayIcon from '@mui/icons-material/TodayOutlined';
import RecordingIcon from '@mui/icons-material/VideocamOutlined';
import type { Text } from '../words/say.ts';

export interface Page {
  path: string;
  label: Text;
  icon: SvgIconComponent;
  /** One of these abilities shows the page in the menu; none means everybody. */
  needs?: string[];
  /** Or one of these roles. */
  roles?: string[];
}

export interface PageGroup {
  label: Text;
  pages: Page[];
}

const page = (
  path: string,
  zh: string,
  en: string,
  icon: SvgIconComponent,
  needs?: string[],
  roles?: string[],
): Page => ({
  path,
  label: { zh, en },
  icon,
  ...(needs ? { needs } : {}),
  ...(roles ? { roles } : {}),
});

/** The menu, group by group. */
export const pageGroups: PageGroup[] = [
  {
    label: { zh: '工作', en: 'Work' },
    pages: [
      page('/todos', '我的待办', 'My to-dos', TodoIcon),
      page('/today', '本所今日', 'My unit today', TodayIcon, undefined, ['unit-head', 'unit-legal-officer']),
      page('/findings', '执法问题', 'Issues', FindingIcon, ['finding.read']),
    ],
  },
  {
    label: { zh: '监督对象', en: 'Records' },
    pages: [
      page('/alarms', '警情', 'Alarms', AlarmIcon, ['alarm.read']),
      page('/cases', '案件', 'Cases', CaseIcon, ['case.read']),
      page('/stays', '办案区人员', 'People in the area', StayIcon, ['stay.read']),
      page('/items', '涉案财物', 'Case property', ItemIcon, ['item.read']),
      page('/shifts', '勤务', 'Shifts', ShiftIcon, ['shift.read']),
      page('/recordings', '执法音视频', 'Recordings', RecordingIcon, ['recording.read']),
      page('/freezes', '止付冻结', 'Freezes', FreezeIcon, ['freeze.read']),
      page('/complaints', '投诉信访', 'Complaints', ComplaintIcon, ['complaint.read']),
      page('/licences', '行政许可', 'Licences', LicenceIcon, ['licence.read']),
      page('/inspections', '涉企检查', 'Inspections', InspectionIcon, ['inspection.read']),
    ],
  },
  {
    label: { zh: '监督', en: 'Supervision' },
    pages: [
      page('/figures', '执法质量', 'Quality', FiguresIcon, ['figure.read']),
      page('/rules', '监督规则', 'Rules', RuleIcon, ['rule.read']),
      page('/exceptions', '核准例外', 'Exceptions', ExceptionIcon, ['exception.read']),
      page('/emergencies', '应急模式', 'Emergencies', EmergencyIcon, ['emergency.read']),
      page('/reminders', '临期提醒', 'Reminders', ReminderIcon, ['reminder.read']),
      page('/weekly', '周清单', 'Weekly list', WeeklyIcon, ['weekly.read']),
      page('/feeds', '数据来源', 'Feeds', FeedIcon, ['feed.read']),
      page('/rule-scores', '规则评分', 'Scores of rules', ScoreIcon, ['rule.trial', 'figure.read']),
      page('/backtests', '历史回测', 'Back-tests', BacktestIcon, ['rule.backtest']),
    ],
  },
  {
    label: { zh: '管理', en: 'Administration' },
    pages: [
      page('/units', '单位', 'Units', UnitIcon, ['unit.read']),
      page('/people', '人员', 'People', PeopleIcon, ['person.read']),
      page('/posts', '任职', 'Posts', PostIcon, ['post.read']),
      page('/roles', '角色权限', 'Roles', RoleIcon, ['post.read', 'ledger.read']),
      page('/password-resets', '密码重置', 'New passwords', ResetIcon, ['reset.read']),
      page('/ledger', '防篡改日志', 'Ledger', LedgerIcon, ['ledger.read']),
      page('/jobs', '后台任务', 'Jobs', FailedIcon, ['job.read']),
    ],
  },
];

export const shownPage = (
  one: Page,
  may: (action: string) => boolean,
  role: (...roles: string[]) => boolean,
): boolean => (!one.needs && !one.roles) || Boolean(one.needs?.some(may)) || Boolean(one.roles && role(...one.roles));
