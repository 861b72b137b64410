import type { TestFault } from '@conclave/protocol';
import { refused } from './explain.ts';

/** Characters of one decoded answer. Honest ones have 5,000 to 20,000. */
const maxChars = 128 * 1024;

/** Tags, and how deep elements stand in each other: parsers of XML take far too long for documents that have neither limit. */
const maxTags = 8_000;
const maxDepth = 40;

/** What signatures may be made with: no SHA-1, no secret keys (HMAC), no transform that picks parts of a document. */
const ALGORITHMS: ReadonlySet<string> = new Set([
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
]);

/**
 * The form value `SAMLResponse` as XML that is safe to hand to a parser: of a sane size and depth, without document types, entities,
 * comments, CDATA and processing instructions (which parsers take for different things: XXE, split names), and signed with
 * nothing weak. @throws ConclaveError sign_on.failed, by a SamlFault
 */
export function readSamlXml(encoded: string): string {
  if (encoded.length > (maxChars * 4) / 3 + 4 || !/^[A-Za-z0-9+/=\s]+$/.test(encoded)) refuse();
  let xml: string;
  try {
    xml = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return refuse();
  }
  if (xml.length > maxChars) refuse();
  const body = xml.replace(
    /^<\?xml\s+version="1\.[01]"(?:\s+encoding="utf-8")?(?:\s+standalone="(?:yes|no)")?\s*\?>/i,
    '',
  );
  if (body.includes('<!') || body.includes('<?')) refuse();
  for (const [, double, single] of body.matchAll(/Algorithm\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (!ALGORITHMS.has(double ?? single ?? '')) refuse('signature-weak');
  }
  refuseDeep(body);
  return xml;
}

/** Only counts; whether the document is well-formed is for the parser to say. */
function refuseDeep(xml: string): void {
  let depth = 0;
  let tags = 0;
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', at)) {
    const closing = xml[at + 1] === '/';
    at = endOfTag(xml, at);
    if (closing) depth -= 1;
    else if (xml[at - 1] !== '/') depth += 1;
    tags += 1;
    if (tags > maxTags || depth > maxDepth || depth < 0) refuse();
  }
}

/** Where the tag that begins at `from` has its `>`, which may also stand in the values of attributes. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from + 1; at < xml.length; at++) {
    const character = xml[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
    else if (character === '<') refuse();
  }
  return refuse();
}

function refuse(named: TestFault = 'answer-malformed'): never {
  throw refused(named);
}
