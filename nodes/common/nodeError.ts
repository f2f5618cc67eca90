import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { JwtAuthError } from '../../core/errors';
import { redact } from '../../core/shared/redact';

/** What a person reads of an error: the sentence, what to do, and the stable code if there is one. */
export interface ErrorText {
	message: string;
	description: string;
}

/** Turns any error into the two texts n8n shows; foreign texts lose tokens and keys. */
export function errorText(error: unknown): ErrorText {
	if (error instanceof JwtAuthError) {
		return { message: error.message, description: `${error.hint} [${error.code}]` };
	}
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		return { message: redact(error.message), description: redact(error.description ?? '') };
	}
	const message = error instanceof Error ? error.message : 'The item could not be processed';
	return { message: redact(message), description: '' };
}

/** The texts of any error in one line. */
export function errorLine(error: unknown): string {
	const { message, description } = errorText(error);
	return `${message} ${description}`.trim();
}

/** The error as n8n wants it thrown from a node, naming the item. */
export function toNodeError(node: INode, error: unknown, itemIndex: number): Error {
	if (error instanceof NodeApiError) {
		error.context.itemIndex = itemIndex;
		return error;
	}
	const { message, description } = errorText(error);
	return new NodeOperationError(node, message, { description, itemIndex });
}
