import { useTranslation } from 'react-i18next';
import { linkParts } from '../../model/linkParts.ts';
import styles from './ChatText.module.css';

/** A message as it was written; of links the host is made plain. Nothing is fetched before somebody opens one. */
export function ChatText({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <p className={styles.text} dir="auto">
      {linkParts(text).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change their places
          <bdi key={index} dir="ltr">
            <a href={part.href} target="_blank" rel="noopener noreferrer" className={styles.link}>
              {part.scheme}
              <strong>{part.host}</strong>
              {part.rest}
              <span className="visually-hidden"> ({t('conversation.newTab')})</span>
            </a>
          </bdi>
        ),
      )}
    </p>
  );
}
