import {
  type OidcPreset,
  type Provider,
  type RoleId,
  type RoleRule,
  WriteProvider,
} from '@conclave/protocol';
import * as z from 'zod/mini';

export type Preset = OidcPreset | 'saml';

/** What is typed into the form; lists are texts here. */
export interface Draft {
  readonly preset: Preset;
  readonly name: string;
  readonly enabled: boolean;
  readonly domains: string;
  readonly createsAccounts: boolean;
  readonly defaultRole: RoleId;
  readonly roleRules: readonly RoleRule[];
  readonly vouchesForEmail: boolean;
  readonly asksFactor: boolean;
  /** Of Microsoft: the tenant. */
  readonly tenant: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly hostedDomain: string;
  readonly scopes: string;
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly certificates: string;
  readonly emailAttribute: string;
  readonly nameAttribute: string;
}

const NAMES: Readonly<Record<Preset, string>> = {
  google: 'Google',
  microsoft: 'Microsoft',
  generic: '',
  saml: '',
};

export function newDraft(preset: Preset): Draft {
  return {
    preset,
    name: NAMES[preset],
    enabled: true,
    domains: '',
    createsAccounts: false,
    defaultRole: 'organiser',
    roleRules: [],
    vouchesForEmail: false,
    asksFactor: false,
    tenant: '',
    issuer: preset === 'google' ? 'https://accounts.google.com' : '',
    clientId: '',
    clientSecret: '',
    hostedDomain: '',
    scopes: '',
    entityId: '',
    ssoUrl: '',
    certificates: '',
    emailAttribute: '',
    nameAttribute: '',
  };
}

export function draftOf(provider: Provider): Draft {
  const { name, enabled, createsAccounts, defaultRole, roleRules, vouchesForEmail, asksFactor } = provider;
  const common = {
    ...newDraft(provider.kind === 'saml' ? 'saml' : provider.preset),
    name,
    enabled,
    createsAccounts,
    defaultRole,
    roleRules,
    vouchesForEmail,
    asksFactor,
    domains: provider.domains.join(' '),
  };
  if (provider.kind === 'saml') {
    const { entityId, ssoUrl, emailAttribute, nameAttribute } = provider;
    const certificates = provider.certificates.join('\n');
    return { ...common, entityId, ssoUrl, emailAttribute, nameAttribute, certificates };
  }
  return {
    ...common,
    issuer: provider.issuer,
    tenant: tenantIn(provider.issuer),
    clientId: provider.clientId,
    hostedDomain: provider.hostedDomain ?? '',
    scopes: provider.scopes.join(' '),
  };
}

const microsoft = 'https://login.microsoftonline.com/';

function tenantIn(issuer: string): string {
  return issuer.startsWith(microsoft) ? (issuer.slice(microsoft.length).split('/')[0] ?? '') : '';
}

/** What is sent, or the name of the first field that is not as it should be. */
export function readDraft(draft: Draft): { readonly provider: WriteProvider } | { readonly wrong: string } {
  const { name, enabled, createsAccounts, defaultRole, roleRules, vouchesForEmail, asksFactor } = draft;
  const common = {
    name,
    enabled,
    domains: words(draft.domains),
    createsAccounts,
    defaultRole,
    roleRules,
    vouchesForEmail,
    asksFactor,
  };
  const input =
    draft.preset === 'saml'
      ? {
          ...common,
          kind: 'saml',
          entityId: draft.entityId,
          ssoUrl: draft.ssoUrl,
          certificates: certificatesIn(draft.certificates),
          emailAttribute: draft.emailAttribute.trim(),
          nameAttribute: draft.nameAttribute.trim(),
        }
      : {
          ...common,
          kind: 'oidc',
          preset: draft.preset,
          issuer:
            draft.preset === 'microsoft' ? `${microsoft}${draft.tenant.trim()}/v2.0` : draft.issuer.trim(),
          clientId: draft.clientId,
          clientSecret: draft.clientSecret === '' ? null : draft.clientSecret,
          hostedDomain: draft.hostedDomain.trim() === '' ? null : draft.hostedDomain,
          scopes: words(draft.scopes),
        };
  const read = z.safeParse(WriteProvider, input);
  if (read.success) return { provider: read.data };
  const [field] = read.error.issues[0]?.path ?? [];
  return { wrong: String(field ?? '') };
}

function words(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

/** One text with several certificates after each other; one that is only base64 is one. */
function certificatesIn(text: string): string[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  if (blocks !== null) return blocks.map((block) => block.trim());
  return text.trim() === '' ? [] : [text.trim()];
}
