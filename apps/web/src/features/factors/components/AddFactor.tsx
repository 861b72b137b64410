import type { FactorAdded, FactorList, OwnFactorKind } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { KIND_ICONS } from '../model/kinds.ts';
import { AddPasskeyDialog } from './AddPasskeyDialog.tsx';
import { AddSentCodeDialog } from './AddSentCodeDialog.tsx';
import { AddTotpDialog } from './AddTotpDialog.tsx';

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
  const aboutOf = (kind: OwnFactorKind) =>
    kind === 'sms' && held.has('sms')
      ? t('factors.replacesPhone')
      : t(`factors.about.${kind}`, { email: props.email });

  if (offered.length === 0) return null;
  return (
    <Section title={t('factors.add')}>
      <Rows>
        {offered.map((kind) => {
          const Icon = KIND_ICONS[kind];
          const name = t(`factors.kinds.${kind}`);
          return (
            <Row
              key={kind}
              icon={<Icon size={22} aria-hidden="true" />}
              title={name}
              detail={aboutOf(kind)}
              end={
                <Button aria-label={t('factors.addKind', { kind: name })} onPress={() => setAdding(kind)}>
                  {t('factors.addShort')}
                </Button>
              }
            />
          );
        })}
      </Rows>
      {adding === 'totp' && <AddTotpDialog onAdded={added} onClose={close} />}
      {adding === 'passkey' && <AddPasskeyDialog onAdded={added} onClose={close} />}
      {(adding === 'sms' || adding === 'email') && (
        <AddSentCodeDialog kind={adding} onAdded={added} onClose={close} />
      )}
    </Section>
  );
}
