/** Tokens of services by the prefix that their makers give them, to be found by scanners. Anchored: one word each. */
const shapes: readonly RegExp[] = [
  /^(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}$/,
  /^gh[pousr]_[A-Za-z0-9]{36,251}$/,
  /^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/,
  /^gl(?:pat|dt|ptt|rt|soat|cbt|ft|imt|agent)-[\w-]{20,200}/,
  /^xox[abeoprs]-[\w-]{10,250}$/,
  /^xapp-\d-[\w-]{10,250}$/,
  /^AIza[\w-]{35}$/,
  /^ya29\.[\w-]{20,}/,
  /^GOCSPX-[\w-]{28}$/,
  /^[srp]k_live_[A-Za-z0-9]{10,250}$/,
  /^[sr]k_test_[A-Za-z0-9]{10,250}$/,
  /^whsec_[A-Za-z0-9+/]{24,}/,
  /^npm_[A-Za-z0-9]{36}$/,
  /^pypi-AgE[\w-]{50,}$/,
  /^sk-(?=[\w-]{0,200}\d)[\w-]{32,250}$/,
  /^SG\.[\w-]{16,32}\.[\w-]{32,64}$/,
  /^hf_[A-Za-z0-9]{30,40}$/,
  /^do[opr]_v1_[a-f0-9]{64}$/,
  /^hv[sbr]\.[\w-]{20,250}$/,
  /^shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}$/,
  /^dckr_pat_[\w-]{20,40}$/,
  /^lin_api_[A-Za-z0-9]{40}$/,
  /^figd_[\w-]{30,60}$/,
  /^(?:ntn|secret)_[A-Za-z0-9]{40,60}$/,
  /^ATATT3[\w-]{50,250}$/,
  /^dapi[a-f0-9]{32}$/,
  /^glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}$/,
  /^eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}$/,
  // Encrypted (JWE): a header and four more parts.
  /^eyJ[\w-]{8,}\.[\w-]*\.[\w-]{8,}\.[\w-]{8,}\.[\w-]{16,}$/,
];
/** What these begin with: everything else is passed over at once. */
const beginnings =
  /^(?:A(?:KIA|SIA|BIA|CCA)|gh[pousr]_|github_pat_|gl|xox|xapp|AIza|ya29|GOCSPX|[srp]k[_-]|whsec|npm_|pypi|SG\.|hf_|do[opr]_|hv[sbr]\.|shp|dckr|lin_|figd|ntn_|secret_|ATATT3|dapi|eyJ)/;
/** Words are cut where quotes, brackets and signs of assignment are. */
const between = /[\s"'`<>()[\]{},;|=&?:#@\\]+/;
const telegram = /(?:^|\/bot)\d{8,10}:[A-Za-z0-9_-]{35}(?:$|\/)/;
const slackHook = /hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/]{20}/;
const discordHook = /discord(?:app)?\.com\/api\/webhooks\/\d{15,20}\/[\w-]{40}/;
const azureKey = /(?:accountkey|sharedaccesskey)=[a-z0-9+/]{40,90}/i;
const header = /\b(?:bearer|basic)\s{1,3}(?=[a-z0-9._~+/-]{0,80}[\d._~+/])[a-z0-9._~+/-]{20}/i;
const awsSecret = /aws.{0,20}secret.{0,20}[=:]\s{0,3}["']?[a-z0-9/+]{40}(?![a-z0-9/+])/i;

/** Whether there is a token of a service: by its prefix, a signed link, or the header of a request. */
export function hasToken(text: string): boolean {
  if (header.test(text) || azureKey.test(text) || slackHook.test(text) || discordHook.test(text)) return true;
  if (/aws/i.test(text) && awsSecret.test(text)) return true;
  for (const word of text.split(/\s+/)) {
    if (telegram.test(word.slice(0, 400)) || isSignedLink(word)) return true;
  }
  return text
    .split(between)
    .some((word) => beginnings.test(word) && shapes.some((shape) => shape.test(word)));
}

/** Links that open something by themselves: Azure's shared access signatures, AWS's and Google's signed addresses. */
function isSignedLink(word: string): boolean {
  if (/[?&]sig=[^&]{20}/.test(word) && /[?&]s[evp]=/.test(word)) return true;
  return /[?&]x-(?:amz|goog)-signature=[a-f0-9]{40}/i.test(word);
}
