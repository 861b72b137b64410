import { CONTACT_ROUTES, type Contact, DisplayName, LIMITS } from '@conclave/protocol';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import type { Loaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { ContactRow } from './ContactRow.tsx';
import { Nothing } from './Nothing.tsx';
import { useCalls } from './useCalls.ts';

export function ContactList(props: {
  readonly state: Loaded<{ contacts: Contact[] }>;
  readonly reload: () => Promise<void>;
  readonly onChanged: (contacts: Contact[]) => void;
}) {
  const { t } = useTranslation();
  const inside = useCalls()?.calls === 'organisation';
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('calls.contacts.title')}
      lead={t(inside ? 'calls.contacts.leadInside' : 'calls.contacts.lead')}
      actions={
        <Button icon={<UserPlus size={18} aria-hidden="true" />} onPress={() => setAdding(true)}>
          {t('calls.contacts.add')}
        </Button>
      }
    >
      <Shown state={props.state} reload={props.reload}>
        {({ contacts }) =>
          contacts.length === 0 ? (
            <Nothing>{t('calls.contacts.none')}</Nothing>
          ) : (
            <Rows>
              {contacts.map((contact) => (
                <ContactRow
                  key={contact.id}
                  contact={contact}
                  outsideCalls={!inside}
                  onChanged={(changed) =>
                    props.onChanged(
                      contacts.flatMap((one) => (one.id === contact.id ? (changed ?? []) : one)),
                    )
                  }
                />
              ))}
            </Rows>
          )
        }
      </Shown>
      {adding && <AddContact onAdded={props.reload} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function AddContact(props: { readonly onAdded: () => Promise<void>; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const add = async () => {
    const given = email.trim();
    await call(CONTACT_ROUTES.addContact, { body: { name, email: given === '' ? null : given } });
    await props.onAdded();
  };
  return (
    <FormDialog
      title={t('calls.contacts.addTitle')}
      save={t('calls.contacts.save')}
      disabled={!DisplayName.safeParse(name).success}
      onSave={add}
      onClose={props.onClose}
    >
      <TextField
        label={t('calls.contacts.name')}
        autoFocus
        maxLength={LIMITS.participantName}
        value={name}
        onChange={setName}
      />
      <TextField
        label={t('calls.contacts.email')}
        help={t('calls.contacts.emailHelp')}
        type="email"
        maxLength={LIMITS.email}
        value={email}
        onChange={setEmail}
      />
    </FormDialog>
  );
}
