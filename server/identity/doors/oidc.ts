/**
 * Owns the door to a provider of OpenID Connect: code flow with PKCE, state and nonce, signatures always checked, sign-out there and from
 * there. What the provider says of itself is asked for when it is first needed; while it is down the door says so, and nothing else stops.
 * The only file that knows openid-client and jose. Rules: [IDP1] [IDP3] [IDP8].
 */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { type Begun, type Door, DoorFault, type Farewell, type Outside } from './door.ts';

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  label: string;
  /** the claim that an account is linked with: it stays the same and is never given to another person */
  claim: string;
  key?: string;
}

/** Seconds for one question to the provider. */
const PATIENCE = 5;
/** What it says of itself is asked for again after so long. */
const KEPT = 3_600_000;
/** A message to end sessions is not older. */
const NEWEST = '5 minutes';
const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';
const LONGEST = 255;

/** The settings are looked at now; the provider is not asked anything. */
export function oidcDoor({ issuer, clientId, clientSecret, label, claim, key = 'oidc' }: OidcSettings): Door {
  const server = new URL(issuer);
  const isNear = ['127.0.0.1', 'localhost', '[::1]'].includes(server.hostname);
  if (server.protocol !== 'https:' && !(server.protocol === 'http:' && isNear))
    throw new Error(`OIDC_ISSUER: ${issuer} (https)`);
  const provider = lately(() => discover(server, { clientId, clientSecret }));
  return {
    key,
    label,
    begin: async ({ callback, state, silent }) => {
      const config = await provider();
      return begun(config, { redirect_uri: callback, state, ...(silent && { prompt: 'none' }) });
    },
    async finish({ callback, query, state, kept }) {
      const config = await provider();
      try {
        const tokens = await client.authorizationCodeGrant(config, new URL(`${callback}?${query}`), {
          pkceCodeVerifier: kept.verifier!,
          expectedNonce: kept.nonce!,
          expectedState: state,
        });
        return await outsideOf(config, tokens, claim);
      } catch (error) {
        throw faultOf(error);
      }
    },
    async leave(hint, home) {
      const config = await provider().catch(() => null);
      if (!config?.serverMetadata().end_session_endpoint) return null;
      const asked = { post_logout_redirect_uri: home, ...(hint && { id_token_hint: hint }) };
      return client.buildEndSessionUrl(config, asked).href;
    },
    hear: async (message) => heard((await provider()).serverMetadata(), clientId, message),
  };
}

async function discover(
  server: URL,
  { clientId, clientSecret }: Pick<OidcSettings, 'clientId' | 'clientSecret'>,
): Promise<client.Configuration> {
  // Without the second the library trusts the TLS of the token endpoint instead of the signature.
  const execute = [client.enableNonRepudiationChecks];
  if (server.protocol === 'http:') execute.push(client.allowInsecureRequests);
  return client
    .discovery(server, clientId, clientSecret, undefined, { timeout: PATIENCE, execute })
    .catch((error: unknown) => {
      throw new DoorFault('down', error);
    });
}

/** Asks once for all who want it now, keeps the answer for a while, and forgets a failure. */
function lately<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: { at: number; answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (asked && now - asked.at < KEPT) return asked.answer;
    const mine = { at: now, answer: ask() };
    asked = mine;
    mine.answer.catch(() => {
      if (asked === mine) asked = undefined;
    });
    return mine.answer;
  };
}

async function begun(config: client.Configuration, asked: Record<string, string>): Promise<Begun> {
  const verifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const { href } = client.buildAuthorizationUrl(config, {
    scope: 'openid profile',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    ...asked,
  });
  return { to: href, kept: { verifier, nonce } };
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

/** Claims may stand in the token, or have to be asked for; without a name it goes as well. */
async function outsideOf(config: client.Configuration, tokens: Tokens, claim: string): Promise<Outside> {
  const told: Record<string, unknown> = { ...tokens.claims() };
  const sub = String(told.sub);
  const more = await moreOf(config, tokens.access_token, sub, told, claim);
  const claims: Record<string, unknown> = { ...more, ...told };
  const subject = textOf(claims[claim]);
  if (subject === null) throw new DoorFault('forged', new Error(`the provider names no ${claim}`));
  const called = textOf(claims.preferred_username) ?? textOf(claims.name) ?? subject;
  return { subject, called, person: sub, session: textOf(told.sid), hint: tokens.id_token ?? null };
}

async function moreOf(
  config: client.Configuration,
  token: string,
  sub: string,
  told: Record<string, unknown>,
  claim: string,
): Promise<object> {
  const isNamed = 'preferred_username' in told || 'name' in told;
  if ((claim in told && isNamed) || !config.serverMetadata().userinfo_endpoint) return {};
  return client.fetchUserInfo(config, token, sub).catch((error: unknown) => {
    if (claim in told) return {};
    throw error;
  });
}

/** A short text, or a number as one. */
function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' && text.length <= LONGEST ? text : null;
}

const SILENT = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

function faultOf(error: unknown): DoorFault {
  if (error instanceof DoorFault) return error;
  if (error instanceof client.AuthorizationResponseError)
    return new DoorFault(SILENT.includes(error.error) ? 'silent' : 'declined', error);
  const { code, cause } = error as { code?: string; cause?: { status?: number } };
  const isDown = code === 'OAUTH_TIMEOUT' || (error instanceof TypeError && !code) || (cause?.status ?? 0) >= 500;
  return new DoorFault(isDown ? 'down' : 'forged', error);
}

const KEYS = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

/** [IDP8] A logout token (OpenID Connect Back-Channel Logout 1.0 §2.6). */
async function heard(provider: client.ServerMetadata, audience: string, message: string): Promise<Farewell> {
  const { jwks_uri: address, issuer } = provider;
  if (!address) throw new DoorFault('forged', new Error('the provider names no keys'));
  const keys =
    KEYS.get(address) ?? createRemoteJWKSet(new URL(address), { timeoutDuration: PATIENCE * 1000, cacheMaxAge: KEPT });
  KEYS.set(address, keys);
  const { payload } = await jwtVerify(message, keys, {
    issuer,
    audience,
    algorithms: ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'RS384', 'RS512', 'PS384', 'PS512'],
    maxTokenAge: NEWEST,
    requiredClaims: ['iat', 'jti'],
  }).catch((error: unknown) => {
    throw new DoorFault('forged', error);
  });
  const { events, nonce, sub, jti } = payload;
  const isLogout = typeof events === 'object' && events !== null && LOGOUT in events && nonce === undefined;
  const farewell = { person: textOf(sub), session: textOf(payload.sid), message: String(jti) };
  if (!isLogout || (farewell.person === null && farewell.session === null))
    throw new DoorFault('forged', new Error('no logout token'));
  return farewell;
}
