import { defaultLightTheme, type RaThemeOptions } from 'react-admin';
import { storedLocale } from '../words/say.ts';
import { blue, gold, grey, tones } from './colours.ts';

const font =
  '"Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Segoe UI", sans-serif';

/** One light theme: dense, 8-px spacing, flat cards with a hairline instead of shadows. */
export const theme: RaThemeOptions = {
  ...defaultLightTheme,
  spacing: 8,
  palette: {
    mode: 'light',
    primary: { main: blue.main, dark: blue.deep, light: blue.soft, contrastText: '#ffffff' },
    secondary: { main: '#3f5a78' },
    error: { main: tones.bad.ink },
    warning: { main: '#9a5b00' },
    success: { main: tones.good.ink },
    info: { main: blue.main },
    background: { default: grey.paper, paper: grey.card },
    text: { primary: grey.ink, secondary: grey.second },
    divider: grey.line,
  },
  shape: { borderRadius: 8 },
  typography: {
    fontFamily: font,
    fontSize: 14,
    h1: { fontSize: 24, fontWeight: 600, lineHeight: 1.35 },
    h2: { fontSize: 20, fontWeight: 600, lineHeight: 1.4 },
    h3: { fontSize: 16, fontWeight: 600, lineHeight: 1.5 },
    h4: { fontSize: 14, fontWeight: 600, lineHeight: 1.5 },
    h5: { fontSize: 20, fontWeight: 600 },
    h6: { fontSize: 16, fontWeight: 600 },
    subtitle1: { fontSize: 15, fontWeight: 600 },
    subtitle2: { fontSize: 13, fontWeight: 600 },
    body1: { fontSize: 14, lineHeight: 1.6 },
    body2: { fontSize: 14, lineHeight: 1.55 },
    caption: { fontSize: 12, lineHeight: 1.5 },
    button: { textTransform: 'none', fontWeight: 500 },
  },
  sidebar: { width: 208, closedWidth: 56 },
  components: {
    ...defaultLightTheme.components,
    MuiPaper: { defaultProps: { elevation: 0 } },
    MuiPagination: { defaultProps: { 'aria-label': storedLocale() === 'en' ? 'Pages' : '分页' } },
    MuiCard: { styleOverrides: { root: { border: `1px solid ${grey.line}`, boxShadow: 'none' } } },
    MuiAppBar: {
      styleOverrides: { root: { backgroundColor: blue.night, borderRadius: 0, borderBottom: `2px solid ${gold}` } },
    },
    MuiButton: {
      defaultProps: { disableElevation: true, size: 'small' },
      styleOverrides: { sizeSmall: { padding: '5px 14px', fontSize: 14 } },
    },
    MuiButtonBase: {
      styleOverrides: { root: { '&.Mui-focusVisible': { outline: `2px solid ${blue.main}`, outlineOffset: 2 } } },
    },
    MuiTextField: { defaultProps: { size: 'small', variant: 'outlined' } },
    MuiFormControl: { defaultProps: { size: 'small', variant: 'outlined' } },
    MuiOutlinedInput: {
      styleOverrides: { notchedOutline: { borderColor: '#b8c2cd' }, root: { backgroundColor: '#fff' } },
    },
    MuiInputLabel: { styleOverrides: { root: { color: grey.second } } },
    MuiTab: { styleOverrides: { root: { minHeight: 44, padding: '8px 16px', fontSize: 14 } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 44 } } },
    MuiTableCell: {
      styleOverrides: {
        root: { borderBottomColor: grey.line },
        head: { backgroundColor: '#f0f3f7', color: '#394654', fontWeight: 600, whiteSpace: 'nowrap', fontSize: 13 },
        sizeSmall: { padding: '8px 12px' },
      },
    },
    MuiToggleButton: {
      styleOverrides: {
        root: {
          color: grey.second,
          '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: blue.main, color: '#fff' },
        },
      },
    },
    MuiTooltip: { styleOverrides: { tooltip: { fontSize: 12, backgroundColor: '#22303f' } } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: 18, fontWeight: 600, paddingBottom: 8 } } },
    MuiAlert: { styleOverrides: { root: { alignItems: 'center' } } },
    MuiLink: { defaultProps: { underline: 'hover' } },
  },
};
