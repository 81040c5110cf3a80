import { badInput, type Problem } from '../kernel/errors.ts';

/** Words that everybody in a police bureau tries first, beside the usual lists of the estimator. */
const words = [
  ...['mingjing', 'jingcha', 'gongan', 'police', 'fazhi', 'paichusuo', 'renmin', 'renminjingcha', 'minjing', 'fujing'],
  ...['mima', 'woaini', 'woaizuguo', 'zhongguo', 'beijing', 'shouzhang', 'suozhang', 'anguan', 'lanchuan', 'yanshi'],
  ...['明镜', '公安', '警察', '密码', '派出所', '人民', '中国'],
];

type Check = (password: string, own: string[]) => number;
let estimator: Promise<Check> | undefined;

/** Some megabytes of lists: read when somebody chooses a password, not at every start. */
async function load(): Promise<Check> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, bureau: words },
    graphs: common.adjacencyGraphs,
  });
  return (password, own) => zxcvbn.check(password, own).score;
}

/** 拼音 of a Chinese word without tones, and its initials: 北门所 → beimensuo, bms. */
async function spelled(word: string): Promise<string[]> {
  if (!/\p{Script=Han}/u.test(word)) return [word.toLowerCase()];
  const { pinyin } = await import('pinyin-pro');
  const syllables = pinyin(word, { toneType: 'none', type: 'array' });
  return [word, syllables.join(''), syllables.map((one) => one.slice(0, 1)).join('')];
}

/** Beyond ten thousand million guesses, by zxcvbn's estimate (Wheeler, USENIX Security 2016): its highest score. */
const strong = 4;

/**
 * Whether a password is as hard to guess as one that nobody ties to its owner or the bureau.
 * @param own the owner's login, number, name and the names of his units
 * @throws Problem 422 `password.weak` that says why
 */
export async function checkNewPassword(next: string, own: readonly string[]): Promise<void> {
  const weak = (zh: string, en: string): Problem => badInput('password.weak', { zh, en }, [{ path: 'next', zh, en }]);
  const length = [...next].length;
  if (length < 12) throw weak('密码至少 12 位', 'A password has at least 12 characters');
  if (length > 128) throw weak('密码至多 128 位', 'A password has at most 128 characters');
  if (new Set(next).size < 6) throw weak('密码中重复的字符过多', 'Too few different characters');
  const near = (await Promise.all(own.filter(Boolean).map(spelled))).flat().filter((one) => [...one].length >= 2);
  const lower = next.toLowerCase();
  const personal = near.find((one) => [...one].length >= 4 && lower.includes(one) && one.length * 2 >= length);
  estimator ??= load();
  const score = personal ? 0 : (await estimator)(next.slice(0, 128), near);
  if (score < strong)
    throw weak(
      '密码容易被猜到：不要使用姓名、警号、单位、年份、键盘顺序或者常见词语，可用几个互不相关的词',
      'Easy to guess: no names, numbers, units, years, rows of keys or common words; several unrelated words are fine',
    );
}
