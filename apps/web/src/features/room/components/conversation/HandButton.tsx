import { Hand } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RoundButton } from '../../../../ui/RoundButton.tsx';
import { useConversation, useHandUp } from './ConversationContext.ts';

export function HandButton({
  selfId,
  shortcut,
}: {
  readonly selfId: string | null;
  readonly shortcut?: string;
}) {
  const { t } = useTranslation();
  const conversation = useConversation();
  const up = useHandUp(selfId);
  return (
    <RoundButton
      {...(shortcut === undefined ? {} : { shortcut })}
      name={up ? t('conversation.lowerHand') : t('conversation.raiseHand')}
      caption={t('conversation.short.hand')}
      look={up ? 'active' : 'plain'}
      onPress={() => conversation.raiseHand(!up)}
    >
      <Hand size={24} aria-hidden="true" />
    </RoundButton>
  );
}
