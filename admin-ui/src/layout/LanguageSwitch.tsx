import { Button, Tooltip } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useLocaleState } from 'react-admin';

/** One press between Chinese and English; what the server words is read again. */
export function LanguageSwitch() {
  const [locale, setLocale] = useLocaleState();
  const queries = useQueryClient();
  const next = locale === 'en' ? 'zh' : 'en';
  const change = () => {
    setLocale(next);
    setTimeout(() => void queries.invalidateQueries(), 100);
  };
  return (
    <Tooltip title={locale === 'en' ? '切换到中文' : 'Switch to English'}>
      <Button color="inherit" lang={next} onClick={change} sx={{ minWidth: 40, px: 1 }}>
        {locale === 'en' ? '中' : 'EN'}
      </Button>
    </Tooltip>
  );
}
