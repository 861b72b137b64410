import { useTranslation } from 'react-i18next';
import type { Concern } from '../model/shield.ts';

/** @returns what a concern says; `refused` is how many were kept out */
export function useReasonText(
  nameOf: (participantId: string) => string,
): (concern: Concern, refused: number) => string {
  const { t } = useTranslation();
  return ({ reason, participantId }, refused) => {
    if (reason === 'refused') return t('security.reason.refused', { count: refused });
    if (reason === 'waiting' || reason === 'split' || reason === 'stuck')
      return t(`room.encryptionTrouble.${reason}`);
    const name = participantId === null ? '' : nameOf(participantId);
    return t(`security.reason.${reason}`, { name });
  };
}
