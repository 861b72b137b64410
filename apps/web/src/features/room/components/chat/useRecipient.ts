import type { Conversation, Meeting } from '@conclave/client';
import { useState } from 'react';
import { useObservable } from '../../../../ui/useObservable.ts';
import { mayWritePrivately } from '../../model/meetingRules.ts';

export interface Person {
  readonly participantId: string;
  readonly name: string;
}

export interface Recipient {
  /** Whether one can choose at all. */
  readonly offered: boolean;
  /** Null: everybody. */
  readonly chosen: Person | null;
  /** Why nothing can be sent to whoever is chosen; null: it can. */
  readonly blocked: 'left' | 'forbidden' | null;
  /** Everybody else who is here. */
  readonly people: readonly (Person & { readonly guest: boolean })[];
  choose(person: Person | null): void;
}

/** With the draft, which stays while the panel is closed: what was meant for one person is not for all afterwards. */
const kept = new WeakMap<Conversation, Person | null>();

/** Who can read what one is about to write. */
export function useRecipient(meeting: Meeting): Recipient {
  const { conversation } = meeting;
  const [person, setPerson] = useState<Person | null>(() => kept.get(conversation) ?? null);
  const allowed = useObservable(meeting.state, mayWritePrivately);
  const participants = useObservable(meeting.state, (state) => state.participants);
  const people = participants
    .filter(({ self }) => !self)
    .map(({ id, name, role }) => ({ participantId: id, name, guest: role === 'guest' }));
  const here = people.some(({ participantId }) => participantId === person?.participantId);
  return {
    offered: (allowed && people.length > 0) || person !== null,
    chosen: person,
    // The text stays, and is not sent: nothing that was meant for one goes to all by itself.
    blocked: person === null ? null : !allowed ? 'forbidden' : here ? null : 'left',
    people,
    choose: (next) => {
      kept.set(conversation, next);
      setPerson(next);
    },
  };
}
