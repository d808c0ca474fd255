import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;
const ID_CHARACTERS = 16;

/** What the bearer may do with one file, and until when. */
export interface FileGrant {
  container: string;
  permissions: 'r' | 'rw';
  untilMs: number;
}

/** Temporary keys as AWS hands them out, valid for some hours. */
export interface TemporaryKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** Issues self-contained permissions, sealed with a key that nobody else has, so that nothing has to be stored. */
export class GrantSealer {
  readonly #key = randomBytes(KEY_BYTES);

  seal(grant: FileGrant): string {
    const text = Buffer.from(JSON.stringify(grant)).toString('base64url');
    return `${text}.${this.#mac('grant', text).toString('base64url')}`;
  }

  /** The permission, even if it has expired; undefined if this sealer did not issue it. */
  open(sealed: string): FileGrant | undefined {
    const [text = '', mac = ''] = sealed.split('.');
    const [expected, given] = [this.#mac('grant', text), Buffer.from(mac, 'base64url')];
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as FileGrant;
  }

  /** The permission in the form of keys for signing. */
  keys(grant: FileGrant): TemporaryKeys {
    return this.keysOf(this.seal(grant));
  }

  /** The keys that a session token belongs to. */
  keysOf(sessionToken: string): TemporaryKeys {
    const id = createHash('sha256').update(sessionToken).digest('hex').slice(0, ID_CHARACTERS).toUpperCase();
    return {
      accessKeyId: `ASIA${id}`,
      secretAccessKey: this.#mac('secret', sessionToken).toString('base64'),
      sessionToken,
    };
  }

  #mac(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.#key).update(`${purpose}\n${text}`).digest();
  }
}
