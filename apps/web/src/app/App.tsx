import { Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Loading } from '../ui/Loading.tsx';
import { lazyPage } from '../ui/lazyPart.ts';
import { Toasts } from '../ui/Toasts.tsx';
import { Calls } from './Calls.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { NotFound } from './NotFound.tsx';
import { loadMeetingPage } from './pages.ts';

const HomePage = lazyPage(() => import('../features/home/components/HomePage.tsx'));
const SignInPage = lazyPage(() => import('../features/account/components/SignInPage.tsx'));
const SetUpPage = lazyPage(() => import('../features/set-up/components/SetUpPage.tsx'));
const OwnAccountPage = lazyPage(() => import('../features/own-account/components/OwnAccountPage.tsx'));
const AdminPage = lazyPage(() => import('../features/admin/components/AdminPage.tsx'));
const ForgotPasswordPage = lazyPage(
  () => import('../features/choose-password/components/ForgotPasswordPage.tsx'),
);
const ChoosePasswordPage = lazyPage(
  () => import('../features/choose-password/components/ChoosePasswordPage.tsx'),
);
const AboutPage = lazyPage(() => import('../features/about/components/AboutPage.tsx'));
const ConnectPage = lazyPage(() => import('../features/sign-on/components/ConnectPage.tsx'));
const NewMeetingPage = lazyPage(() => import('../features/organise/components/NewMeetingPage.tsx'));
const OrganisePage = lazyPage(() => import('../features/organise/components/OrganisePage.tsx'));
const PeoplePage = lazyPage(() => import('../features/calls/components/PeoplePage.tsx'));
const OutsideCallPage = lazyPage(() => import('../features/calls/components/OutsideCallPage.tsx'));
const MeetingPage = lazyPage(loadMeetingPage);

export function App() {
  return (
    <ErrorBoundary>
      <BrowserRouter>
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route path="/" element={<HomePage />} />
            <Route path="/sign-in" element={<SignInPage />} />
            <Route path="/set-up" element={<SetUpPage />} />
            <Route path="/forgot-password" element={<ForgotPasswordPage />} />
            <Route
              path="/invitation"
              element={<ChoosePasswordPage key="invitation" purpose="invitation" />}
            />
            <Route path="/new-password" element={<ChoosePasswordPage key="reset" purpose="reset" />} />
            <Route path="/sign-on/connect" element={<ConnectPage />} />
            <Route path="/account/*" element={<OwnAccountPage />} />
            <Route path="/admin/*" element={<AdminPage />} />
            <Route path="/about" element={<AboutPage />} />
            <Route path="/people/*" element={<PeoplePage />} />
            <Route path="/call" element={<OutsideCallPage />} />
            <Route path="/meetings/new" element={<NewMeetingPage />} />
            <Route path="/meetings/:id/*" element={<OrganisePage />} />
            <Route path="/m/:meetingId" element={<MeetingPage />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
        <Calls />
        <Toasts />
      </BrowserRouter>
    </ErrorBoundary>
  );
}
