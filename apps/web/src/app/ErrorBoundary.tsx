import { Component, type ReactNode } from 'react';
import { i18next } from '../i18n/i18n.ts';
import { Button } from '../ui/Button.tsx';
import styles from './ErrorBoundary.module.css';

/**
 * The last resort when drawing the page fails. Everything below it is unmounted, which ends a visit and stops
 * its camera and microphone; it uses no router, which may be what failed.
 */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className={styles.crash} role="alert">
        <h1>{i18next.t('crash.title')}</h1>
        <p>{i18next.t('crash.lead')}</p>
        <Button look="primary" onPress={() => location.reload()}>
          {i18next.t('ui.reload')}
        </Button>
      </main>
    );
  }
}
