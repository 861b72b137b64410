import type { RoomCodeView } from '@conclave/client';
import styles from './Emoji.module.css';

/** Seven pictures with their names, to be read out. */
export function Emoji({ emoji }: { readonly emoji: Extract<RoomCodeView, { name: 'known' }>['emoji'] }) {
  return (
    <ol className={styles.emoji}>
      {emoji.map(({ picture, name }, index) => (
        // The order is part of the code, and a picture may come twice.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index} className={styles.one}>
          <span className={styles.picture} aria-hidden="true">
            {picture}
          </span>
          <span className={styles.name}>{name}</span>
        </li>
      ))}
    </ol>
  );
}
