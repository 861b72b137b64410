import './announcerTexts.ts';
import type { Devices, Meeting } from '@conclave/client';
import type { ReactNode } from 'react';
import { SecurityAnnouncer } from '../../security/components/SecurityAnnouncer.tsx';
import type { Shield } from '../../security/model/shield.ts';
import { Announcer } from './Announcer.tsx';
import { ConversationAnnouncer } from './conversation/ConversationAnnouncer.tsx';
import { FileAnnouncer } from './files/FileAnnouncer.tsx';
import { Notices } from './host/Notices.tsx';

/** What happens, for whoever does not see it. Fetched once the room is there. */
export default function Announcers(props: {
  readonly meeting: Meeting;
  readonly devices: Devices;
  readonly shield: Shield;
  readonly chatOpen: boolean;
}): ReactNode {
  const { meeting, devices, shield, chatOpen } = props;
  return (
    <>
      <Announcer meeting={meeting} devices={devices} />
      <ConversationAnnouncer meeting={meeting} chatOpen={chatOpen} />
      <Notices meeting={meeting} />
      <FileAnnouncer meeting={meeting} chatOpen={chatOpen} />
      <SecurityAnnouncer
        shield={shield}
        nameOf={(id) => meeting.state.get().participants.find((one) => one.id === id)?.name ?? ''}
      />
    </>
  );
}
