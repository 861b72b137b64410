import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/Notice.tsx';
import styles from './BeforeJoining.module.css';
import type { InvitationState } from './useInvitation.ts';

/** The name that the organiser has given, which others see; or that the invitation is good no more. */
export function InvitedAs({ invitation }: { readonly invitation: InvitationState }) {
  const { t } = useTranslation();
  if (invitation.name === 'invalid')
    return (
      <Notice kind="warn" live>
        {t('visit.invitationInvalid')}
      </Notice>
    );
  if (invitation.name !== 'invited') return null;
  return (
    <p className={styles.as}>
      {t('visit.invitedAs')}{' '}
      <strong>
        <bdi>{invitation.as}</bdi>
      </strong>
    </p>
  );
}
