import { QueryClient } from '@tanstack/react-query';
import { lazy } from 'react';
import { Admin, CustomRoutes, Resource } from 'react-admin';
import { Route } from 'react-router-dom';
import { alarms } from './alarms/index.tsx';
import { cases } from './cases/index.tsx';
import { complaints } from './complaints/index.tsx';
import { findings } from './findings/index.tsx';
import { freezes } from './freezes/index.tsx';
import { EmergencyPage } from './guards/EmergencyPage.tsx';
import { ExceptionPage } from './guards/ExceptionPage.tsx';
import { FeedPage } from './guards/FeedPage.tsx';
import { ReminderPage } from './guards/ReminderPage.tsx';
import { WeeklyPage } from './guards/WeeklyPage.tsx';
import { inspections } from './inspections/index.tsx';
import { items } from './items/index.tsx';
import { FailedJobs } from './jobs/FailedJobs.tsx';
import { AppLayout } from './layout/AppLayout.tsx';
import { Home } from './layout/Home.tsx';
import { LedgerPage } from './ledger/LedgerPage.tsx';
import { licences } from './licences/index.tsx';
import { people, posts, roles, units } from './organisation/index.tsx';
import { ResetPage } from './organisation/ResetPage.tsx';
import { authProvider } from './providers/auth.ts';
import { dataProvider } from './providers/data.ts';
import { i18nProvider } from './providers/i18n.ts';
import { recordings } from './recordings/index.tsx';
import { rules } from './rules/index.tsx';
import { WordsPage } from './rules/WordsPage.tsx';
import { SearchPage } from './search/SearchPage.tsx';
import { ChangePassword } from './session/ChangePassword.tsx';
import { SignIn } from './session/SignIn.tsx';
import { shifts } from './shifts/index.tsx';
import { stays } from './stays/index.tsx';
import { theme } from './theme/theme.ts';
import { TodayPage } from './today/TodayPage.tsx';
import { TodoPage } from './todos/TodoPage.tsx';

const FiguresPage = lazy(() => import('./figures/FiguresPage.tsx').then((module) => ({ default: module.FiguresPage })));
const RuleEditor = lazy(() =>
  import('./rules/editor/RuleEditor.tsx').then((module) => ({ default: module.RuleEditor })),
);
const BacktestList = lazy(() =>
  import('./backtests/BacktestList.tsx').then((module) => ({ default: module.BacktestList })),
);
const BacktestShow = lazy(() =>
  import('./backtests/BacktestShow.tsx').then((module) => ({ default: module.BacktestShow })),
);
const ScoresPage = lazy(() => import('./scores/ScoresPage.tsx').then((module) => ({ default: module.ScoresPage })));
const DutiesPage = lazy(() => import('./figures/DutiesPage.tsx').then((module) => ({ default: module.DutiesPage })));

const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: 1, refetchOnWindowFocus: false } },
});

/** The back office in one screen: every resource and page is listed here. */
export function App() {
  return (
    <Admin
      title="明镜"
      disableTelemetry
      requireAuth
      queryClient={queryClient}
      theme={theme}
      darkTheme={null}
      layout={AppLayout}
      loginPage={SignIn}
      dashboard={Home}
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
    >
      <Resource {...alarms} />
      <Resource {...cases} />
      <Resource {...stays} />
      <Resource {...items} />
      <Resource {...shifts} />
      <Resource {...recordings} />
      <Resource {...freezes} />
      <Resource {...complaints} />
      <Resource {...licences} />
      <Resource {...inspections} />
      <Resource {...findings} />
      <Resource {...rules} />
      <Resource {...units} />
      <Resource {...people} />
      <Resource {...posts} />
      <Resource {...roles} />
      <CustomRoutes>
        <Route path="/todos" element={<TodoPage />} />
        <Route path="/today" element={<TodayPage />} />
        <Route path="/figures" element={<FiguresPage />} />
        <Route path="/figures/duties" element={<DutiesPage />} />
        <Route path="/rule-editor" element={<RuleEditor />} />
        <Route path="/rule-editor/:code/:version" element={<RuleEditor />} />
        <Route path="/rule-words" element={<WordsPage />} />
        <Route path="/rule-scores" element={<ScoresPage />} />
        <Route path="/backtests" element={<BacktestList />} />
        <Route path="/backtests/:id" element={<BacktestShow />} />
        <Route path="/search" element={<SearchPage />} />
        <Route path="/exceptions" element={<ExceptionPage />} />
        <Route path="/emergencies" element={<EmergencyPage />} />
        <Route path="/reminders" element={<ReminderPage />} />
        <Route path="/weekly" element={<WeeklyPage />} />
        <Route path="/feeds" element={<FeedPage />} />
        <Route path="/ledger" element={<LedgerPage />} />
        <Route path="/password-resets" element={<ResetPage />} />
        <Route path="/jobs" element={<FailedJobs />} />
        <Route path="/password" element={<ChangePassword />} />
      </CustomRoutes>
    </Admin>
  );
}
