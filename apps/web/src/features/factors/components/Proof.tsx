import './proofTexts.ts';
import type { CodeProof, PasskeyAssertion, PasskeyRequest, SentCodeKind } from '@conclave/protocol';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { KIND_ICONS, type ProofKind } from '../model/kinds.ts';
import { answerWithPasskey } from '../model/passkeys.ts';
import styles from './Proof.module.css';
import { ProofForm } from './ProofForm.tsx';
import { useFactorErrorText } from './useFactorErrorText.ts';

type CodeKind = CodeProof['kind'];
export type GivenProof =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly [K in CodeKind]: { readonly kind: K; readonly code: string } }[CodeKind]
  | { readonly kind: 'passkey'; readonly assertion: PasskeyAssertion };

export interface ProofActions {
  /** @returns to whom, with most of it hidden */
  sendCode(kind: SentCodeKind): Promise<string>;
  askPasskey(): Promise<PasskeyRequest>;
  /** Throws when it was not right. */
  submit(proof: GivenProof): Promise<void>;
}

/** Asks for one of the things by which somebody shows who they are, and lets them choose among them. */
export function Proof(props: {
  /** The first is asked for to begin with. */
  readonly kinds: readonly ProofKind[];
  readonly actions: ProofActions;
  readonly submitText: string;
}) {
  const { t } = useTranslation();
  const errorText = useFactorErrorText();
  const otherWays = useId();
  const [chosen, setChosen] = useState<ProofKind | undefined>(props.kinds[0]);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const run = async (action: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await action();
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  const send = (kind: SentCodeKind) => run(async () => setSentTo(await props.actions.sendCode(kind)));
  const choose = (kind: ProofKind) => {
    setChosen(kind);
    setSentTo(null);
    setProblem(null);
    // Whoever chooses it wants it; the first one is only offered.
    if (kind === 'email' || kind === 'sms') void send(kind);
  };
  const passkey = () =>
    run(async () => {
      const assertion = await answerWithPasskey(await props.actions.askPasskey());
      await props.actions.submit({ kind: 'passkey', assertion });
    });

  if (chosen === undefined) return null;
  const others = props.kinds.filter((kind) => kind !== chosen);
  return (
    <div className={styles.proof}>
      {chosen !== 'password' && <p className={styles.lead}>{t(`proof.leads.${chosen}`)}</p>}
      {chosen === 'passkey' ? (
        <Button look="primary" wide busy={busy} autoFocus onPress={() => void passkey()}>
          {t('proof.usePasskey')}
        </Button>
      ) : (
        <ProofForm
          key={chosen}
          kind={chosen}
          sentTo={sentTo}
          busy={busy}
          submitText={props.submitText}
          onSend={send}
          onSubmit={(proof) => run(() => props.actions.submit(proof))}
        />
      )}
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {others.length > 0 && (
        <div className={styles.others}>
          <p id={otherWays}>{t('proof.otherWay')}</p>
          <ul aria-labelledby={otherWays}>
            {others.map((kind) => {
              const Icon = KIND_ICONS[kind];
              return (
                <li key={kind}>
                  <Button icon={<Icon size={18} aria-hidden="true" />} onPress={() => choose(kind)}>
                    {t(`proof.names.${kind}`)}
                  </Button>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}
