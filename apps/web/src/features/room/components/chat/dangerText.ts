import type { TFunction } from 'i18next';
import type { LinkDanger } from '../../model/links/linkDangers.ts';

export function dangerText(t: TFunction, danger: LinkDanger): string {
  if (danger.kind === 'looks-like') return t('guards.link.reason.looks-like', { host: danger.host });
  return t(`guards.link.reason.${danger.kind}`);
}
