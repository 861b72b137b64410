import styles from './SecretText.module.css';

/** A link or a code that is shown to be taken elsewhere: it breaks anywhere, and a click selects all of it. */
export function SecretText({ text }: { readonly text: string }) {
  return <code className={styles.text}>{text}</code>;
}
