import './schemas.ts';
import '../i18n/i18n.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { keepSecrets } from './keepSecrets.ts';

// Before anything is drawn, so that no secret stays in the address bar.
keepSecrets(window);

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the application.');
// No StrictMode: it opens and closes every visit twice, and closing a visit leaves its meeting.
createRoot(root).render(<App />);
