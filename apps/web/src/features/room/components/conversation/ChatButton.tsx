import type { Observable, SharedFile } from '@conclave/client';
import { MessageSquareText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RoundButton } from '../../../../ui/RoundButton.tsx';
import { useConversation } from './ConversationContext.ts';
import { useUnread } from './useUnread.ts';

const mostShown = 99;

export function ChatButton(props: {
  readonly files: Observable<readonly SharedFile[]>;
  readonly open: boolean;
  readonly shortcut?: string;
  readonly onPress: () => void;
}) {
  const { files, open, ...rest } = props;
  const { t } = useTranslation();
  const unread = useUnread(useConversation(), files, open);
  return (
    <RoundButton
      {...rest}
      name={unread > 0 ? t('conversation.chatUnread', { count: unread }) : t('conversation.chat')}
      caption={t('conversation.short.chat')}
      look={open ? 'active' : 'plain'}
      badge={unread > 0 ? Math.min(unread, mostShown) : undefined}
      aria-expanded={open}
    >
      <MessageSquareText size={24} aria-hidden="true" />
    </RoundButton>
  );
}
