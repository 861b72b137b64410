import type { ChatMessageEntry, Conversation } from '@conclave/client';
import { Clock, CornerUpLeft, Pencil, Trash2 } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../ui/cx.ts';
import styles from './ChatMessage.module.css';
import { ChatText } from './ChatText.tsx';
import { EditMessage } from './EditMessage.tsx';

export const ChatMessage = memo(function ChatMessage(props: {
  readonly message: ChatMessageEntry;
  /** Null when it answers none, or one that is not here. */
  readonly answers: ChatMessageEntry | null;
  readonly conversation: Conversation;
  readonly selfId: string | null;
  readonly mayRemove: boolean;
  readonly mayEdit: boolean;
  readonly onReply: (key: string) => void;
}) {
  const { message, answers, conversation, selfId, mayRemove, mayEdit, onReply } = props;
  const { key, author, text, replyTo, delivery, deletedBy, privateWith } = message;
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  if (text === null)
    return (
      <p className={styles.deleted}>
        {deletedBy === null ? t('conversation.deleted') : t('talk.deletedBy', { name: deletedBy })}
      </p>
    );
  const own = author.participantId === selfId;
  const kept = delivery !== 'failed' && delivery !== 'gone';
  const editable = own && kept && mayEdit;
  if (editing && editable)
    return (
      <EditMessage
        text={text}
        onSave={(next) => conversation.edit(key, next)}
        onEnd={() => {
          setEditing(false);
          // The button is there again once this is drawn.
          setTimeout(() => edit.current?.focus());
        }}
      />
    );
  const icon = { size: 16, 'aria-hidden': true } as const;
  return (
    <div className={styles.line}>
      <div
        className={cx(
          styles.bubble,
          author.self && styles.own,
          privateWith !== null && styles.private,
          !kept && styles.failed,
        )}
      >
        {replyTo !== null && (
          <p className={styles.quote} dir="auto">
            {answers?.text === undefined || answers.text === null
              ? t('conversation.answersUnknown')
              : t('conversation.answers', { name: answers.author.name, text: answers.text })}
          </p>
        )}
        <ChatText text={text} />
        {message.edited && <p className={styles.state}>{t('talk.edited')}</p>}
        {delivery === 'gone' && (
          <p className={styles.state}>{t('talk.notSentGone', { name: privateWith?.name ?? '' })}</p>
        )}
        {delivery === 'pending' && (
          <p className={styles.state}>
            <Clock size={12} aria-hidden="true" />
            {t('conversation.sending')}
          </p>
        )}
        {delivery === 'failed' && (
          <p className={styles.state}>
            {t('conversation.failed')}
            <Button className={styles.retry ?? ''} onPress={() => conversation.retry(key)}>
              {t('conversation.retry')}
            </Button>
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {delivery === 'sent' && !author.self && (
          <Button
            className={styles.action ?? ''}
            aria-label={t(privateWith === null ? 'conversation.reply' : 'talk.replyPrivately', {
              name: author.name,
            })}
            onPress={() => onReply(key)}
          >
            <CornerUpLeft {...icon} />
          </Button>
        )}
        {editable && (
          <Button
            ref={edit}
            className={styles.action ?? ''}
            aria-label={t('talk.edit')}
            onPress={() => setEditing(true)}
          >
            <Pencil {...icon} />
          </Button>
        )}
        {mayRemove && !own && !author.self && (
          <Button
            className={styles.action ?? ''}
            aria-label={t('talk.remove', { name: author.name })}
            onPress={() => conversation.remove(key)}
          >
            <Trash2 {...icon} />
          </Button>
        )}
        {own && (
          <Button
            className={styles.action ?? ''}
            aria-label={t('conversation.delete')}
            onPress={() => conversation.delete(key)}
          >
            <Trash2 {...icon} />
          </Button>
        )}
      </div>
    </div>
  );
});
