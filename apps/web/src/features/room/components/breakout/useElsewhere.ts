import './texts.ts';
import type { Meeting } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { useKnownRooms } from './useKnownRooms.ts';
import { useRoomLabel } from './useRoomLabel.ts';

/** @returns in which breakout room somebody is, in words; null of whoever is in none */
export function useElsewhere(meeting: Meeting): (roomId: string | null) => string | null {
  const { t } = useTranslation();
  const rooms = useKnownRooms(meeting);
  const label = useRoomLabel(rooms);
  return (roomId) =>
    roomId === null || rooms === null ? null : t('breakout.elsewhere', { room: label(roomId) });
}
