import { deepCopy } from 'n8n-workflow';
import { NOT_THERE } from '../../core/settings/fieldValue';
import { hasMembers } from '../../core/shared/json';
import type { FormContext } from './formContext';

/** A field of a node, as a run has found it. */
interface KnownField {
	/** Its content, expressions not computed. */
	written: unknown;
	/** Whether n8n computes anything in it, so that items may differ. */
	isComputed: boolean;
	/** What n8n makes of it, where that is the same for every item and has been asked for. */
	read?: { value: unknown };
}

/** No field asks n8n to check its type (`validateType`), so that n8n need not look whether one does. */
const UNCHECKED = { skipValidation: true };

/** What each run knows, by the names of fields. */
const knownFields = new WeakMap<FormContext, Map<string, KnownField>>();

function isComputed(written: unknown): boolean {
	if (hasMembers(written)) return Object.values(written).some(isComputed);
	return typeof written === 'string' && written.startsWith('=');
}

function knownField(context: FormContext, name: string, itemIndex: number): KnownField {
	const ofRun = knownFields.get(context) ?? new Map<string, KnownField>();
	knownFields.set(context, ofRun);
	let field = ofRun.get(name);
	if (!field) {
		const options = { rawExpressions: true };
		const written = context.getNodeParameter(name, itemIndex, NOT_THERE, options);
		field = { written, isComputed: isComputed(written) };
		ofRun.set(name, field);
	}
	return field;
}

/**
 * A field of a node as it is written, its expressions not computed.
 *
 * @param name internal name, with those of the collections it stands in
 * @returns not a copy; {@link NOT_THERE} where the field is not shown, or was not added
 */
export function writtenField(context: FormContext, itemIndex: number, name: string): unknown {
	return knownField(context, name, itemIndex).written;
}

/**
 * A field of a node as n8n reads it for an item. One without an expression is asked for once in a run.
 *
 * @param name internal name, with those of the collections it stands in
 * @returns an object of the caller's own; {@link NOT_THERE} where the field is not shown, or was not added
 */
export function readField(context: FormContext, itemIndex: number, name: string): unknown {
	const field = knownField(context, name, itemIndex);
	if (field.written === NOT_THERE) return NOT_THERE;
	if (field.isComputed) return context.getNodeParameter(name, itemIndex, NOT_THERE, UNCHECKED);
	field.read ??= { value: context.getNodeParameter(name, itemIndex, NOT_THERE, UNCHECKED) };
	const { value } = field.read;
	return hasMembers(value) ? deepCopy(value) : value;
}
