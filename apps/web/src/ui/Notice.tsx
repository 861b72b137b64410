import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Notice.module.css';

const icons = { info: Info, warn: TriangleAlert, error: CircleAlert };

/** Something to know, in the page. `live`: it came up by itself, so it is read out. */
export function Notice(props: {
  readonly kind?: 'info' | 'warn' | 'error';
  readonly live?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  const kind = props.kind ?? 'info';
  const Icon = icons[kind];
  return (
    <div className={cx(styles.notice, styles[kind])} {...(props.live === true ? { role: 'alert' } : {})}>
      <Icon size={20} aria-hidden="true" />
      <div className={styles.body}>
        {props.title !== undefined && <strong>{props.title}</strong>}
        {props.children}
      </div>
    </div>
  );
}
