import { deviceCode, fromBase64Url, keptDevicePublicKey, toBase64Url } from '@conclave/client';
import { DEVICE_KEY_ROUTES, type DeviceKey } from '@conclave/protocol';
import { KeyRound } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';

interface ShownKey extends DeviceKey {
  /** Six groups of five digits: half of the code that two people compare. */
  readonly code: string;
  /** It is that of this browser. */
  readonly own: boolean;
}

/** The keys by which others know one's browsers again: compare them, revoke that of a browser that is lost. */
export function DeviceKeys() {
  const { t } = useTranslation();
  const { id } = useAccount();
  const [revoking, setRevoking] = useState<ShownKey | null>(null);
  const load = useCallback(async () => {
    const { keys } = await call(DEVICE_KEY_ROUTES.listDeviceKeys);
    const kept = await keptDevicePublicKey(id).catch(() => null);
    const own = kept === null ? null : toBase64Url(kept);
    const shown = keys.map(async (key): Promise<ShownKey> => {
      const code = (await deviceCode(fromBase64Url(key.publicKey))).join(' ');
      return { ...key, code, own: key.publicKey === own };
    });
    return { keys: await Promise.all(shown), now: Date.now() };
  }, [id]);
  const { state, reload } = useLoaded(load);

  return (
    <Section title={t('ownAccount.keys.title')} lead={t('ownAccount.keys.lead')}>
      <Shown state={state} reload={reload}>
        {({ keys, now }) =>
          keys.length === 0 ? (
            <p>{t('ownAccount.keys.none')}</p>
          ) : (
            <Rows>
              {keys.map((key) => (
                <Row
                  key={key.id}
                  icon={<KeyRound size={22} aria-hidden="true" />}
                  title={key.device}
                  mark={
                    key.revokedAt !== null
                      ? t('ownAccount.keys.revoked')
                      : key.own
                        ? t('ownAccount.devices.current')
                        : null
                  }
                  faded={key.revokedAt !== null}
                  detail={
                    <>
                      <p>{key.code}</p>
                      <p>
                        {t('ownAccount.keys.times', {
                          since: timeAgo(key.createdAt, now),
                          used: timeAgo(key.lastUsedAt, now),
                        })}
                      </p>
                    </>
                  }
                  end={
                    key.revokedAt === null && (
                      <Button
                        aria-label={t('ownAccount.keys.revokeOf', { device: key.device })}
                        onPress={() => setRevoking(key)}
                      >
                        {t('ownAccount.keys.revoke')}
                      </Button>
                    )
                  }
                />
              ))}
            </Rows>
          )
        }
      </Shown>
      {revoking !== null && (
        <ConfirmDialog
          danger
          title={t('ownAccount.keys.revokeTitle', { device: revoking.device })}
          text={revoking.own ? t('ownAccount.keys.revokeOwn') : t('ownAccount.keys.revokeLead')}
          confirm={t('ownAccount.keys.revoke')}
          onConfirm={async () => {
            await call(DEVICE_KEY_ROUTES.revokeDeviceKey, { params: { id: revoking.id } });
            showToast(t('ownAccount.keys.done'));
            await reload();
          }}
          onClose={() => setRevoking(null)}
        />
      )}
    </Section>
  );
}
