import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Loading } from '../ui/Loading.tsx';
import { Toasts } from '../ui/Toasts.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { NotFound } from './NotFound.tsx';
import { loadMeetingPage } from './pages.ts';

const HomePage = lazy(() => import('../features/home/components/HomePage.tsx'));
const SignInPage = lazy(() => import('../features/account/components/SignInPage.tsx'));
const SetUpPage = lazy(() => import('../features/set-up/components/SetUpPage.tsx'));
const SessionsPage = lazy(() => import('../features/sessions/components/SessionsPage.tsx'));
const MeetingPage = lazy(loadMeetingPage);

export function App() {
  return (
    <ErrorBoundary>
      <BrowserRouter>
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route path="/" element={<HomePage />} />
            <Route path="/sign-in" element={<SignInPage />} />
            <Route path="/set-up" element={<SetUpPage />} />
            <Route path="/sessions" element={<SessionsPage />} />
            <Route path="/m/:meetingId" element={<MeetingPage />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
        <Toasts />
      </BrowserRouter>
    </ErrorBoundary>
  );
}
