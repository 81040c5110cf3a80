import polyglotI18nProvider from 'ra-i18n-polyglot';
import englishMessages from 'ra-language-english';
import { storedLocale, storeLocale } from '../words/say.ts';
import { chineseMessages } from './messages-zh.ts';

const polyglot = polyglotI18nProvider(
  (locale) => (locale === 'en' ? englishMessages : chineseMessages),
  storedLocale(),
  [
    { locale: 'zh', name: '中文' },
    { locale: 'en', name: 'English' },
  ],
  { allowMissing: true },
);

/** Chinese first, English at a switch; the choice survives a reload and is told to the server. */
export const i18nProvider: typeof polyglot = {
  ...polyglot,
  changeLocale: async (locale) => {
    storeLocale(locale);
    document.documentElement.lang = locale === 'en' ? 'en' : 'zh-CN';
    await polyglot.changeLocale(locale);
  },
};
