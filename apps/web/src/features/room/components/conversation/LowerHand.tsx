import { Hand } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../../ui/IconButton.tsx';
import { useConversation, useHandUp } from './ConversationContext.ts';
import styles from './LowerHand.module.css';

/** That a hand is up, in the list of people. */
export function HandMark({ participantId }: { readonly participantId: string }) {
  const { t } = useTranslation();
  if (!useHandUp(participantId)) return null;
  return (
    <span className={styles.mark}>
      <Hand size={14} role="img" aria-label={t('conversation.handUp')} />
    </span>
  );
}

/** For hosts: a hand that is up can be lowered. */
export function LowerHand(props: { readonly participantId: string; readonly name: string }) {
  const { participantId, name } = props;
  const { t } = useTranslation();
  const conversation = useConversation();
  if (!useHandUp(participantId)) return null;
  return (
    <IconButton
      name={t('conversation.lowerHandOf', { name })}
      onPress={() => conversation.lowerHand(participantId)}
    >
      <span className={styles.lower}>
        <Hand size={18} aria-hidden="true" />
      </span>
    </IconButton>
  );
}
