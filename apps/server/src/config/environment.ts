import { StartRefused } from '../startRefused.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

type Kind = 'text' | 'number' | 'boolean' | 'list';

/** Each setting's path, and how its text in the environment is read. */
const VARIABLES: Readonly<Record<string, readonly [path: readonly string[], kind: Kind]>> = {
  CONCLAVE_DATA_FOLDER: [['dataFolder'], 'text'],
  CONCLAVE_PUBLIC_ORIGIN: [['publicOrigin'], 'text'],
  CONCLAVE_BEHIND_TLS_PROXY: [['behindTlsProxy'], 'boolean'],
  CONCLAVE_TRUSTED_PROXIES: [['trustedProxies'], 'list'],
  CONCLAVE_LISTEN_ADDRESS: [['listen', 'address'], 'text'],
  CONCLAVE_LISTEN_PORT: [['listen', 'port'], 'number'],
  CONCLAVE_TLS_CERTIFICATE_FILE: [['tls', 'certificateFile'], 'text'],
  CONCLAVE_TLS_KEY_FILE: [['tls', 'keyFile'], 'text'],
  CONCLAVE_DATABASE_URL: [['database', 'url'], 'text'],
  CONCLAVE_DATABASE_POOL_SIZE: [['database', 'poolSize'], 'number'],
  CONCLAVE_MEDIA_UDP_PORT: [['media', 'udpPort'], 'number'],
  CONCLAVE_MEDIA_WORKERS: [['media', 'workers'], 'number'],
  CONCLAVE_MEDIA_BIND_ADDRESS: [['media', 'bindAddress'], 'text'],
  CONCLAVE_MEDIA_ANNOUNCED_ADDRESSES: [['media', 'announcedAddresses'], 'list'],
  CONCLAVE_MEDIA_CODECS: [['media', 'codecs'], 'list'],
  CONCLAVE_MEDIA_TCP: [['media', 'tcp'], 'boolean'],
  CONCLAVE_MEDIA_TCP_PORT: [['media', 'tcpPort'], 'number'],
  CONCLAVE_SMS_URL: [['sms', 'url'], 'text'],
  CONCLAVE_SMS_METHOD: [['sms', 'method'], 'text'],
  CONCLAVE_SMS_HEADERS: [['sms', 'headers'], 'list'],
  CONCLAVE_SMS_BODY: [['sms', 'body'], 'text'],
  CONCLAVE_SMS_TIMEOUT_SECONDS: [['sms', 'timeoutSeconds'], 'number'],
  CONCLAVE_TURN_URLS: [['turn', 'urls'], 'list'],
  CONCLAVE_TURN_SECRET: [['turn', 'secret'], 'text'],
  CONCLAVE_TURN_USERNAME: [['turn', 'username'], 'text'],
  CONCLAVE_TURN_PASSWORD: [['turn', 'password'], 'text'],
  CONCLAVE_TURN_LIFETIME_SECONDS: [['turn', 'lifetimeSeconds'], 'number'],
  CONCLAVE_MEETINGS_GUESTS_MAY_SHARE_SCREEN: [['meetings', 'guestsMayShareScreen'], 'boolean'],
  CONCLAVE_MEETINGS_DIRECT_PATH: [['meetings', 'directPath'], 'text'],
  CONCLAVE_MEETINGS_STRAIGHT_IN: [['meetings', 'straightIn'], 'text'],
  CONCLAVE_MEETINGS_MICROPHONE_AT_START: [['meetings', 'microphoneAtStart'], 'text'],
  CONCLAVE_MEETINGS_CAMERA_AT_START: [['meetings', 'cameraAtStart'], 'text'],
  CONCLAVE_FILES_GUESTS_MAY_SEND: [['files', 'guestsMaySend'], 'boolean'],
  CONCLAVE_FILES_LARGEST_MEGABYTES: [['files', 'largestMegabytes'], 'number'],
  CONCLAVE_FILES_PARTICIPANT_MEGABYTES: [['files', 'participantMegabytes'], 'number'],
  CONCLAVE_FILES_MEETING_MEGABYTES: [['files', 'meetingMegabytes'], 'number'],
  CONCLAVE_FILES_SERVICE_MEGABYTES: [['files', 'serviceMegabytes'], 'number'],
  CONCLAVE_PASSWORDS_PROFILE: [['passwords', 'profile'], 'text'],
  CONCLAVE_MAIL_HOST: [['mail', 'host'], 'text'],
  CONCLAVE_MAIL_PORT: [['mail', 'port'], 'number'],
  CONCLAVE_MAIL_SECURITY: [['mail', 'security'], 'text'],
  CONCLAVE_MAIL_USERNAME: [['mail', 'username'], 'text'],
  CONCLAVE_MAIL_PASSWORD: [['mail', 'password'], 'text'],
  CONCLAVE_MAIL_FROM: [['mail', 'from'], 'text'],
  CONCLAVE_MAIL_CERTIFICATE_FILE: [['mail', 'certificateFile'], 'text'],
  CONCLAVE_MAIL_LANGUAGE: [['mail', 'language'], 'text'],
  CONCLAVE_SIGN_ON_ALLOW_PRIVATE_NETWORKS: [['signOn', 'allowPrivateNetworks'], 'boolean'],
  CONCLAVE_LOG_LEVEL: [['log', 'level'], 'text'],
};

/** Names the settings file; not a setting itself. */
export const CONFIG_VARIABLE = 'CONCLAVE_CONFIG';
export const SETTING_VARIABLES: readonly string[] = Object.keys(VARIABLES);

/**
 * Lays the `CONCLAVE_*` variables over what the file said. The environment wins.
 * @throws StartRefused for a variable that names no setting, or a number or boolean that is none.
 */
export function overlayEnvironment(
  values: Record<string, unknown>,
  environment: Environment,
): Record<string, unknown> {
  const merged = structuredClone(values);
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('CONCLAVE_') || name === CONFIG_VARIABLE || text === undefined) continue;
    const variable = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
    if (variable === undefined) throw new StartRefused(`There is no setting for the variable ${name}.`);
    place(merged, variable[0], read(name, variable[1], text));
  }
  return merged;
}

function place(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let folder = target;
  for (const key of path.slice(0, -1)) {
    const next = folder[key];
    if (typeof next === 'object' && next !== null) folder = next as Record<string, unknown>;
    else {
      const made: Record<string, unknown> = {};
      folder[key] = made;
      folder = made;
    }
  }
  const last = path.at(-1);
  if (last !== undefined) folder[last] = value;
}

function read(name: string, kind: Kind, text: string): unknown {
  switch (kind) {
    case 'text':
      return text;
    case 'list':
      return text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    case 'number':
      if (!/^\d{1,9}$/.test(text)) throw new StartRefused(`${name} must be a whole number.`);
      return Number(text);
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw new StartRefused(`${name} must be true or false.`);
      return text === 'true';
  }
}
