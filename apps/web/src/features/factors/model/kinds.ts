import type { ConfirmationKind, FactorKind } from '@conclave/protocol';
import {
  KeyRound,
  LifeBuoy,
  LockKeyhole,
  type LucideIcon,
  Mail,
  MessageSquareLock,
  Smartphone,
} from 'lucide-react';

export type ProofKind = FactorKind | ConfirmationKind;

export const KIND_ICONS: Readonly<Record<ProofKind, LucideIcon>> = {
  password: LockKeyhole,
  passkey: KeyRound,
  totp: Smartphone,
  sms: MessageSquareLock,
  email: Mail,
  recovery: LifeBuoy,
};
