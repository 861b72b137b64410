import { CHAT_TEXT_LIMIT } from '@conclave/client';
import { Check, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import styles from './EditMessage.module.css';

/** Another text for a message, in its place: Enter saves, Escape leaves it as it was. */
export function EditMessage(props: {
  readonly text: string;
  /** Returns false when it cannot be so. */
  readonly onSave: (text: string) => boolean;
  readonly onEnd: () => void;
}) {
  const { onSave, onEnd } = props;
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(props.text);
  const left = CHAT_TEXT_LIMIT - [...text.trim()].length;

  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text gives the height
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);

  const save = () => {
    if (onSave(text)) onEnd();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      // It ends this, and does not close the chat.
      event.stopPropagation();
      onEnd();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    save();
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={field}
        className={styles.field}
        rows={1}
        dir="auto"
        aria-label={t('talk.editing')}
        value={text}
        enterKeyHint="done"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      {left < 0 && (
        <p className={styles.over} role="status">
          {t('conversation.tooLong', { count: -left })}
        </p>
      )}
      <div className={styles.actions}>
        <Button className={styles.cancel ?? ''} aria-label={t('talk.cancelEdit')} onPress={onEnd}>
          <X size={18} aria-hidden="true" />
        </Button>
        <Button
          type="submit"
          className={styles.save ?? ''}
          aria-label={t('talk.saveEdit')}
          isDisabled={text.trim() === '' || left < 0}
        >
          <Check size={18} aria-hidden="true" />
        </Button>
      </div>
    </form>
  );
}
