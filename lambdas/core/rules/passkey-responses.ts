/** Reads what browsers hand over of passkeys, which is free JSON to the API: whatever has not its form is not read at all. */
import { isObject } from '../contract/is-object.ts';
import type { Attachment, ClientData, PasskeyAssertion, PasskeyRegistration } from '../model/passkey.ts';

type Members = Readonly<Record<string, unknown>>;

/** An authenticator's id of a credential has at most 1023 bytes (WebAuthn Level 3, 4). */
const longestId = 1023;

/** From `RegistrationResponseJSON`. */
export function readRegistration(value: unknown): PasskeyRegistration | undefined {
  const { id, response, credential } = readCredential(value);
  const clientDataJSON = bytesIn(response, 'clientDataJSON');
  const attestationObject = bytesIn(response, 'attestationObject');
  const clientData = clientDataJSON === undefined ? undefined : readClientData(clientDataJSON);
  if (!id || !clientDataJSON || !attestationObject || !clientData) return undefined;
  const transports = transportsIn(response);
  return { id, clientDataJSON, clientData, attestationObject, transports, attachment: attachmentIn(credential) };
}

/** From `AuthenticationResponseJSON`. */
export function readAssertion(value: unknown): PasskeyAssertion | undefined {
  const { id, response } = readCredential(value);
  const clientDataJSON = bytesIn(response, 'clientDataJSON');
  const authenticatorData = bytesIn(response, 'authenticatorData');
  const signature = bytesIn(response, 'signature');
  const clientData = clientDataJSON === undefined ? undefined : readClientData(clientDataJSON);
  if (!id || !clientDataJSON || !authenticatorData || !signature || !clientData) return undefined;
  const userHandle = response?.['userHandle'] ?? undefined;
  if (userHandle !== undefined && !isBytes(userHandle)) return undefined;
  return { id, clientDataJSON, clientData, authenticatorData, signature, userHandle };
}

/** From JSON text; undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readCredential(value: unknown): {
  readonly id?: string | undefined;
  readonly response?: Members | undefined;
  readonly credential?: Members;
} {
  if (!isObject(value) || value['type'] !== 'public-key') return {};
  const { id, rawId, response } = value;
  // Both are the same bytes in the same form.
  if (!isBytes(id) || id === '' || id !== rawId || Buffer.from(id, 'base64url').length > longestId) return {};
  return { id, response: isObject(response) ? response : undefined, credential: value };
}

function readClientData(clientDataJSON: string): ClientData | undefined {
  const data = readJson(Buffer.from(clientDataJSON, 'base64url').toString());
  if (!isObject(data)) return undefined;
  const { type, challenge, origin, crossOrigin = false, topOrigin } = data;
  if (typeof type !== 'string' || typeof challenge !== 'string' || typeof origin !== 'string') return undefined;
  return { type, challenge, origin, crossOrigin: crossOrigin !== false || topOrigin !== undefined };
}

/** Base64url without padding, in the one form that encodes these bytes. */
const isBytes = (value: unknown): value is string =>
  typeof value === 'string' && Buffer.from(value, 'base64url').toString('base64url') === value;

function bytesIn(members: Members | undefined, name: string): string | undefined {
  const value = members?.[name];
  return isBytes(value) && value !== '' ? value : undefined;
}

/** Ways to reach an authenticator; new ones may come, but not in any number. */
function transportsIn(response: Members | undefined): readonly string[] {
  const transports: unknown = response?.['transports'];
  if (!Array.isArray(transports)) return [];
  const named = transports.filter((each): each is string => typeof each === 'string' && /^[a-z-]{1,32}$/.test(each));
  return [...new Set(named)].slice(0, 8);
}

function attachmentIn(credential: Members | undefined): Attachment | undefined {
  const attachment = credential?.['authenticatorAttachment'];
  return attachment === 'platform' || attachment === 'cross-platform' ? attachment : undefined;
}
