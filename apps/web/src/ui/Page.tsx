import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { cx } from './cx.ts';
import { Logo } from './Logo.tsx';
import styles from './Page.module.css';

export interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  /** At the end of the header. */
  readonly end?: ReactNode;
  /** For one short form or message; `wide` for two columns. */
  readonly width?: 'narrow' | 'normal' | 'wide';
  /** Leads to what everybody may know about the service. */
  readonly about?: boolean;
  readonly children?: ReactNode;
}

/** Every page but the room: header, one heading, content. */
export function Page({ title, lead, actions, end, width = 'normal', about = false, children }: PageProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link to="/" className={styles.home} aria-label={t('shell.home')}>
          <Logo />
        </Link>
        {end}
      </header>
      <main className={cx(styles.main, styles[width])}>
        <div className={styles.head}>
          <div className={styles.titles}>
            <PageTitle title={title} />
            {lead !== undefined && <p className={styles.lead}>{lead}</p>}
          </div>
          {actions}
        </div>
        {children}
      </main>
      {about && (
        <footer className={styles.foot}>
          <Link to="/about">{t('shell.about')}</Link>
        </footer>
      )}
    </div>
  );
}

/** Takes the focus after a move inside the application, so that the new page is read from its start. */
function PageTitle({ title }: { readonly title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useLocation().key === 'default';
  useEffect(() => {
    document.title = `${title} · Conclave`;
  }, [title]);
  useEffect(() => {
    const typing = document.activeElement instanceof HTMLInputElement;
    if (!first && !typing) heading.current?.focus({ preventScroll: true });
  }, [first]);
  return (
    <h1 ref={heading} tabIndex={-1} className={styles.title}>
      {title}
    </h1>
  );
}
