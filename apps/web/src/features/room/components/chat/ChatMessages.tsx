import type { ChatMessageEntry, Conversation } from '@conclave/client';
import { LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../ui/cx.ts';
import { ChatMessage } from './ChatMessage.tsx';
import styles from './ChatMessages.module.css';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** What one person has written at a stretch. */
export function ChatMessages(props: {
  readonly messages: readonly ChatMessageEntry[];
  readonly answered: (key: string) => ChatMessageEntry | null;
  readonly conversation: Conversation;
  readonly selfId: string | null;
  /** Whether one may delete what others have written. */
  readonly mayRemove: boolean;
  /** Whether one may write in this meeting now, and so change what one has written. */
  readonly mayEdit: boolean;
  readonly onReply: (key: string) => void;
}) {
  const { messages, answered, ...rest } = props;
  const { t } = useTranslation();
  const [first] = messages;
  if (first === undefined) return null;
  const { author, at, privateWith } = first;
  return (
    <section className={cx(styles.group, author.self && styles.own)}>
      <p className={styles.head}>
        <bdi className={styles.name}>{author.self ? t('room.you') : author.name}</bdi>
        {author.guest && !author.self && <span className={styles.guest}>{t('room.guest')}</span>}
        {privateWith !== null && (
          <span className={styles.private}>
            <LockKeyhole size={12} aria-hidden="true" />
            {author.self ? t('talk.privateTo', { name: privateWith.name }) : t('talk.privateToYou')}
          </span>
        )}
        <time dateTime={new Date(at).toISOString()}>{clock.format(at)}</time>
      </p>
      {messages.map((message) => (
        <ChatMessage
          key={message.key}
          message={message}
          answers={message.replyTo === null ? null : answered(message.replyTo)}
          {...rest}
        />
      ))}
    </section>
  );
}
