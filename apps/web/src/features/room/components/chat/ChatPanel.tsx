import type { Meeting } from '@conclave/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../../ui/useObservable.ts';
import { maySendFiles } from '../../model/meetingRules.ts';
import { useConversation } from '../conversation/ConversationContext.ts';
import { AttachButton } from '../files/AttachButton.tsx';
import { FileDrop } from '../files/FileDrop.tsx';
import { SidePanel } from '../SidePanel.tsx';
import { ChatLog } from './ChatLog.tsx';
import { Composer } from './Composer.tsx';

/** What is written in the meeting while one is there. */
export default function ChatPanel({
  meeting,
  selfId,
  onClose,
}: {
  readonly meeting: Meeting;
  readonly selfId: string | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const conversation = useConversation();
  const [replyTo, setReplyTo] = useState<string | null>(null);
  const chat = useObservable(meeting.state, ({ rules }) => rules.chat !== 'off');
  const mayAttach = useObservable(meeting.state, maySendFiles);
  const send = (files: readonly File[]) => {
    for (const file of files) meeting.sendFile(file);
  };
  return (
    <SidePanel title={t('conversation.chat')} onClose={onClose}>
      <FileDrop onFiles={mayAttach ? send : null}>
        <ChatLog meeting={meeting} conversation={conversation} selfId={selfId} onReply={setReplyTo} />
        <Composer
          conversation={conversation}
          writing={chat}
          attach={mayAttach && <AttachButton onFiles={send} />}
          replyTo={replyTo}
          onReplyEnd={() => setReplyTo(null)}
        />
      </FileDrop>
    </SidePanel>
  );
}
