import { ERROR_HINTS, JwtAuthError } from '../errors';
import { type ForeignKey, foreignBytes, foreignText, wrongKeyError } from './wrongKey';
import { type KeyJson, parseKeyJson, pickKeyJson } from './keyJson';
import { decodeBase64Text, findPemBlocks, type PemBlock, unescapeText } from './pem';

/** What a key text turned out to hold, and what came with it. */
export type KeyText = (
	| Exclude<KeyJson, { kind: 'text' }>
	| { readonly kind: 'pem'; readonly blocks: readonly PemBlock[] }
	| { readonly kind: 'bytes'; readonly bytes: Buffer }
	| { readonly kind: 'foreign'; readonly found: ForeignKey }
) & {
	readonly keyId?: string;
	readonly passphrase?: string;
};

// A key file inside Base64 inside JSON is four layers; more is somebody's game.
const MAXIMUM_LAYERS = 6;

/** Takes off the quotes and blanks that came along when a text was copied, however many layers. */
export function unquote(text: string): string {
	let plain = text.trim();
	for (let layer = 0; layer < MAXIMUM_LAYERS; layer += 1) {
		const quoted = /^(\\{0,8}["'`])([^]*)\1[,;]?$/.exec(plain);
		if (!quoted) break;
		plain = (quoted[2] ?? '').trim();
	}
	return plain;
}

/**
 * The error for a text that no key can be seen in.
 *
 * @param advice what to do if it is a shared secret; empty for none
 */
export function unreadableKeyError(wanted: string, advice = ''): JwtAuthError {
	return wrongKeyError(
		'KEY_MALFORMED',
		'Text that is neither PEM nor a JWK nor Base64 of a key',
		wanted,
		`${ERROR_HINTS.KEY_MALFORMED} ${advice}`.trim(),
	);
}

/** A key text that was encoded in Base64 as a whole; a raw key may begin like one by chance. */
function wrappedText(bytes: Buffer): string | undefined {
	const text = bytes.toString('utf8').trim();
	if (/-{2,5}\s?(BEGIN|END)/.test(text)) return text;
	if (/[^\P{Cc}\s]|\uFFFD/u.test(text)) return undefined;
	return /^["'{[]|^[\w+/\s-]{65,}={0,2}$/.test(text) ? text : undefined;
}

/**
 * Finds the key in a text, undoing one layer of wrapping after the other. Nothing is imported yet.
 *
 * @param pasted private or public key: PEM, Base64, JWK, JWK Set or a vendor's key file
 * @param wanted what is wanted, for messages, e.g. `RS256 wants an RSA private key`
 * @param advice what to do if it is a shared secret, for messages; empty for none
 * @throws {@link JwtAuthError} `KEY_MALFORMED`, `KEY_ARMOR_MISMATCH`, `KEY_JSON_UNKNOWN`
 */
export function readKeyText(pasted: string, wanted: string, advice = '', layers = 0): KeyText {
	if (layers > MAXIMUM_LAYERS) throw unreadableKeyError(wanted);
	const text = unquote(pasted);
	const json = parseKeyJson(text);
	if (json !== undefined) {
		const found = pickKeyJson(json);
		if (found.kind !== 'text') return found;
		const inner = readKeyText(found.text, wanted, advice, layers + 1);
		return {
			...inner,
			keyId: found.keyId ?? inner.keyId,
			passphrase: inner.passphrase ?? found.passphrase,
		};
	}
	const blocks = findPemBlocks(text);
	if (blocks.length > 0) return { kind: 'pem', blocks };
	if (/^[{[]/.test(text)) {
		throw new JwtAuthError(
			'KEY_MALFORMED',
			'The key begins like JSON, but it is not valid JSON; it may be cut off.',
			{ hint: 'Paste the whole file, from the first brace to the last.' },
		);
	}
	const bytes = decodeBase64Text(unescapeText(text)) ?? Buffer.alloc(0);
	const found = foreignText(text) ?? foreignBytes(bytes);
	if (found && found !== 'openssh') return { kind: 'foreign', found };
	if (bytes.length === 0) throw unreadableKeyError(wanted, /[\r\n]/.test(text) ? '' : advice);
	const inside = wrappedText(bytes);
	if (inside === undefined) return { kind: 'bytes', bytes };
	return readKeyText(inside, wanted, advice, layers + 1);
}
