import {
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { JwtAuthError } from '../../core/errors';
import { reportDecoded } from '../../core/verify/tokenReport';
import { readField } from '../common/nodeField';
import { readDecodeForm } from './read/decodeForm';
import { readVerifyForm } from './read/verifyForm';
import { decodedItem } from './respond/decodedItem';
import { verdictItem } from './respond/verdictItem';
import { verify } from './run/verify';

/** Reads the token of one item, without any check. */
export function decodeItem(context: IExecuteFunctions, itemIndex: number): INodeExecutionData {
	const form = readDecodeForm(context, itemIndex);
	return decodedItem(reportDecoded(form.token, new Date(), form.maximumLength), form);
}

/**
 * Refuses to begin where the run cannot mean what the person thinks. Anything thrown out of execute
 * would let the input out through Valid where they chose to continue, so that it is an error of each
 * item.
 */
function assertRunnable(context: IExecuteFunctions, node: INode): void {
	if (readField(context, 0, 'operation') !== 'verify') {
		throw new JwtAuthError('FIELD_INVALID', 'This operation cannot be run.', {
			hint: 'Choose Verify or Decode. Custom API Call belongs to HTTP Request.',
		});
	}
	if (node.alwaysOutputData) {
		throw new NodeOperationError(node, "'Always Output Data' is on", {
			description:
				'Turn it off in the settings of this node: n8n would send an empty item through Valid when no token is valid.',
		});
	}
}

/** The outcome of one item. */
export interface VerifiedItem {
	valid: boolean;
	item: INodeExecutionData;
}

/**
 * Verifies the token of one item.
 *
 * @param node this node; n8n copies it whenever it is asked for it
 */
export async function verifyItem(
	context: IExecuteFunctions,
	itemIndex: number,
	node: INode,
): Promise<VerifiedItem> {
	assertRunnable(context, node);
	const form = await readVerifyForm(context, itemIndex);
	const { valid, report } = await verify(form);
	return { valid, item: verdictItem(report, form) };
}
