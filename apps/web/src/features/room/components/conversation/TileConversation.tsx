import { Hand } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../ui/cx.ts';
import { useHandUp, useReactions } from './ConversationContext.ts';
import styles from './TileConversation.module.css';

/** Somebody's hand and reactions, over their picture. Reactions are read out elsewhere. */
export function TileConversation(props: { readonly participantId: string; readonly large: boolean }) {
  const { participantId, large } = props;
  const { t } = useTranslation();
  const handUp = useHandUp(participantId);
  const reactions = useReactions().filter((one) => one.participantId === participantId);
  return (
    <>
      {handUp && (
        <p className={cx(styles.hand, large && styles.beside)}>
          <Hand size={18} role="img" aria-label={t('conversation.handUp')} />
        </p>
      )}
      <div className={styles.reactions} aria-hidden="true">
        {reactions.map(({ key, reaction }) => (
          // Beside each other, in no visible order.
          <span key={key} className={styles.reaction} style={{ left: `${25 + ((key * 37) % 50)}%` }}>
            {reaction}
          </span>
        ))}
      </div>
    </>
  );
}
