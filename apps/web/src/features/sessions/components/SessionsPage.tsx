import './texts.ts';
import { OWN_ACCOUNT_ROUTES, type Session } from '@conclave/protocol';
import { Monitor } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { SignedIn } from '../../account/components/SignedIn.tsx';
import { session as ownSession } from '../../account/model/session.ts';
import styles from './SessionsPage.module.css';

export default function SessionsPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('sessions.title')}>{() => <SessionsList />}</SignedIn>;
}

function SessionsList() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [sessions, setSessions] = useState<readonly Session[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [now, setNow] = useState(() => Date.now());

  const report = useCallback(
    (error: unknown) => {
      if (RequestError.of(error).code === 'auth.required') ownSession.ended();
      else setProblem(errorText(error));
    },
    [errorText],
  );
  const load = useCallback(async () => {
    try {
      setSessions((await call(OWN_ACCOUNT_ROUTES.listSessions)).sessions);
      setNow(Date.now());
      setProblem(null);
    } catch (error) {
      report(error);
    }
  }, [report]);
  useEffect(() => void load(), [load]);

  const revoke = async (revoked: Session) => {
    try {
      await call(OWN_ACCOUNT_ROUTES.revokeSession, { params: { id: revoked.id } });
      showToast(t('sessions.revoked', { device: revoked.device }));
      await load();
    } catch (error) {
      report(error);
    }
  };

  return (
    <>
      <p className={styles.lead}>{t('sessions.lead')}</p>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {sessions === null && problem === null && <Loading />}
      {sessions !== null && (
        <ul className={styles.list}>
          {ordered(sessions).map((session) => (
            <li key={session.id} className={styles.session}>
              <Monitor size={22} aria-hidden="true" />
              <div className={styles.words}>
                <h2>
                  {session.device}
                  {session.current && <span className={styles.mark}>{t('sessions.current')}</span>}
                </h2>
                <p>
                  {t('sessions.since', { when: timeAgo(session.createdAt, now) })},{' '}
                  {t('sessions.seen', { when: timeAgo(session.lastSeenAt, now) })}
                </p>
              </div>
              {!session.current && (
                <Button
                  aria-label={t('sessions.revokeOf', { device: session.device })}
                  onPress={() => void revoke(session)}
                >
                  {t('sessions.revoke')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {sessions?.length === 1 && <p className={styles.lead}>{t('sessions.only')}</p>}
    </>
  );
}

function ordered(sessions: readonly Session[]): readonly Session[] {
  return [...sessions].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt),
  );
}
