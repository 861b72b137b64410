import type { Invited } from '@conclave/protocol';
import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { copyText } from '../../../ui/copyText.ts';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { SecretText } from '../../../ui/SecretText.tsx';
import { showToast } from '../../../ui/toasts.ts';

/** The link of an invitation, once. */
export function InvitationDialog(props: { readonly invited: Invited; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { person, link, mailed } = props.invited;
  const copy = async () => {
    if (await copyText(link)) showToast(t('admin.people.copied'));
  };
  return (
    <Dialog title={t('admin.people.linkTitle', { name: person.name })} onClose={props.onClose}>
      <p>
        {mailed
          ? t('admin.people.linkMailed', { email: person.email })
          : t('admin.people.linkByHand', { name: person.name })}
      </p>
      <SecretText text={link} />
      <DialogActions>
        <Button icon={<Copy size={18} aria-hidden="true" />} onPress={() => void copy()}>
          {t('admin.people.copyLink')}
        </Button>
        <Button look="primary" onPress={props.onClose}>
          {t('admin.people.done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
