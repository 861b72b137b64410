import { type Mail, PEOPLE_ROUTES } from '@conclave/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SecretText } from '../../../ui/SecretText.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';

/** The latest mails; without a mail server, their texts too. */
export default function MailSection() {
  const { t } = useTranslation();
  const [reading, setReading] = useState<Mail | null>(null);
  const load = useCallback(async () => ({ ...(await call(PEOPLE_ROUTES.listMails)), now: Date.now() }), []);
  const { state, reload } = useLoaded(load);
  return (
    <Shown state={state} reload={reload}>
      {({ mails, server, now }) => (
        <Section
          title={t('admin.sections.mail')}
          lead={server === null ? t('admin.mail.noServer') : t('admin.mail.server', { server })}
        >
          {mails.length === 0 && <p>{t('admin.mail.none')}</p>}
          {mails.length > 0 && (
            <Rows>
              {mails.map((mail) => (
                <Row
                  key={mail.id}
                  title={mail.subject}
                  mark={t(`admin.mail.states.${mail.state}`)}
                  detail={t('admin.mail.to', { to: mail.to, when: timeAgo(mail.createdAt, now) })}
                  end={
                    mail.state === 'kept' && (
                      <Button
                        aria-label={t('admin.mail.readOf', { subject: mail.subject })}
                        onPress={() => setReading(mail)}
                      >
                        {t('admin.mail.read')}
                      </Button>
                    )
                  }
                />
              ))}
            </Rows>
          )}
          {reading !== null && (
            <Dialog title={reading.subject} onClose={() => setReading(null)}>
              {reading.text === null ? (
                <p>{t('admin.mail.hidden', { to: reading.to })}</p>
              ) : (
                <SecretText text={reading.text} />
              )}
            </Dialog>
          )}
        </Section>
      )}
    </Shown>
  );
}
