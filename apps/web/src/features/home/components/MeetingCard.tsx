import type { Meeting } from '@conclave/protocol';
import { Link2, Users } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { TabMemory } from '../../visit/model/tabMemory.ts';
import { meetingLink } from '../model/links.ts';
import type { MeetingList } from '../model/meetingList.ts';
import styles from './MeetingCard.module.css';
import { MeetingMenu } from './MeetingMenu.tsx';
import { type Task, TaskDialog } from './TaskDialog.tsx';
import { useCopy } from './useCopy.ts';
import { WhenLine } from './WhenLine.tsx';

/** One meeting: what it is, when, its link, the way in, and everything else in a menu. */
export function MeetingCard(props: {
  readonly meeting: Meeting;
  readonly list: MeetingList;
  /** Null when this browser does not have it. */
  readonly passcode: string | null;
  /** Level of its heading. */
  readonly under: 2 | 3;
}) {
  const { meeting, list, passcode } = props;
  const Heading = `h${props.under}` as const;
  const mine = meeting.role === 'host';
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
        <Heading id={titleId}>
          <bdi>{title}</bdi>
        </Heading>
        {meeting.next !== null && (
          <p className={styles.when}>
            {Date.parse(meeting.next.start) <= now && <strong>{t('home.now')}</strong>}
            <WhenLine meeting={meeting} />
          </p>
        )}
        <p>
          {meeting.participants > 0 && (
            <strong className={styles.inside}>
              <Users size={16} aria-hidden="true" /> {t('home.inside', { count: meeting.participants })}
            </strong>
          )}
          {!mine && <span>{t('home.helped', { host: meeting.hostName })}</span>}
          {meeting.invited > 0 && <span>{t('home.invitedCount', { count: meeting.invited })}</span>}
          {meeting.next === null && (
            <span>
              {meeting.lastUsedAt === null
                ? t('home.made', { when: timeAgo(meeting.createdAt, now) })
                : t('home.used', { when: timeAgo(meeting.lastUsedAt, now) })}
            </span>
          )}
        </p>
      </div>
      <div className={styles.actions}>
        {passcode === null && mine && (
          <Button aria-describedby={titleId} onPress={() => setTask({ name: 'new-passcode' })}>
            {t('home.newLink')}
          </Button>
        )}
        {passcode !== null && (
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
        <MeetingMenu
          meeting={meeting}
          title={title}
          passcode={passcode}
          link={link(null)}
          copy={copy}
          onTask={setTask}
        />
      </div>
      {passcode === null && mine && <p className={styles.missing}>{t('home.unknownPasscode')}</p>}
      {task !== null && (
        <TaskDialog task={task} meeting={meeting} list={list} onClose={() => setTask(null)} />
      )}
    </li>
  );
}
