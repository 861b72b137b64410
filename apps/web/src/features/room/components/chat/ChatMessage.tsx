import type { ChatMessageEntry, Conversation } from '@conclave/client';
import { Clock, CornerUpLeft, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../ui/cx.ts';
import styles from './ChatMessage.module.css';
import { ChatText } from './ChatText.tsx';

export const ChatMessage = memo(function ChatMessage(props: {
  readonly message: ChatMessageEntry;
  /** Null when it answers none, or one that is not here. */
  readonly answers: ChatMessageEntry | null;
  readonly conversation: Conversation;
  readonly selfId: string | null;
  readonly onReply: (key: string) => void;
}) {
  const { message, answers, conversation, selfId, onReply } = props;
  const { key, author, text, replyTo, delivery } = message;
  const { t } = useTranslation();
  if (text === null) return <p className={styles.deleted}>{t('conversation.deleted')}</p>;
  const icon = { size: 16, 'aria-hidden': true } as const;
  return (
    <div className={styles.line}>
      <div className={cx(styles.bubble, author.self && styles.own, delivery === 'failed' && styles.failed)}>
        {replyTo !== null && (
          <p className={styles.quote} dir="auto">
            {answers?.text === undefined || answers.text === null
              ? t('conversation.answersUnknown')
              : t('conversation.answers', { name: answers.author.name, text: answers.text })}
          </p>
        )}
        <ChatText text={text} />
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
            aria-label={t('conversation.reply', { name: author.name })}
            onPress={() => onReply(key)}
          >
            <CornerUpLeft {...icon} />
          </Button>
        )}
        {author.participantId === selfId && (
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
