// @ts-check
/**
 * Idempotency keys: a need whose answer was lost is sent again with the key of the first time, so that the server does not count it
 * twice. A key is a random number, made anew for each need; it lives in the memory of the page until the need is stored.
 *
 * @module unmet/need-keys
 */

const BYTES = 16;

/**
 * @returns {{ withKey: (body: string) => string, forget: (body: string) => void }}
 */
export function needKeys() {
  /** @type {Map<string, string>} */
  const keys = new Map();
  return {
    /** The body with its key: the same one for the same body until `forget`. */
    withKey(body) {
      const key = keys.get(body) ?? randomKey();
      keys.set(body, key);
      return JSON.stringify({ ...JSON.parse(body), key });
    },
    /** Call it when the need is stored: the same body is then another need. */
    forget: (body) => void keys.delete(body),
  };
}

/** `crypto.randomUUID` would not do: pages of the internal address are often served without TLS. */
function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
