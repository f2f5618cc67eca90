import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { REPORT_MEMBERS, reportVerification } from '../../../core/verify/tokenReport';
import { readChecks } from '../../../core/settings/readChecks';
import { verifyToken } from '../../../core/verify/verifyToken';
import { keptFields } from '../../common/inputFields';
import { nodeForm } from '../../common/nodeForm';
import { readKeySource } from './keySource';
import { readMaximumLength } from './maximumSize';

/** The outcome of one item. */
export interface VerifiedItem {
	valid: boolean;
	item: INodeExecutionData;
}

/**
 * The field Audience, unless nobody filled in any of its rows, of which the form opens with one. A list
 * or a row that an expression left empty counts as filled in.
 */
function readAudience(context: IExecuteFunctions, itemIndex: number): { audience?: unknown } {
	const read = (rawExpressions: boolean): unknown =>
		context.getNodeParameter('audience', itemIndex, [], { rawExpressions });
	const asTyped = read(true);
	const isUntouched = Array.isArray(asTyped) && asTyped.every((row) => row === '');
	return isUntouched ? {} : { audience: read(false) };
}

/** Verifies the token of one item. */
export async function verifyItem(
	context: IExecuteFunctions,
	itemIndex: number,
	token: string,
): Promise<VerifiedItem> {
	const form = nodeForm(context, itemIndex);
	const options = form.field('options', 'Options').section();
	const kept = keptFields(context, itemIndex, options);
	const anyAudience = options.field('anyAudience', 'Accept Any Audience').boolean(false);
	const onInvalid = options
		.field('onInvalid', 'On Invalid Token')
		.choice(['branch', 'throw'], 'branch');
	const checks = form.field('checks', 'Checks').members();
	const { source, issuer, signsForOthers } = await readKeySource(context, itemIndex, options);
	const now = new Date();
	const result = await verifyToken(token, source, {
		...readChecks(
			{ ...checks, ...readAudience(context, itemIndex) },
			{ issuer, signsForOthers, anyAudience },
		),
		maximumLength: readMaximumLength(options),
		now,
	});
	if (!result.valid && onInvalid === 'throw') throw result.error;
	// A field of the input must not be taken for the verdict.
	for (const name of REPORT_MEMBERS) delete kept[name];
	const report = await reportVerification(result, now);
	return { valid: result.valid, item: { json: { ...kept, ...report } as IDataObject } };
}
