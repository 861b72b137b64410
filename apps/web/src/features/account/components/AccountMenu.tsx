import type { Account } from '@conclave/protocol';
import { CircleUserRound, LogOut, MonitorSmartphone } from 'lucide-react';
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
        icon={<MonitorSmartphone size={18} aria-hidden="true" />}
        onAction={() => void navigate('/sessions')}
      >
        {t('shell.devices')}
      </MenuAction>
      <MenuAction icon={<LogOut size={18} aria-hidden="true" />} onAction={() => void signOut()}>
        {t('shell.signOut')}
      </MenuAction>
    </Menu>
  );
}
