import './texts.ts';
import type { BreakoutNotice } from '@conclave/client';
import { i18next } from '../../../../i18n/i18n.ts';
import { showToast } from '../../../../ui/toasts.ts';

/** Says what has happened to oneself. Toasts are read out. */
export function showNotice(notice: BreakoutNotice): void {
  if (notice.type === 'failed') showToast(i18next.t(`errors.${notice.code}` as 'errors.meeting.not_here'));
  else showToast(i18next.t(notice.muted ? 'breakout.broughtMuted' : 'breakout.brought'));
}
