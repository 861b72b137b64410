import type { ChatEntry, ChatMessageEntry, Conversation, Meeting } from '@conclave/client';
import { MessageSquareText } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../../ui/useObservable.ts';
import { chatGroups } from '../../model/chatGroups.ts';
import { chatTimeline } from '../../model/chatTimeline.ts';
import { FileRow } from '../files/FileRow.tsx';
import styles from './ChatLog.module.css';
import { ChatMessages } from './ChatMessages.tsx';
import { useStickToEnd } from './useStickToEnd.ts';

export function ChatLog(props: {
  readonly meeting: Meeting;
  readonly conversation: Conversation;
  readonly selfId: string | null;
  readonly onReply: (key: string) => void;
}) {
  const { meeting, conversation, selfId, onReply } = props;
  const { t } = useTranslation();
  const { entries } = useObservable(conversation.chat);
  const files = useObservable(meeting.files);
  const timeline = useMemo(() => chatTimeline(entries, files), [entries, files]);
  const groups = useMemo(() => chatGroups(timeline), [timeline]);
  const messages = useMemo(() => new Map(entries.filter(isMessage).map((one) => [one.key, one])), [entries]);
  const { box, behind, toEnd } = useStickToEnd(timeline);

  return (
    <div className={styles.place}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it with the keyboard */}
      <div ref={box} className={styles.log} role="log" aria-label={t('conversation.log')} tabIndex={0}>
        {timeline.length === 0 && (
          <div className={styles.empty}>
            <MessageSquareText size={32} aria-hidden="true" />
            <p className={styles.emptyTitle}>{t('conversation.emptyTitle')}</p>
            <p>{t('conversation.empty')}</p>
          </div>
        )}
        {groups.map((group) =>
          group.kind === 'file' ? (
            <FileRow key={group.key} file={group.file} meeting={meeting} />
          ) : group.kind === 'gap' ? (
            <p key={group.key} className={styles.gap}>
              {t(group.away ? 'conversation.missedAway' : 'conversation.missed')}
            </p>
          ) : (
            <ChatMessages
              key={group.key}
              messages={group.messages}
              answered={(key) => messages.get(key) ?? null}
              conversation={conversation}
              selfId={selfId}
              onReply={onReply}
            />
          ),
        )}
      </div>
      {behind && (
        <Button className={styles.behind ?? ''} onPress={toEnd}>
          {t('conversation.newBelow')}
        </Button>
      )}
    </div>
  );
}

function isMessage(entry: ChatEntry): entry is ChatMessageEntry {
  return entry.kind === 'message';
}
