import './guardTexts.ts';
import { TriangleAlert } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../../../ui/lazyPart.ts';
import type { TextPart } from '../../model/linkParts.ts';
import { type LinkDanger, linkDangers } from '../../model/links/linkDangers.ts';
import styles from './ChatLink.module.css';
import { dangerText } from './dangerText.ts';
import { HostName } from './HostName.tsx';

const LinkDialog = lazyPart(() => import('./LinkDialog.tsx'));

export type Link = Extract<TextPart, { kind: 'link' }>;

/** A link whose host is made plain. One that is suspicious is no link yet: it asks first, however it is pressed. */
export function ChatLink({ link }: { readonly link: Link }) {
  const { t } = useTranslation();
  const dangers = useMemo(() => dangersOf(link), [link]);
  const [asking, setAsking] = useState(false);
  const [first] = dangers;
  if (first === undefined)
    return (
      <bdi dir="ltr">
        <a href={link.href} target="_blank" rel="noopener noreferrer" className={styles.link}>
          <Address link={link} />
          <span className="visually-hidden"> ({t('conversation.newTab')})</span>
        </a>
      </bdi>
    );
  return (
    <>
      <button
        type="button"
        className={styles.suspicious}
        aria-haspopup="dialog"
        onClick={() => setAsking(true)}
      >
        <TriangleAlert size={16} aria-hidden="true" />
        <span className={styles.body}>
          <span className="visually-hidden">{t('guards.link.suspicious')}: </span>
          <bdi dir="ltr" className={styles.address}>
            <Address link={link} />
          </bdi>
          <span className={styles.reason}>{dangerText(t, first)}</span>
        </span>
      </button>
      {asking && (
        <Suspense>
          <LinkDialog link={link} dangers={dangers} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

function Address({ link }: { readonly link: Link }) {
  return (
    <>
      {link.scheme}
      {link.credentials}
      <strong>
        <HostName host={link.host} />
      </strong>
      {link.rest === '/' ? '' : link.rest}
    </>
  );
}

function dangersOf({ href, hidden }: Link): readonly LinkDanger[] {
  const dangers = linkDangers(href, location.origin);
  if (!hidden || dangers.some(({ kind }) => kind === 'hidden')) return dangers;
  return [...dangers, { kind: 'hidden' }];
}
