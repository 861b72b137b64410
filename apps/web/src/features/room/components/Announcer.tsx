import type { Devices, Meeting } from '@conclave/client';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Announcement, announcements, type Heard } from '../model/announcements.ts';
import { onStage } from '../model/webinar.ts';

/** Tells screen readers what others see happen. */
export function Announcer({ meeting, devices }: { readonly meeting: Meeting; readonly devices: Devices }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<{ readonly id: number; readonly text: string }>({ id: 0, text: '' });
  useEffect(() => {
    let before = heard(meeting, devices);
    const listen = () => {
      const after = heard(meeting, devices);
      const texts = announcements(before, after).map(textOf);
      before = after;
      if (texts.length > 0) setSaid(({ id }) => ({ id: id + 1, text: texts.join(' ') }));
    };
    const stops = [meeting.state.subscribe(listen), devices.state.subscribe(listen)];
    return () => {
      for (const stop of stops) stop();
    };

    function textOf(announcement: Announcement): string {
      const { says } = announcement;
      if (says === 'joinedMany' || says === 'leftMany')
        return t(`room.says.${says}`, { count: announcement.count });
      if ('name' in announcement) return t(`room.says.${announcement.says}`, { name: announcement.name });
      return t(`room.says.${announcement.says}`);
    }
  }, [meeting, devices, t]);
  return (
    <div className="visually-hidden" aria-live="polite">
      <p key={said.id}>{said.text}</p>
    </div>
  );
}

function heard(meeting: Meeting, devices: Devices): Heard {
  const { phase, participants, connection } = meeting.state.get();
  const { camera, microphone } = devices.state.get();
  return {
    joined: phase.name === 'joined',
    reconnecting: phase.name === 'reconnecting',
    microphone: microphone.on,
    camera: camera.on,
    path: connection.path === null ? null : connection.path === 'direct' ? 'direct' : 'server',
    others: onStage(participants)
      .filter(({ self }) => !self)
      .map(({ id, name, sources }) => ({ id, name, screen: sources.screen })),
  };
}
