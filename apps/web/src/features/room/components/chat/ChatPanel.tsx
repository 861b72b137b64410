import './texts.ts';
import type { Meeting } from '@conclave/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../../ui/useObservable.ts';
import { maySendFiles, mayWrite } from '../../model/meetingRules.ts';
import { useConversation } from '../conversation/ConversationContext.ts';
import { AttachButton } from '../files/AttachButton.tsx';
import { FileDrop } from '../files/FileDrop.tsx';
import { SidePanel } from '../SidePanel.tsx';
import { ChatLog } from './ChatLog.tsx';
import { Composer } from './Composer.tsx';
import { NewPollButton } from './polls/NewPollButton.tsx';
import { RecipientButton } from './RecipientButton.tsx';
import { useRecipient } from './useRecipient.ts';

/** What is written in the meeting while one is there. */
export default function ChatPanel({
  meeting,
  selfId,
  passcode,
  onClose,
}: {
  readonly meeting: Meeting;
  readonly selfId: string | null;
  /** Of this meeting, when this browser knows it. */
  readonly passcode: string | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const conversation = useConversation();
  const [replyTo, setReplyTo] = useState<string | null>(null);
  const writing = useObservable(meeting.state, mayWrite);
  const chat = useObservable(meeting.state, ({ rules }) => rules.chat);
  const recipient = useRecipient(meeting);
  // Files are for everybody: where one writes to one person, there are none.
  const mayAttach = useObservable(meeting.state, maySendFiles) && recipient.chosen === null;
  const send = (files: readonly File[]) => {
    for (const file of files) meeting.sendFile(file);
  };
  const reply = (key: string) => {
    setReplyTo(key);
    // What was private stays so. What was for all never makes a message for all of one that was meant for one person.
    const answered = conversation.chat.get().entries.find((one) => one.key === key);
    if (answered?.kind === 'message' && answered.privateWith !== null) recipient.choose(answered.privateWith);
  };
  return (
    <SidePanel title={t('conversation.chat')} onClose={onClose}>
      <FileDrop onFiles={mayAttach ? send : null}>
        <ChatLog meeting={meeting} conversation={conversation} selfId={selfId} onReply={reply} />
        <Composer
          conversation={conversation}
          writing={writing}
          silent={t(chat === 'hosts' ? 'talk.hostsOnly' : 'conversation.noChat')}
          above={
            <>
              <RecipientButton recipient={recipient} />
              <NewPollButton conversation={conversation} />
            </>
          }
          to={recipient.chosen}
          blocked={recipient.blocked}
          attach={mayAttach && <AttachButton onFiles={send} />}
          replyTo={replyTo}
          onReplyEnd={() => setReplyTo(null)}
          passcode={passcode}
        />
      </FileDrop>
    </SidePanel>
  );
}
