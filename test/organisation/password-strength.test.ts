import { expect } from 'chai';
import { Problem } from '../../server/kernel/errors.ts';
import { checkNewPassword } from '../../server/organisation/password-strength.ts';

const own = ['chujing', '990142', '王小明', '北门派出所', '北门所', '望河分局', '望公', '澜川市公安局', '澜公'];

/** What people choose when a rule asks for twelve characters. */
const poor = [
  ...['P@ssw0rd1234', '1q2w3e4r5t6y', 'zaq12wsxcde3', 'Summer2026!!', 'letmein12345', 'qazwsxedc123'],
  ...['lanchuan2026', 'beimensuo2026', 'trustno1trust', 'mingjing2026', 'Mingjing@2026', 'police123456'],
  ...['password1234', 'Password@123', 'qwertyuiop12', 'asdfghjkl123', '1qaz2wsx3edc', '1qaz@WSX3edc'],
  ...['admin1234567', 'Admin@123456', 'welcome12345', 'iloveyou1234', 'woaini520520', 'woaini1314520'],
  ...['123456789012', '111111222222', 'aaaaaabbbbbb', 'abcdefghijkl', 'abcabcabcabc', '121212121212'],
  ...['wangxiaoming1', 'wangxiaoming', 'wxm990142wxm', 'chujing2026!', 'chujingchujing', '990142990142'],
  ...['beimenpaichusuo', 'beimen-paichusuo', 'gongan2026gongan', 'jingcha110110', 'jingcha123456', 'paichusuo2026'],
  ...['北门派出所北门派出所', '王小明王小明王小明王小明', '公安公安公安公安公安公安', 'renminjingcha', 'minjing110110'],
  ...['spring2026!!', 'Autumn2025!!', 'football1234', 'monkey123456', 'dragon123456', 'sunshine1234'],
  ...['superman1234', 'princess1234', 'baseball1234', 'shadow123456', 'master123456', 'michael12345'],
  ...['qwer1234asdf', 'asdf1234zxcv', 'zxcvbnm12345', '1234qwerasdf', 'q1w2e3r4t5y6', 'a1b2c3d4e5f6'],
  ...['20260101abcd', 'lanchuangongan', 'LanChuan12345', 'short', '2026-11-23-x'],
];
const good = [
  ...['tudou-yumi-qiezi-79', 'xk4m-7ttp-q2wd-nn5e', 'Chunfeng-huayu-8', 'Qingshan-lvshui-7', 'q7!Lmz82Vbnw'],
  ...[
    'correct horse battery',
    '紫藤 算盘 茶壶 雨伞 七十二',
    'Lanchuan-2026-yanshi',
    'jQ83kd92mxA1',
    '下雪天在炉边煮一锅羊肉汤',
  ],
  'velvet tractor under moon',
];

describe('A new password', () => {
  const told = (password: string) =>
    checkNewPassword(password, own).then(
      () => 'taken',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );

  it('is refused where it is easy to guess, by lists or by whoever knows its owner and his bureau', async () => {
    const taken = [];
    for (const password of poor) if ((await told(password)) !== 'password.weak') taken.push(password);

    expect(poor).to.have.length.of.at.least(60);
    expect(taken).to.deep.equal([]);
  });

  it('is taken where it is not', async () => {
    const refused = [];
    for (const password of good) if ((await told(password)) !== 'taken') refused.push(password);

    expect(refused).to.deep.equal([]);
  });
});
