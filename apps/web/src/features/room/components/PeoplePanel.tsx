import type { MeetingState } from '@conclave/client';
import { Link2, X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { useCopy } from '../../home/components/useCopy.ts';
import { useMeetingLink } from '../../visit/components/useMeetingLink.ts';
import type { Visit } from '../../visit/model/visit.ts';
import styles from './PeoplePanel.module.css';
import { PersonRow } from './PersonRow.tsx';

/** Everybody who is here, guests marked, and the link for others. */
export function PeoplePanel(props: {
  readonly visit: Visit;
  readonly state: MeetingState;
  readonly onClose: () => void;
}) {
  const { visit, state, onClose } = props;
  const { t } = useTranslation();
  const heading = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const link = useMeetingLink(visit);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const panel = title.current?.closest('aside');
    title.current?.focus({ preventScroll: true });
    // Whoever closes it with the keyboard goes on from where they were.
    return () => {
      const inside = panel?.contains(document.activeElement) === true;
      if (inside && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);

  return (
    <aside
      className={styles.panel}
      aria-labelledby={heading}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={styles.header}>
        <h2 id={heading} ref={title} tabIndex={-1}>
          {t('room.peopleTitle', { count: state.participants.length })}
        </h2>
        <IconButton name={t('ui.close')} onPress={onClose}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </header>
      {link !== null && (
        <div className={styles.invite}>
          <p>{t('room.inviteHelp')}</p>
          <Button
            wide
            icon={<Link2 size={18} aria-hidden="true" />}
            onPress={() => void copy(link(), t('home.copied'))}
          >
            {t('room.copyLink')}
          </Button>
        </div>
      )}
      <ul className={styles.list}>
        {state.participants.map((participant) => (
          <PersonRow
            key={participant.id}
            participant={participant}
            speaking={state.speakers.includes(participant.id)}
          />
        ))}
      </ul>
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </aside>
  );
}
