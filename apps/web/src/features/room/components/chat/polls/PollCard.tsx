import type { Conversation, Poll } from '@conclave/client';
import { ChartBar, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { PollAnswer } from './PollAnswer.tsx';
import styles from './PollCard.module.css';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** A question with its answers: one chooses there, and sees at once what the others have chosen. */
export function PollCard(props: {
  readonly poll: Poll;
  readonly conversation: Conversation;
  readonly selfId: string | null;
  /** Whether one leads the meeting. */
  readonly host: boolean;
}) {
  const { poll, conversation, selfId, host } = props;
  const { key, author, at, question, options, multiple, named, voters, state, endedBy } = poll;
  const { t } = useTranslation();
  const id = useId();
  if (state === 'deleted')
    return <p className={styles.deleted}>{t('talk.poll.deletedBy', { name: endedBy ?? '' })}</p>;
  const own = author.participantId === selfId;
  const open = state === 'open';
  const chosen = options.flatMap(({ mine }, index) => (mine ? [index] : []));
  const choose = (index: number, on: boolean) => {
    const others = multiple ? chosen.filter((one) => one !== index) : [];
    conversation.vote(key, on ? [...others, index] : others);
  };
  return (
    // The list around it reads out what is new; here numbers change all the time. That it was asked is told elsewhere.
    <section className={styles.card} aria-labelledby={`${id}-question`} aria-live="off">
      <p className={styles.head}>
        <ChartBar size={14} aria-hidden="true" />
        <bdi className={styles.by}>
          {own ? t('talk.poll.byYou') : t('talk.poll.by', { name: author.name })}
        </bdi>
        {author.guest && !own && <span className={styles.guest}>{t('room.guest')}</span>}
        <time dateTime={new Date(at).toISOString()}>{clock.format(at)}</time>
      </p>
      <fieldset className={styles.answers}>
        <legend id={`${id}-question`} className={styles.question} dir="auto">
          {question}
        </legend>
        {options.map((option, index) => (
          <PollAnswer
            key={option.text}
            group={`${id}-answers`}
            option={option}
            voters={voters}
            multiple={multiple}
            open={open}
            onChoose={(on) => choose(index, on)}
          />
        ))}
      </fieldset>
      <p className={styles.facts}>
        <span>{t('talk.poll.votes', { count: voters })}</span>
        {multiple && <span>{t('talk.poll.several')}</span>}
        <span>{t(named ? 'talk.poll.names' : 'talk.poll.hidden')}</span>
        {!open && (
          <span className={styles.ended}>
            {endedBy === null ? t('talk.poll.ended') : t('talk.poll.endedBy', { name: endedBy })}
          </span>
        )}
      </p>
      {(open || host) && (
        <div className={styles.actions}>
          {open && chosen.length > 0 && (
            <Button className={styles.action ?? ''} onPress={() => conversation.vote(key, [])}>
              {t('talk.poll.takeBack')}
            </Button>
          )}
          {open && (own || host) && (
            <Button
              className={styles.action ?? ''}
              aria-label={t('talk.poll.endOf', { question })}
              onPress={() => conversation.closePoll(key)}
            >
              {t('talk.poll.end')}
            </Button>
          )}
          {host && (
            <Button
              className={styles.remove ?? ''}
              aria-label={t('talk.poll.remove', { question })}
              onPress={() => conversation.remove(key)}
            >
              <Trash2 size={16} aria-hidden="true" />
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
