import './texts.ts';
import type { ChatEntry, ChatMessageEntry, Conversation, Meeting } from '@conclave/client';
import { MessageSquareText } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../../ui/useObservable.ts';
import { chatGroups } from '../../model/chatGroups.ts';
import { chatTimeline } from '../../model/chatTimeline.ts';
import { mayRuleChat, mayWrite } from '../../model/meetingRules.ts';
import { FileRow } from '../files/FileRow.tsx';
import styles from './ChatLog.module.css';
import { ChatMessages } from './ChatMessages.tsx';
import { PollCard } from './polls/PollCard.tsx';
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
  const polls = useObservable(conversation.polls);
  const mayRule = useObservable(meeting.state, mayRuleChat);
  const writing = useObservable(meeting.state, mayWrite);
  const timeline = useMemo(() => chatTimeline(entries, files, polls), [entries, files, polls]);
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
          ) : group.kind === 'poll' ? (
            <PollCard
              key={group.key}
              poll={group}
              conversation={conversation}
              selfId={selfId}
              host={mayRule}
            />
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
              mayRemove={mayRule}
              mayEdit={writing}
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
