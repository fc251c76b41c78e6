/** Starts the pages. Owns nothing but the order: styles, language, application. */
import './shell/page.css';
import './kit/parts.css';
import './kit/overlays.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from './kit/language.tsx';
import { App } from './shell/app.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <App />
    </LanguageProvider>
  </StrictMode>,
);
