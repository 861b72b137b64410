import { CONTACT_ROUTES, type Contact } from '@conclave/protocol';
import { Ellipsis, Link2, Link2Off, PhoneOff, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useCopy } from '../../home/components/useCopy.ts';
import { BlockDialog } from './BlockDialog.tsx';
import styles from './CallButton.module.css';
import { CallButton } from './CallButton.tsx';
import { PersonLine } from './PersonLine.tsx';

type Task = 'renew' | 'revoke' | 'remove';

/** One contact: of the organisation, who is called; or from outside, who calls by a link. */
export function ContactRow(props: {
  readonly contact: Contact;
  /** Whether contacts from outside may call at all. */
  readonly outsideCalls: boolean;
  /** @param contact null: it is gone */
  readonly onChanged: (contact: Contact | null) => void;
}) {
  const { contact, outsideCalls, onChanged } = props;
  const { id, name, accountId, secret } = contact;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [task, setTask] = useState<Task | 'block' | null>(null);
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const params = { id };

  const copyLink = (of: Contact) =>
    of.secret === null
      ? Promise.resolve()
      : copy(`${location.origin}/call#${of.secret}`, t('calls.contacts.copied', { name }));
  const make = async () => {
    const changed = await call(CONTACT_ROUTES.makeContactLink, { params });
    onChanged(changed);
    await copyLink(changed);
  };
  const done: Record<Task, () => Promise<void>> = {
    renew: make,
    revoke: async () => {
      onChanged(await call(CONTACT_ROUTES.revokeContactLink, { params }));
      showToast(t('calls.contacts.revoked', { name }));
    },
    remove: async () => {
      await call(CONTACT_ROUTES.deleteContact, { params });
      showToast(t('calls.contacts.removed'));
      onChanged(null);
    },
  };
  const mayLink = accountId === null && outsideCalls;
  return (
    <>
      <PersonLine
        id={accountId ?? id}
        name={name}
        mark={accountId === null ? t('calls.contacts.outside') : null}
        detail={
          <>
            {contact.email !== null && <div>{contact.email}</div>}
            {mayLink && <div>{linkText()}</div>}
          </>
        }
        end={
          <>
            {accountId !== null && <CallButton accountId={accountId} name={name} />}
            {mayLink && (
              <Button
                aria-label={t(secret === null ? 'calls.contacts.makeLinkOf' : 'calls.contacts.copyLinkOf', {
                  name,
                })}
                icon={<Link2 size={18} aria-hidden="true" />}
                onPress={() =>
                  void (secret === null ? make() : copyLink(contact)).catch((error: unknown) =>
                    showToast(errorText(error)),
                  )
                }
              >
                <span className={styles.word}>
                  {t(secret === null ? 'calls.contacts.makeLink' : 'calls.contacts.copyLink')}
                </span>
              </Button>
            )}
            <Menu name={t('calls.people.actions', { name })} icon={<Ellipsis size={20} aria-hidden="true" />}>
              {mayLink && secret !== null && (
                <>
                  <MenuAction
                    icon={<RotateCcw size={18} aria-hidden="true" />}
                    onAction={() => setTask('renew')}
                  >
                    {t('calls.contacts.renew')}
                  </MenuAction>
                  <MenuAction
                    icon={<Link2Off size={18} aria-hidden="true" />}
                    onAction={() => setTask('revoke')}
                  >
                    {t('calls.contacts.revoke')}
                  </MenuAction>
                </>
              )}
              {accountId !== null && (
                <MenuAction
                  icon={<PhoneOff size={18} aria-hidden="true" />}
                  onAction={() => setTask('block')}
                >
                  {t('calls.people.block')}
                </MenuAction>
              )}
              <MenuAction
                icon={<Trash2 size={18} aria-hidden="true" />}
                danger
                onAction={() => setTask('remove')}
              >
                {t('calls.contacts.remove')}
              </MenuAction>
            </Menu>
          </>
        }
      />
      {task === 'block' && accountId !== null && (
        <BlockDialog accountId={accountId} name={name} onClose={() => setTask(null)} />
      )}
      {task !== null && task !== 'block' && (
        <ConfirmDialog
          title={t(`calls.contacts.${task}Title`, { name })}
          text={t(`calls.contacts.${task}Text`)}
          confirm={t(`calls.contacts.${task}Confirm`)}
          danger={task === 'remove'}
          onConfirm={done[task]}
          onClose={() => setTask(null)}
        />
      )}
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </>
  );

  function linkText(): string {
    if (secret === null) return t('calls.contacts.noLink');
    if (contact.linkSeenAt === null) return t('calls.contacts.link');
    return t('calls.contacts.linkSeen', { when: timeAgo(contact.linkSeenAt, Date.now()) });
  }
}
