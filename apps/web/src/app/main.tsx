import './schemas.ts';
import '../i18n/i18n.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { loadRoom } from '../features/room/load.ts';
import { App } from './App.tsx';
import { isMeetingPath } from './fragment.ts';
import { keepSecrets } from './keepSecrets.ts';
import { loadMeetingPage } from './pages.ts';

// Before anything is drawn, so that no secret stays in the address bar.
keepSecrets(window);

// Whoever comes back after a reload waits for nothing that could be on its way already.
if (isMeetingPath(location.pathname)) void Promise.all([loadMeetingPage(), loadRoom()]).catch(() => {});

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the application.');
// No StrictMode: it opens and closes every visit twice, and closing a visit leaves its meeting.
createRoot(root).render(<App />);
