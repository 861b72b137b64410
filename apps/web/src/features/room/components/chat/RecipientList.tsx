import { LockKeyhole, Search, Users } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { useTranslation } from 'react-i18next';
import styles from './RecipientList.module.css';
import type { Person, Recipient } from './useRecipient.ts';

/** Null: everybody. */
type Choice = (Person & { readonly guest: boolean }) | null;

/**
 * Everybody who can be written to, up to some hundreds: a combobox (WAI-ARIA 1.2) whose letters narrow the list down, and
 * whose arrows move in it. Made by hand: what it takes of the library would come with the page for joining.
 */
export default function RecipientList(props: {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly recipient: Recipient;
  readonly onClose: () => void;
}) {
  const { button, recipient, onClose } = props;
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const choices: readonly Choice[] = [
    ...(typed.trim() === '' ? [null] : []),
    ...recipient.people.filter(({ name }) => fold(name).includes(fold(typed))),
  ];
  const chosen = choices.findIndex((one) => one?.participantId === recipient.chosen?.participantId);
  const [at, setAt] = useState<number | null>(null);
  const active = Math.min(at ?? Math.max(0, chosen), choices.length - 1);

  const take = (choice: Choice) => {
    recipient.choose(choice);
    onClose();
  };
  const move = (to: number) => {
    const next = (to + choices.length) % choices.length;
    setAt(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const press = (event: KeyboardEvent) => {
    const choice = choices[active];
    const done = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      Enter: () => choice !== undefined && take(choice),
    }[event.key];
    if (done === undefined || event.nativeEvent.isComposing || choices.length === 0) return;
    event.preventDefault();
    done();
  };

  return (
    <Popover
      className={styles.popover ?? ''}
      triggerRef={button}
      placement="top start"
      offset={8}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog className={styles.dialog ?? ''} aria-label={t('talk.chooseRecipient')}>
        <div className={styles.search}>
          <Search size={16} aria-hidden="true" />
          <input
            autoFocus
            className={styles.input}
            role="combobox"
            aria-label={t('talk.searchPeople')}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={choices.length === 0 ? undefined : `${id}-${active}`}
            placeholder={t('talk.searchPeople')}
            autoComplete="off"
            spellCheck="false"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(event.target.value.trim() === '' ? null : 0);
            }}
            onKeyDown={press}
          />
        </div>
        <div id={`${id}-list`} className={styles.list} role="listbox" aria-label={t('talk.chooseRecipient')}>
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, which names the active one
            <div
              key={choice?.participantId ?? ''}
              id={`${id}-${index}`}
              className={styles.item}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              data-active={index === active || undefined}
              onClick={() => take(choice)}
              onPointerMove={() => setAt(index)}
            >
              {choice === null ? (
                <>
                  <Users size={16} aria-hidden="true" />
                  {t('talk.everybody')}
                </>
              ) : (
                <>
                  <LockKeyhole size={16} aria-hidden="true" />
                  <bdi className={styles.name}>{choice.name}</bdi>
                  {choice.guest && <span className={styles.guest}>{t('room.guest')}</span>}
                </>
              )}
            </div>
          ))}
        </div>
        <p className={choices.length === 0 ? styles.none : 'visually-hidden'} role="status">
          {choices.length === 0 && t('talk.nobodyFound')}
        </p>
      </Dialog>
    </Popover>
  );
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}
