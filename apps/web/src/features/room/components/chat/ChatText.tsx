import { linkParts } from '../../model/linkParts.ts';
import { ChatLink } from './ChatLink.tsx';
import styles from './ChatText.module.css';

/** A message as it was written; of links the host is made plain. Nothing is fetched before somebody opens one. */
export function ChatText({ text }: { readonly text: string }) {
  return (
    <p className={styles.text} dir="auto">
      {linkParts(text).map((part, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change their places
        part.kind === 'text' ? part.text : <ChatLink key={index} link={part} />,
      )}
    </p>
  );
}
