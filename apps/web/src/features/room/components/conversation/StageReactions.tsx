import { useReactions } from './ConversationContext.ts';
import styles from './StageReactions.module.css';

const mostShown = 5;

/** Reactions of people who have no picture on the stage. */
export function StageReactions({ shown }: { readonly shown: ReadonlySet<string> }) {
  const others = useReactions().filter(({ participantId }) => !shown.has(participantId));
  if (others.length === 0) return null;
  return (
    <ul className={styles.list} aria-hidden="true">
      {others.slice(-mostShown).map(({ key, name, reaction }) => (
        <li key={key} className={styles.one}>
          <span>{reaction}</span>
          <bdi className={styles.name}>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}
