import { type Conversation, POLL_LIMITS, toPollText } from '@conclave/client';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../../ui/Button.tsx';
import { Checkbox } from '../../../../../ui/Checkbox.tsx';
import { Dialog, DialogActions } from '../../../../../ui/Dialog.tsx';
import form from '../../../../../ui/form.module.css';
import { IconButton } from '../../../../../ui/IconButton.tsx';
import { Notice } from '../../../../../ui/Notice.tsx';
import { TextField } from '../../../../../ui/TextField.tsx';
import styles from './NewPoll.module.css';

interface Answer {
  readonly key: number;
  readonly text: string;
}

/** A question, its answers, and how they may be chosen. */
export default function NewPoll(props: {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}) {
  const { conversation, onClose } = props;
  const { t } = useTranslation();
  const [question, setQuestion] = useState('');
  const [answers, setAnswers] = useState<readonly Answer[]>([
    { key: 0, text: '' },
    { key: 1, text: '' },
  ]);
  const nextKey = useRef(2);
  const [multiple, setMultiple] = useState(false);
  const [hidden, setHidden] = useState(false);
  const [refused, setRefused] = useState(false);

  // Fields that were left empty are none.
  const texts = answers.flatMap(({ text }) => toPollText(text, POLL_LIMITS.option) ?? []);
  const alike = new Set(texts).size < texts.length;
  const ready =
    toPollText(question, POLL_LIMITS.question) !== null &&
    texts.length >= POLL_LIMITS.fewestOptions &&
    !alike;

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const started = await conversation
      .startPoll({ question, options: texts, multiple, named: !hidden })
      .catch(() => false);
    if (started) onClose();
    else setRefused(true);
  };
  const change = (key: number, text: string) =>
    setAnswers(answers.map((one) => (one.key === key ? { key, text } : one)));

  return (
    <Dialog title={t('talk.poll.start')} onClose={onClose}>
      <form className={form.form} onSubmit={(event) => void start(event)} noValidate>
        <TextField
          label={t('talk.poll.question')}
          value={question}
          onChange={setQuestion}
          maxLength={POLL_LIMITS.question}
          autoComplete="off"
          autoFocus
        />
        <div className={styles.answers}>
          {answers.map(({ key, text }, index) => (
            <TextField
              key={key}
              label={t('talk.poll.option', { number: index + 1 })}
              value={text}
              onChange={(next) => change(key, next)}
              maxLength={POLL_LIMITS.option}
              autoComplete="off"
              // The one that was just added.
              autoFocus={key > 1 && index === answers.length - 1}
              {...(answers.length > POLL_LIMITS.fewestOptions && {
                end: (
                  <IconButton
                    name={t('talk.poll.removeOption', { number: index + 1 })}
                    onPress={() => setAnswers(answers.filter((one) => one.key !== key))}
                  >
                    <X size={18} aria-hidden="true" />
                  </IconButton>
                ),
              })}
            />
          ))}
          {answers.length < POLL_LIMITS.options && (
            <div>
              <Button
                icon={<Plus size={18} aria-hidden="true" />}
                onPress={() => setAnswers([...answers, { key: nextKey.current++, text: '' }])}
              >
                {t('talk.poll.addOption')}
              </Button>
            </div>
          )}
        </div>
        <div className={styles.choices}>
          <Checkbox checked={multiple} onChange={setMultiple}>
            {t('talk.poll.multiple')}
          </Checkbox>
          <Checkbox checked={hidden} onChange={setHidden}>
            {t('talk.poll.hidden')}
          </Checkbox>
          <p className={styles.help}>{t(hidden ? 'talk.poll.hiddenHelp' : 'talk.poll.namedHelp')}</p>
        </div>
        {(alike || refused) && (
          <Notice kind="error" live>
            {t(alike ? 'talk.poll.same' : 'talk.poll.notNow')}
          </Notice>
        )}
        <DialogActions>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={!ready}>
            {t('talk.poll.start')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
