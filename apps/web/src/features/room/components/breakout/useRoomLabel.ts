import './texts.ts';
import type { KnownBreakout } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { labelOf } from '../../model/breakouts.ts';

/** @returns what a room is called; nothing of a room that there is not */
export function useRoomLabel(rooms: KnownBreakout | null): (roomId: string | null) => string {
  const { t } = useTranslation();
  return (roomId) =>
    rooms === null || roomId === null
      ? ''
      : labelOf(rooms, roomId, (number) => t('breakout.room', { number }));
}
