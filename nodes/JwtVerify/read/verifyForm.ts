import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readChecks } from '../../../core/settings/readChecks';
import type { KeySelector, KeySource } from '../../../core/verify/keySource';
import { keptFields } from '../../common/inputFields';
import { nodeForm } from '../../common/nodeForm';
import { readItemKeys } from './itemKeys';
import { readMaximumLength } from './maximumSize';
import { readToken } from './token';

/** What the form of Verify says for one item. */
export interface VerifyForm {
	token: string;
	/** Where the keys come from. */
	source: KeySource | KeySelector;
	checks: ReturnType<typeof readChecks>;
	/** Most characters of a token that is read. */
	maximumLength: number;
	/** Whether a token that may not be trusted is an error of its item. */
	stopsOnInvalid: boolean;
	/** Fields of the input item that stay in the output. */
	kept: IDataObject;
}

/**
 * The field Audience, unless nobody filled in any of its rows, of which the form opens with one. A list
 * or a row that an expression left empty counts as filled in.
 */
function readAudienceField(context: IExecuteFunctions, itemIndex: number): { audience?: unknown } {
	const read = (rawExpressions: boolean): unknown =>
		context.getNodeParameter('audience', itemIndex, [], { rawExpressions });
	const asTyped = read(true);
	const isUntouched = Array.isArray(asTyped) && asTyped.every((row) => row === '');
	return isUntouched ? {} : { audience: read(false) };
}

/**
 * Reads the form of Verify for one item, the key included.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID` and the codes of checks and of {@link readItemKeys}
 */
export async function readVerifyForm(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<VerifyForm> {
	const form = nodeForm(context, itemIndex);
	const options = form.field('options', 'Options').section();
	const kept = keptFields(context, itemIndex, options);
	const anyAudience = options.field('anyAudience', 'Accept Any Audience').boolean(false);
	const onInvalid = options
		.field('onInvalid', 'On Invalid Token')
		.choice(['branch', 'throw'], 'branch');
	const checks = form.field('checks', 'Checks').members();
	const { source, issuers, signsForOthers } = await readItemKeys(
		context,
		itemIndex,
		options,
		checks,
	);
	return {
		token: readToken(context, itemIndex),
		source,
		checks: readChecks(
			{ ...checks, ...readAudienceField(context, itemIndex) },
			{ issuers, signsForOthers, anyAudience },
		),
		maximumLength: readMaximumLength(options),
		stopsOnInvalid: onInvalid === 'throw',
		kept,
	};
}
