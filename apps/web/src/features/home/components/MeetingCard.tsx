import { formatPasscode } from '@conclave/client';
import type { Meeting } from '@conclave/protocol';
import {
  Ellipsis,
  KeyRound,
  Link2,
  Link2Off,
  Pencil,
  RefreshCw,
  SlidersHorizontal,
  Trash2,
  Users,
} from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import { TabMemory } from '../../visit/model/tabMemory.ts';
import { meetingLink } from '../model/links.ts';
import type { MeetingList } from '../model/meetingList.ts';
import styles from './MeetingCard.module.css';
import { type Task, TaskDialog } from './TaskDialog.tsx';
import { useCopy } from './useCopy.ts';

/** One own meeting: what it is, its link, the way in, and everything else in a menu. */
export function MeetingCard(props: {
  readonly meeting: Meeting;
  readonly list: MeetingList;
  /** Null when this browser does not have it. */
  readonly passcode: string | null;
}) {
  const { meeting, list, passcode } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const titleId = useId();
  const [task, setTask] = useState<Task | null>(null);
  const copy = useCopy((text) => setTask({ name: 'copy-by-hand', text }));
  const title = meeting.title ?? t('home.untitled');
  const now = Date.now();

  const enter = () => {
    if (passcode !== null) new TabMemory(meeting.id).update({ passcode });
    void navigate(`/m/${meeting.id}`);
  };
  const link = (secret: string | null) => meetingLink(location.origin, meeting.id, secret);
  const icon = { size: 18, 'aria-hidden': true } as const;

  return (
    <li className={styles.card}>
      <div className={styles.words}>
        <h2 id={titleId}>{title}</h2>
        <p>
          {meeting.participants > 0 && (
            <strong className={styles.inside}>
              <Users size={16} aria-hidden="true" /> {t('home.inside', { count: meeting.participants })}
            </strong>
          )}
          <span>
            {meeting.lastUsedAt === null
              ? t('home.made', { when: timeAgo(meeting.createdAt, now) })
              : t('home.used', { when: timeAgo(meeting.lastUsedAt, now) })}
          </span>
        </p>
      </div>
      <div className={styles.actions}>
        {passcode === null ? (
          <Button aria-describedby={titleId} onPress={() => setTask({ name: 'new-passcode' })}>
            {t('home.newLink')}
          </Button>
        ) : (
          <Button
            aria-describedby={titleId}
            icon={<Link2 {...icon} />}
            onPress={() => void copy(link(passcode), t('home.copied'))}
          >
            {t('home.copy')}
          </Button>
        )}
        <Button aria-label={t('home.enterOf', { title })} onPress={enter}>
          {t('home.enter')}
        </Button>
        <Menu name={t('home.more', { title })} icon={<Ellipsis size={22} aria-hidden="true" />}>
          <MenuAction icon={<Pencil {...icon} />} onAction={() => setTask({ name: 'rename' })}>
            {t('home.rename')}
          </MenuAction>
          <MenuAction icon={<SlidersHorizontal {...icon} />} onAction={() => setTask({ name: 'settings' })}>
            {t('home.settings')}
          </MenuAction>
          <MenuAction
            icon={<Link2Off {...icon} />}
            onAction={() => void copy(link(null), t('home.copiedBare'))}
          >
            {t('home.copyBare')}
          </MenuAction>
          {passcode !== null && (
            <MenuAction
              icon={<KeyRound {...icon} />}
              onAction={() => void copy(formatPasscode(passcode), t('home.copiedPasscode'))}
            >
              {t('home.copyPasscode')}
            </MenuAction>
          )}
          <MenuAction icon={<RefreshCw {...icon} />} onAction={() => setTask({ name: 'new-passcode' })}>
            {t('home.newPasscode')}
          </MenuAction>
          <MenuAction danger icon={<Trash2 {...icon} />} onAction={() => setTask({ name: 'delete' })}>
            {t('home.delete')}
          </MenuAction>
        </Menu>
      </div>
      {passcode === null && <p className={styles.missing}>{t('home.unknownPasscode')}</p>}
      {task !== null && (
        <TaskDialog task={task} meeting={meeting} list={list} onClose={() => setTask(null)} />
      )}
    </li>
  );
}
