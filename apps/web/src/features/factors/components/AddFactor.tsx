import type { FactorAdded, FactorList, OwnFactorKind } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { KIND_ICONS } from '../model/kinds.ts';
import { AddPasskeyDialog } from './AddPasskeyDialog.tsx';
import { AddSentCodeDialog } from './AddSentCodeDialog.tsx';
import { AddTotpDialog } from './AddTotpDialog.tsx';
import styles from './SecuritySection.module.css';

/** The safest first. */
const order: readonly OwnFactorKind[] = ['passkey', 'totp', 'sms', 'email'];

/** What can be set up here, with what it is worth. */
export function AddFactor(props: {
  readonly list: FactorList;
  readonly email: string;
  readonly onAdded: (added: FactorAdded) => void;
}) {
  const { list } = props;
  const { t } = useTranslation();
  const [adding, setAdding] = useState<OwnFactorKind | null>(null);
  const held = new Set(list.factors.map(({ kind }) => kind));
  const offered = order.filter(
    (kind) => list.offered.includes(kind) && !(kind === 'email' && held.has('email')),
  );
  const close = () => setAdding(null);
  const added = (result: FactorAdded) => {
    close();
    props.onAdded(result);
  };

  if (offered.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{t('factors.add')}</h2>
      <ul className={styles.list}>
        {offered.map((kind) => {
          const Icon = KIND_ICONS[kind];
          const name = t(`factors.kinds.${kind}`);
          return (
            <li key={kind} className={styles.row}>
              <Icon size={22} aria-hidden="true" />
              <div className={styles.words}>
                <h3>{name}</h3>
                <p>{t(`factors.about.${kind}`, { email: props.email })}</p>
                {kind === 'sms' && held.has('sms') && <p>{t('factors.replacesPhone')}</p>}
              </div>
              <Button aria-label={t('factors.addKind', { kind: name })} onPress={() => setAdding(kind)}>
                {t('factors.addShort')}
              </Button>
            </li>
          );
        })}
      </ul>
      {adding === 'totp' && <AddTotpDialog onAdded={added} onClose={close} />}
      {adding === 'passkey' && <AddPasskeyDialog onAdded={added} onClose={close} />}
      {(adding === 'sms' || adding === 'email') && (
        <AddSentCodeDialog kind={adding} onAdded={added} onClose={close} />
      )}
    </section>
  );
}
