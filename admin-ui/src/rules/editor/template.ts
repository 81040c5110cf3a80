/** What a new rule begins with: every key that it must have. */
export const template = `id: LOC-01
title: { zh: 规则名称, en: Name of the rule }
subject: item
when: item.how in ['seized']
opens: item.takenAt
within: params.limit
met: item.handedOverAt
params: { limit: 24h }
warn: 4h
owes: item.takenBy
severity: ordinary
in_force: { from: '2027-01-01' }
basis:
  - { document: 规范性文件名称, number: 文号, article: 第几条, status: local, quote: 条文原文 }
says:
  zh: >-
    {item.unit.short}{item.takenAt}提取的{item.name}，应于{due}前移交，{met == null ? "截至目前未见入库登记" : "移交时间为"}{met}，超过时限{over}。
  en: >-
    {item.name}, taken by {item.unit.short} {item.takenAt}, was to be handed over by {due}; {met == null ? "no hand-over is on record" : "it was handed over "}{met}, {over} over the limit.
note: >-
  说明适用范围、例外和取舍。
examples:
  - it: 按时移交
    given: { how: seized, takenAt: '2027-03-03 10:00', handedOverAt: '2027-03-04 06:00' }
    gives: met
  - it: 没有移交
    given: { how: seized, takenAt: '2027-03-03 10:00' }
    gives: overdue
  - it: 其他提取方式不适用
    given: { how: received, takenAt: '2027-03-03 10:00' }
    gives: nothing
`;
