import { stepIn, useVocabulary } from '../vocabulary/Vocabulary.tsx';
import { type Text, useSay } from '../words/say.ts';

const nouns: Record<string, Text> = {
  unit: { zh: '单位', en: 'Units' },
  person: { zh: '人员', en: 'People' },
  post: { zh: '任职', en: 'Posts' },
  role: { zh: '角色', en: 'Roles' },
  rule: { zh: '监督规则', en: 'Rules' },
  calendar: { zh: '工作日历', en: 'Calendar' },
  notice: { zh: '消息', en: 'Notices' },
  see: { zh: '个人信息（全文）', en: 'Personal data in full' },
  glimpse: { zh: '个人信息（遮盖）', en: 'Personal data, masked' },
  attachment: { zh: '附件', en: 'Files' },
  todo: { zh: '待办', en: 'To-dos' },
  figure: { zh: '执法质量', en: 'Figures' },
  report: { zh: '文书', en: 'Papers' },
  job: { zh: '后台任务', en: 'Jobs' },
  feed: { zh: '数据来源', en: 'Feeds' },
  setting: { zh: '设置', en: 'Settings' },
  import: { zh: '导入', en: 'Imports' },
  ledger: { zh: '防篡改日志', en: 'Log' },
  cells: { zh: '统计表', en: 'Tables of figures' },
  exception: { zh: '核准例外', en: 'Exceptions' },
  emergency: { zh: '应急模式', en: 'Emergency modes' },
  reminder: { zh: '临期提醒', en: 'Reminders' },
  weekly: { zh: '周清单', en: 'Weekly list' },
  excuse: { zh: '例外', en: 'Exceptions' },
  reset: { zh: '密码重置', en: 'New passwords' },
  session: { zh: '登录', en: 'Sign-in' },
  login: { zh: '登录名', en: 'Login' },
  access: { zh: '访问', en: 'Access' },
  finding: { zh: '执法问题', en: 'Issues' },
};

const verbs: Record<string, Text> = {
  read: { zh: '查看', en: 'read' },
  create: { zh: '新建', en: 'create' },
  change: { zh: '修改', en: 'change' },
  ledger: { zh: '查看留痕', en: 'log' },
  correct: { zh: '更正', en: 'correct' },
  reveal: { zh: '查看完整信息', en: 'reveal' },
  grant: { zh: '授予', en: 'grant' },
  end: { zh: '免去', en: 'end' },
  disable: { zh: '停用', en: 'disable' },
  unlock: { zh: '解锁', en: 'unlock' },
  reset: { zh: '重置密码', en: 'reset' },
  retry: { zh: '重试', en: 'retry' },
  issue: { zh: '签发', en: 'issue' },
  verify: { zh: '核验', en: 'verify' },
  trial: { zh: '查看试运行', en: 'see trials' },
  caller: { zh: '报警人', en: 'caller' },
  phone: { zh: '电话', en: 'phone' },
  address: { zh: '地址', en: 'address' },
  suspect: { zh: '涉案人员', en: 'suspect' },
  identity: { zh: '证件号码', en: 'identity' },
  narrative: { zh: '案情', en: 'narrative' },
  minor: { zh: '未成年人', en: 'minor' },
  enact: { zh: '启用', en: 'enact' },
  backtest: { zh: '历史回测', en: 'back-test' },
  override: { zh: '调整参数', en: 'override' },
  take: { zh: '转为疑似问题', en: 'take up' },
  export: { zh: '导出', en: 'export' },
  refuse: { zh: '拒绝', en: 'refuse' },
  release: { zh: '放行', en: 'release' },
  'keep-password': { zh: '不重置密码', en: 'keep the password' },
  start: { zh: '登录', en: 'sign in' },
  upload: { zh: '上传', en: 'upload' },
  ask: { zh: '补登中断', en: 'report a past outage' },
  stop: { zh: '停止', en: 'stop' },
  resume: { zh: '恢复', en: 'resume' },
  list: { zh: '列入周清单', en: 'put on the weekly list' },
  rebuild: { zh: '重建', en: 'rebuild' },
  queue: { zh: '提交导入', en: 'hand in' },
  render: { zh: '生成', en: 'draw' },
  download: { zh: '下载', en: 'download' },
  adopt: { zh: '确立', en: 'adopt' },
  draft: { zh: '起草', en: 'draft' },
  reword: { zh: '修改文字', en: 'reword' },
  param: { zh: '调整参数', en: 'parameter' },
  sign: { zh: '审签', en: 'sign' },
  repeal: { zh: '停用', en: 'repeal' },
  try: { zh: '试运行', en: 'try' },
  suspend: { zh: '转试运行', en: 'back to trial' },
  propose_trial: { zh: '提请转试运行', en: 'propose a trial' },
  propose_repeal: { zh: '提请停用', en: 'propose a repeal' },
  finish: { zh: '完成', en: 'finish' },
  fail: { zh: '失败', en: 'fail' },
  complainant: { zh: '投诉人', en: 'complainant' },
  enable: { zh: '启用', en: 'enable' },
  'change-password': { zh: '修改密码', en: 'change the password' },
};

/** `alarm.arrive` as 到场: a step's own label, else one of the few words of the administration, never a code. */
export function useActionName(): { noun: (noun: string) => string; verb: (action: string) => string } {
  const say = useSay();
  const { subjects } = useVocabulary();
  return {
    noun: (noun) => {
      const label = nouns[noun] ?? subjects.find((one) => one.name === noun)?.label;
      return label ? say(label) : say('其他', 'Other');
    },
    verb: (action) => {
      const [noun, verb = ''] = action.split('.');
      const subject = subjects.find((one) => one.name === noun);
      const step = subject && stepIn(subject, verb);
      if (step) return say(step.label);
      return verbs[verb] ? say(verbs[verb] as Text) : verb === '*' ? say('全部', 'all') : say('其他操作', 'other');
    },
  };
}
