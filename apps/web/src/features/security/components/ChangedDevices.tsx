import type { Meeting, PersonVerification } from '@conclave/client';
import { Suspense, useState } from 'react';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { useObservable } from '../../../ui/useObservable.ts';

const ChangedDeviceDialog = lazyPart(() => import('./ChangedDeviceDialog.tsx'));
const PersonCodeDialog = lazyPart(() => import('./PersonCodeDialog.tsx'));

/** Asks about each device that changed, one after the other. Who is put off stays marked, and is asked about in the next stay. */
export function ChangedDevices({ meeting }: { readonly meeting: Meeting }) {
  const { people } = useObservable(meeting.state, ({ encryption }) => encryption);
  const verification = useObservable(meeting.state, (state) => state.verification);
  const [putOff, setPutOff] = useState<ReadonlySet<string>>(() => new Set());
  const [comparing, setComparing] = useState<PersonVerification | null>(null);
  const accountOf = (id: string) => people.find((one) => one.participantId === id)?.accountId ?? null;
  const nameOf = (id: string) => people.find((one) => one.participantId === id)?.name ?? '';
  const putOffOne = ({ deviceKey }: PersonVerification) => setPutOff((all) => new Set([...all, deviceKey]));

  if (comparing !== null)
    return (
      <Suspense>
        <PersonCodeDialog
          meeting={meeting}
          person={comparing}
          name={nameOf(comparing.participantId)}
          guest={false}
          onClose={() => setComparing(null)}
        />
      </Suspense>
    );
  const person = verification.people.find(
    ({ trust, deviceKey, participantId }) =>
      trust === 'changed' && !putOff.has(deviceKey) && nameOf(participantId) !== '',
  );
  if (person === undefined) return null;
  const self = people.find((one) => one.self);
  const accountId = accountOf(person.participantId);
  return (
    <Suspense>
      <ChangedDeviceDialog
        key={person.deviceKey}
        name={nameOf(person.participantId)}
        own={accountId !== null && accountId === self?.accountId}
        onCompare={() => {
          putOffOne(person);
          setComparing(person);
        }}
        onAccept={() => void meeting.verification.judge(person, 'accept').catch(() => putOffOne(person))}
        onLater={() => putOffOne(person)}
      />
    </Suspense>
  );
}
