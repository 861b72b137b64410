import { CHAT_TEXT_LIMIT, type Conversation } from '@conclave/client';
import { SendHorizontal, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../ui/cx.ts';
import { useObservable } from '../../../../ui/useObservable.ts';
import styles from './Composer.module.css';
import { draftOf, keepDraft } from './drafts.ts';
import { useSecretGuard } from './useSecretGuard.tsx';

/** So many characters before the end they are counted. */
const countFrom = 200;

const hints = {
  none: 'talk.privateHint',
  left: 'talk.recipientLeft',
  forbidden: 'talk.privateForbidden',
} as const;

/** Where a message is written: Enter sends, Shift and Enter begin a new line. */
export function Composer(props: {
  readonly conversation: Conversation;
  /** Whether there is chat in this meeting; files there may be all the same. */
  readonly writing: boolean;
  /** Why one cannot write, where one cannot. */
  readonly silent: string;
  /** What stands above the field. */
  readonly above: ReactNode;
  /** Who alone can read it; null: everybody. */
  readonly to: { readonly participantId: string; readonly name: string } | null;
  /** Why nothing can be sent to that person; null: it can. */
  readonly blocked: 'left' | 'forbidden' | null;
  /** What stands in front of the field. */
  readonly attach: ReactNode;
  readonly replyTo: string | null;
  readonly onReplyEnd: () => void;
  /** Of this meeting, when this browser knows it: it is not to be told to everybody by mistake. */
  readonly passcode: string | null;
}) {
  const { conversation, writing, silent, above, to, blocked, attach, replyTo, onReplyEnd } = props;
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => draftOf(conversation));
  const guard = useSecretGuard(field, props.passcode);
  const left = CHAT_TEXT_LIMIT - [...text.trim()].length;

  useEffect(() => keepDraft(conversation, text), [conversation, text]);
  // As high as what is in it, up to what the style sheet allows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text gives the height
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);
  useEffect(() => {
    if (replyTo !== null) field.current?.focus();
  }, [replyTo]);

  const send = () => {
    if (blocked !== null || guard.holdsBack(text)) return;
    if (!conversation.send(text, replyTo, to?.participantId ?? null)) return;
    setText('');
    onReplyEnd();
    field.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    // While an input method composes, Enter takes what it suggests.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  if (!writing)
    return (
      <div className={styles.composer}>
        <p className={styles.replying}>{silent}</p>
        {attach}
      </div>
    );
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {replyTo !== null && <Replying conversation={conversation} replyTo={replyTo} onEnd={onReplyEnd} />}
      {guard.question}
      <div className={styles.above}>{above}</div>
      <div className={styles.row}>
        {attach}
        <textarea
          {...guard.handlers}
          ref={field}
          className={cx(styles.field, to !== null && styles.private)}
          rows={1}
          dir="auto"
          aria-label={t('conversation.message')}
          placeholder={
            to === null ? t('conversation.placeholder') : t('talk.privatePlaceholder', { name: to.name })
          }
          value={text}
          enterKeyHint="send"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
        />
        <Button
          type="submit"
          className={styles.send ?? ''}
          aria-label={t('conversation.send')}
          isDisabled={text.trim() === '' || left < 0 || blocked !== null}
        >
          <SendHorizontal size={20} aria-hidden="true" />
        </Button>
      </div>
      {to !== null && (
        <p className={blocked === null ? styles.hint : styles.gone} role="status">
          {t(hints[blocked ?? 'none'], { name: to.name })}
        </p>
      )}
      <p className={left < 0 ? styles.over : styles.count} role="status">
        {left < 0 && t('conversation.tooLong', { count: -left })}
        {left >= 0 && left < countFrom && t('conversation.left', { count: left })}
      </p>
    </form>
  );
}

function Replying(props: {
  readonly conversation: Conversation;
  readonly replyTo: string;
  readonly onEnd: () => void;
}) {
  const { t } = useTranslation();
  const { entries } = useObservable(props.conversation.chat);
  const answered = entries.find(({ key }) => key === props.replyTo);
  if (answered?.kind !== 'message') return null;
  return (
    <p className={styles.replying}>
      <span className={styles.quote} dir="auto">
        <strong>{t('conversation.replying', { name: answered.author.name })}</strong>{' '}
        {answered.text ?? t('conversation.deleted')}
      </span>
      <Button
        className={styles.cancel ?? ''}
        aria-label={t('conversation.cancelReply')}
        onPress={props.onEnd}
      >
        <X size={16} aria-hidden="true" />
      </Button>
    </p>
  );
}
