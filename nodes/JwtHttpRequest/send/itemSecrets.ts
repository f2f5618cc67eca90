import { namedSecrets, querySecrets } from '../../../core/shared/secretMembers';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { JwtAuthError } from '../../../core/errors';
import { redact, redactError } from '../../../core/shared/redact';
import type { BodyParts, RequestParts } from '../../../core/http/requestParts';
import { secretValues } from '../../../core/settings/secretFields';
import { sentTokens } from '../../../core/request/sentTokens';
import { webUrl } from '../../../core/shared/url';
import type { SendOptions } from '../read/options';

/** Most tokens that are remembered; an answer can quote those of the latest requests only. */
const MOST_TOKENS = 8;

/** The fields of a body, as far as it has any. */
function fieldsOf(body: BodyParts): unknown {
	if (body.kind === 'json') return body.text;
	return body.kind === 'form' ? body.fields : undefined;
}

/** What must not be shown of the requests of one item, whoever quotes it. */
export class ItemSecrets {
	#tokens: string[] = [];

	/**
	 * @param data the credential's fields
	 * @param parts the request as the person typed it
	 * @param proxy it goes through
	 */
	constructor(
		private readonly data: CredentialData,
		private readonly parts: RequestParts,
		private readonly proxy?: SendOptions['proxy'],
	) {}

	/** Listed when something is shown that may quote them, which is seldom. */
	#all(): string[] {
		const { headers, query, url, body } = this.parts;
		const { password = '' } = webUrl(url) ?? {};
		return [
			...this.#tokens,
			...secretValues(this.data),
			...namedSecrets(headers),
			...namedSecrets(query),
			...querySecrets(url),
			...namedSecrets(fieldsOf(body)),
			...namedSecrets({ password, proxyPassword: this.proxy?.auth?.password }),
		];
	}

	/** Notes the tokens a request was sent with. @param data the very fields it was made from */
	noteSent(data: CredentialData): void {
		this.#tokens = [...this.#tokens, ...sentTokens(data)].slice(-MOST_TOKENS);
	}

	/** The token of the latest request that was sent; undefined before the first. */
	get latestToken(): string | undefined {
		return this.#tokens.at(-1);
	}

	/** A text of foreign origin without them. */
	redact(text: string): string {
		return redact(text, this.#all());
	}

	/** What was thrown on the way, with texts that are free of them. */
	redactError(context: IExecuteFunctions, error: unknown): unknown {
		if (error instanceof JwtAuthError) return redactError(error, this.#all());
		if (error instanceof NodeApiError) return this.#redactApiError(context, error);
		if (error instanceof NodeOperationError) {
			return new NodeOperationError(context.getNode(), this.redact(error.message), {
				description: this.redact(error.description ?? ''),
			});
		}
		if (error instanceof Error) error.message = this.redact(error.message);
		return error;
	}

	/** A new error: the old one keeps the request and the response it is about. */
	#redactApiError(context: IExecuteFunctions, error: NodeApiError): NodeApiError {
		const message = this.redact(error.message);
		const redacted = new NodeApiError(
			context.getNode(),
			{ message },
			{
				message,
				description: this.redact(error.description ?? ''),
				httpCode: error.httpCode ?? undefined,
				itemIndex: error.context.itemIndex as number | undefined,
			},
		);
		redacted.messages = error.messages.map((text) => this.redact(text));
		return redacted;
	}
}
