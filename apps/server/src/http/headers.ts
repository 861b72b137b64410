import type { Context } from '../context.ts';
import type { App } from './app.ts';

/** What a page of ours may use of the browser, on our own origin: what a call needs, and passkeys; nothing else. */
const ALLOWED_FEATURES = [
  'camera',
  'microphone',
  'display-capture',
  'speaker-selection',
  'publickey-credentials-create',
  'publickey-credentials-get',
];
const USED_BY_PAGES = ['autoplay', 'fullscreen', 'picture-in-picture', 'screen-wake-lock', 'clipboard-write'];
const REFUSED_FEATURES = [
  'accelerometer',
  'clipboard-read',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'midi',
  'payment',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

const PERMISSIONS_POLICY = [
  ...[...ALLOWED_FEATURES, ...USED_BY_PAGES].map((feature) => `${feature}=(self)`),
  ...REFUSED_FEATURES.map((feature) => `${feature}=()`),
].join(', ');

/** CSP Level 3 and Trusted Types. WebSockets are named too: not every browser counts them to 'self'. */
function contentSecurityPolicy(origin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types conclave-worker',
  ].join('; ');
}

/** The same on every answer: pages, files, REST and errors. */
export function securityHeaders(context: Context): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(context.origins.public),
    'permissions-policy': PERMISSIONS_POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(context.config.http.overTls && { 'strict-transport-security': 'max-age=63072000' }),
  };
}

export function addSecurityHeaders(app: App, context: Context): void {
  app.addHook('onRequest', async (_request, reply) => void reply.headers(securityHeaders(context)));
}
