import './texts.ts';
import type { Meeting } from '@conclave/client';
import { i18next } from '../../../../i18n/i18n.ts';
import { showToast } from '../../../../ui/toasts.ts';
import { everybody } from './everybody.ts';

/** By the keyboard, for those who may. What it did is seen by all, and said here. */
export function muteAll({ moderation, state }: Meeting): void {
  if (!state.get().controls.includes('media')) return;
  moderation.stop(['microphone'], everybody).then(
    () => showToast(i18next.t('host.done')),
    () => showToast(i18next.t('errors.server.internal')),
  );
}

export function secure({ moderation, state }: Meeting): void {
  const { controls } = state.get();
  if (!controls.includes('media') || !controls.includes('lock')) return;
  moderation.secure().catch(() => showToast(i18next.t('errors.server.internal')));
}
