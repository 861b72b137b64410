import { memo } from 'react';
import { cx } from '../../../ui/cx.ts';
import { hueOf, initials } from '../model/initials.ts';
import styles from './Avatar.module.css';

const hues = ['teal', 'plum', 'slate', 'moss', 'clay', 'ochre'] as const;

export const Avatar = memo(function Avatar({
  id,
  name,
  size,
}: {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}) {
  const hue = hues[hueOf(id, hues.length)];
  return (
    <span
      className={cx(styles.avatar, hue !== undefined && styles[hue])}
      style={{ width: size, height: size, fontSize: size * 0.4 }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
});
