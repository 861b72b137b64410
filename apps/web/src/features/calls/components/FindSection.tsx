import { CONTACT_ROUTES } from '@conclave/protocol';
import { useCallback } from 'react';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { ContactList } from './ContactList.tsx';
import { Directory } from './Directory.tsx';

const load = () => call(CONTACT_ROUTES.listContacts);

/** The people of the organisation, and one's own list. */
export default function FindSection() {
  const { state, reload, set } = useLoaded(useCallback(load, []));
  const contacts = state.name === 'ready' ? state.value.contacts : [];
  return (
    <>
      <Directory contacts={contacts} onAdded={() => void reload()} />
      <ContactList state={state} reload={reload} onChanged={(changed) => set({ contacts: changed })} />
    </>
  );
}
