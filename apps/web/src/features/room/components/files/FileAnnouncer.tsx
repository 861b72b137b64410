import type { Meeting } from '@conclave/client';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Tells screen readers of files that come while nobody looks at the chat, which reads out what comes into it by itself. */
export function FileAnnouncer(props: { readonly meeting: Meeting; readonly chatOpen: boolean }) {
  const { meeting, chatOpen } = props;
  const { t } = useTranslation();
  const [said, setSaid] = useState({ id: 0, text: '' });
  const say = useEffectEvent((name: string, file: string) => {
    if (!chatOpen) setSaid(({ id }) => ({ id: id + 1, text: t('conversation.says.file', { name, file }) }));
  });
  useEffect(() => {
    let known = new Set(meeting.files.get().map(({ id }) => id));
    return meeting.files.subscribe(() => {
      const files = meeting.files.get();
      const fresh = files.filter(({ id, from }) => !from.self && !known.has(id)).at(-1);
      known = new Set(files.map(({ id }) => id));
      if (fresh !== undefined) say(fresh.from.name, fresh.name);
    });
  }, [meeting]);
  return (
    <div className="visually-hidden" aria-live="polite">
      <p key={said.id}>{said.text}</p>
    </div>
  );
}
