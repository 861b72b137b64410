import type { Account } from '@conclave/protocol';
import { CircleUserRound, LogOut, MonitorSmartphone, Phone, ShieldCheck, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { session } from '../model/session.ts';

export function AccountMenu({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const errorText = useErrorText();

  const signOut = async () => {
    try {
      await session.signOut();
      showToast(t('shell.signedOut'));
    } catch (error) {
      showToast(errorText(error));
    }
  };

  return (
    <Menu
      name={t('shell.account', { name: account.name })}
      icon={<CircleUserRound size={24} aria-hidden="true" />}
    >
      <MenuAction
        icon={<UserRound size={18} aria-hidden="true" />}
        onAction={() => void navigate('/account')}
      >
        {t('shell.ownAccount')}
      </MenuAction>
      <MenuAction
        icon={<MonitorSmartphone size={18} aria-hidden="true" />}
        onAction={() => void navigate('/account/devices')}
      >
        {t('shell.devices')}
      </MenuAction>
      <MenuAction icon={<Phone size={18} aria-hidden="true" />} onAction={() => void navigate('/people')}>
        {t('shell.people')}
      </MenuAction>
      {maySeeAdministration(account) && (
        <MenuAction
          icon={<ShieldCheck size={18} aria-hidden="true" />}
          onAction={() => void navigate('/admin')}
        >
          {t('shell.admin')}
        </MenuAction>
      )}
      <MenuAction icon={<LogOut size={18} aria-hidden="true" />} onAction={() => void signOut()}>
        {t('shell.signOut')}
      </MenuAction>
    </Menu>
  );
}

/** Whoever may do more than make meetings. */
function maySeeAdministration({ abilities }: Account): boolean {
  return abilities.some((ability) => ability !== 'meetings.create');
}
