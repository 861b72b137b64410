import './texts.ts';
import type { ParticipantState } from '@conclave/client';
import { useTranslation } from 'react-i18next';

type EntryFacts = Pick<ParticipantState, 'entry' | 'admittedBy' | 'invitedAs' | 'name'>;
type Namer = (facts: EntryFacts, people: readonly ParticipantState[]) => string;

/** How somebody came in, in words; of the people who are here it takes the name of whoever let them in. */
export function useEntryText(): Namer {
  const { t } = useTranslation();
  return ({ entry, admittedBy, invitedAs, name }, people) => {
    if (entry === null) return t('host.entry.unknown');
    // What an organiser calls them is worth a word where they call themselves otherwise.
    if (invitedAs !== null && (entry === 'invited' || invitedAs !== name))
      return invitedAs === name ? t('host.entry.invited') : t('host.entry.invitedAs', { name: invitedAs });
    const by = people.find(({ id }) => id === admittedBy);
    if (entry === 'admitted' && by !== undefined) return t('host.entry.admittedBy', { name: by.name });
    return t(`host.entry.${entry}`);
  };
}
