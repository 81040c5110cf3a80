import { roles } from '../organisation/roles.ts';
import { type Policy, policy, scopes } from './enforcer.ts';

/** The mirror that is checked in; `path` from the root of the repository. */
export const matrix = { path: 'policies/matrix.md', render: (): string => render() };

const words: Record<string, string> = { own: '本人', unit: '本单位', subtree: '本单位及下级', bureau: '本局' };

/** policies/matrix.md: who may do what where, for people who do not read policies. Answers are Casbin's own. */
export function render(of: Policy = policy): string {
  const actions = [...new Set(of.roles.flatMap((role) => of.actionsOf(role)))].sort();
  const nouns = [...new Set(actions.map((action) => action.split('.')[0] ?? ''))];
  const lines = [
    '# 权限表 · Who may do what',
    '',
    '由 `policies/roles/*.csv` 生成，勿手工修改（`npm run mingjing -- policies mirror`）。Generated: do not edit.',
    '',
    '本局：县（市、区）局、分局及其下级；市局岗位为全市。✗：与该记录有利害关系的，不得为之。',
    '',
  ];
  for (const noun of nouns) {
    const own = actions.filter((action) => action.startsWith(`${noun}.`));
    const holders = of.roles.filter((role) => own.some((action) => of.scopesOf(role, action).length > 0));
    lines.push(
      `## ${noun}`,
      '',
      `| | ${own.map((action) => action.slice(noun.length + 1)).join(' | ')} |`,
      `|---|${own.map(() => '---|').join('')}`,
    );
    for (const role of holders) {
      lines.push(`| ${roles[role]?.zh ?? role} | ${own.map((action) => cell(of, role, action)).join(' | ')} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

function cell(of: Policy, role: string, action: string): string {
  const held = of.scopesOf(role, action);
  // the widest says it: whoever may in the bureau may in his unit
  const widest = [...scopes].reverse().find((scope) => held.includes(scope));
  if (!widest) return '';
  const also = widest !== 'own' && held.includes('own') && widest !== 'bureau' ? '、本人' : '';
  return `${words[widest]}${also}${of.deniesConcerned(role, action) ? ' ✗' : ''}`;
}
