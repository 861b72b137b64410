import { REACTIONS } from '@conclave/client';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { reactionNames } from '../../model/reactionNames.ts';
import { useConversation } from './ConversationContext.ts';
import styles from './ReactionRow.module.css';

/** All reactions beside each other. */
export function ReactionRow({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const conversation = useConversation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div className={styles.row} role="group" aria-label={t('conversation.reactions')}>
      {REACTIONS.map((reaction) => (
        <Button
          key={reaction}
          className={styles.reaction ?? ''}
          aria-label={t(`conversation.reaction.${reactionNames[reaction]}`)}
          onPress={() => {
            conversation.react(reaction);
            onDone();
          }}
        >
          {reaction}
        </Button>
      ))}
    </div>
  );
}
